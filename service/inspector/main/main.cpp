// sucharit-inspector: looks into one file of a stranger, shut in, and ends. It is started anew for each file and holds no key; the file comes on
// standard input and what is found leaves on standard output, both of them memory.
//
//     sucharit-inspector type                       prints the media type that the first bytes have, "image/jpeg"
//     sucharit-inspector clean SCRIPT FOLDER .jpg   writes the file without metadata; FOLDER lies in memory and is empty
#include "service/inspector/outcome.h"
#include "service/inspector/main/sandbox.h"

#include <cstdio>
#include <fstream>
#include <iterator>
#include <magic.h>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

namespace {

using inspector::Outcome;

constexpr std::size_t most_looked_at = 1 << 20;

std::vector<char> standard_input(std::size_t most) {
    std::vector<char> out(most);
    std::size_t size = 0;
    for (ssize_t more; size < most && (more = ::read(STDIN_FILENO, out.data() + size, most - size)) > 0;)
        size += static_cast<std::size_t>(more);
    out.resize(size);
    return out;
}

int tell_type() {
    const magic_t magic = ::magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TOKENS);
    if (!magic || ::magic_load(magic, nullptr) != 0) return Outcome::misused;
    if (!inspector::enter_sandbox({})) return Outcome::no_sandbox;
    const auto bytes = standard_input(most_looked_at);
    const char *type = ::magic_buffer(magic, bytes.data(), bytes.size());
    if (!type) return Outcome::not_cleaned;
    std::fputs(type, stdout);
    return std::fflush(stdout) == 0 ? Outcome::done : Outcome::misused;
}

std::string text_of(const char *path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

int clean(const char *script, const std::string &folder, const char *suffix) {
    const std::string program = text_of(script); // where it lies nothing can be opened afterwards
    if (program.empty() || ::chdir(folder.c_str()) != 0) return Outcome::misused;
    if (!inspector::enter_sandbox(folder)) return Outcome::no_sandbox;
    const std::string temporary = "TMPDIR=" + folder, home = "HOME=" + folder;
    const char *const environment[] = {"PATH=/usr/bin", "LC_ALL=C.UTF-8", temporary.c_str(), home.c_str(), nullptr};
    const char *const words[] = {"python3", "-I", "-B", "-c", program.c_str(), suffix, nullptr};
    ::execve("/usr/bin/python3", const_cast<char *const *>(words), const_cast<char *const *>(environment));
    return Outcome::misused;
}

} // namespace

int main(int argc, char **argv) {
    ::close_range(STDERR_FILENO + 1, ~0u, 0); // whatever else was left open
    const std::vector<std::string_view> words(argv + 1, argv + argc);
    if (words.size() == 1 && words[0] == "type") return tell_type();
    if (words.size() == 4 && words[0] == "clean") return clean(argv[2], argv[3], argv[4]);
    std::fputs("sucharit-inspector is started by sucharit\n", stderr);
    return Outcome::misused;
}
