#include "service/runtime/credential.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

namespace runtime {
namespace {

constexpr std::string_view first_line = "sucharit-credential 1";

class File {
public:
    explicit File(int descriptor) : descriptor_(descriptor) {}
    ~File() {
        if (descriptor_ >= 0)
            ::close(descriptor_);
    }
    File(const File &) = delete;
    File &operator=(const File &) = delete;
    int get() const { return descriptor_; }

private:
    int descriptor_;
};

struct WipedText {
    std::string text;
    ~WipedText() { explicit_bzero(text.data(), text.size()); }
};

template <std::size_t N>
bool read_hex(const std::string &word, base::Array<N> &out) {
    auto bytes = base::from_hex(word);
    const bool right = bytes && bytes->size() == N;
    if (right)
        std::memcpy(out.data(), bytes->data(), N);
    if (bytes)
        explicit_bzero(bytes->data(), bytes->size());
    return right;
}

} // namespace

std::optional<Credential> parse_credential(const std::string &text) {
    std::istringstream lines(text);
    std::string line, word;
    if (!std::getline(lines, line) || line != first_line)
        return std::nullopt;
    Credential out;
    bool has_instance = false, has_key = false;
    while (lines >> word) {
        std::string a, b, c;
        base::Array<16> id{};
        if (word == "instance" && !has_instance && lines >> a && read_hex(a, id)) {
            has_instance = true;
            out.instance = base::InstanceId(id);
        } else if (word == "key" && !has_key && lines >> a) {
            base::Array<32> key{};
            has_key = true;
            if (!read_hex(a, key))
                return std::nullopt;
            out.key = crypto::InstanceKey::from(crypto::raw_secret, key);
            explicit_bzero(key.data(), key.size());
            explicit_bzero(a.data(), a.size());
        } else if (crypto::RootKeys root; word == "root" && lines >> a >> b >> c && read_hex(a, id) &&
                                          read_hex(b, root.box.bytes) && read_hex(c, root.sign.bytes)) {
            root.officer = base::OfficerId(id);
            if (std::ranges::find(out.roots, root.officer, &crypto::RootKeys::officer) != out.roots.end())
                return std::nullopt;
            out.roots.push_back(root);
        } else {
            return std::nullopt;
        }
    }
    if (!has_key || out.instance.is_zero() || out.roots.size() < 2)
        return std::nullopt;
    return out;
}

std::expected<void, std::string> write_credential(const std::string &path, const Credential &credential) {
    WipedText file{std::string(first_line) + "\ninstance " + credential.instance.text() + "\nkey " +
                   base::hex(credential.key.reveal(crypto::raw_secret)) + "\n"};
    for (const auto &root : credential.roots)
        file.text += "root " + root.officer.text() + " " + base::hex(root.box.bytes) + " " + base::hex(root.sign.bytes) + "\n";
    const File out(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400));
    if (out.get() < 0)
        return std::unexpected(fmt::format("the credential file {} cannot be made: {}", path, std::strerror(errno)));
    if (::write(out.get(), file.text.data(), file.text.size()) != static_cast<ssize_t>(file.text.size()) ||
        ::fsync(out.get()) != 0) {
        const int reason = errno;
        ::unlink(path.c_str());
        return std::unexpected(fmt::format("the credential file {} cannot be written: {}", path, std::strerror(reason)));
    }
    return {};
}

std::expected<Credential, std::string> read_credential(const std::string &path) {
    const File in(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat info {};
    if (in.get() < 0 || ::fstat(in.get(), &info) != 0)
        return std::unexpected(fmt::format("the credential file {} cannot be read: {}", path, std::strerror(errno)));
    // systemd lets the service's user in by an access control list, which shows as a right of the group.
    const char *given = std::getenv("CREDENTIALS_DIRECTORY");
    const bool from_systemd = given && *given && path.starts_with(std::string(given) + "/");
    if ((info.st_mode & 077) != 0 && !from_systemd)
        return std::unexpected(fmt::format("the credential file {} may be read by others: chmod 0400 {}", path, path));
    WipedText text{std::string(std::size_t{64} * 1024, '\0')};
    const ssize_t size = ::read(in.get(), text.text.data(), text.text.size());
    text.text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    auto parsed = parse_credential(text.text);
    if (!parsed)
        return std::unexpected(fmt::format("the credential file {} is damaged or of another version", path));
    return std::move(*parsed);
}

} // namespace runtime
