#include "service/runtime/file_inspector.h"

#include "crypto/primitives/secret.h"
#include "service/domain/media_type.h"
#include "service/inspector/outcome.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace runtime {
namespace {

namespace fs = std::filesystem;
using base::Code;

constexpr std::string_view prefix = "sucharit-clean-";
constexpr std::size_t most_type = 127;

// Closes when it goes.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor &&other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor &operator=(Descriptor &&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    int operator*() const { return number_; }
    explicit operator bool() const { return number_ >= 0; }

private:
    int number_;
};

// Memory with a descriptor and no name.
base::Result<Descriptor> memory_with(base::View bytes) {
    Descriptor out(::memfd_create("", MFD_CLOEXEC));
    if (!out) return base::fail(Code::unavailable, "no memory for a file");
    while (!bytes.empty()) {
        const ssize_t size = ::write(*out, bytes.data(), bytes.size());
        if (size <= 0) return base::fail(Code::unavailable, "no memory for a file");
        bytes = bytes.subspan(static_cast<std::size_t>(size));
    }
    if (::lseek(*out, 0, SEEK_SET) != 0) return base::fail(Code::internal, "memory that cannot be read again");
    return out;
}

// No descriptor: more than is cleaned.
base::Result<Descriptor> memory_of(const ports::FileInspector::Whole &file) {
    ASSIGN_OR_RETURN(base::Bytes bytes, file());
    const crypto::Scratch whole(std::move(bytes));
    if (whole.view().size() > ports::most_cleaned) return Descriptor(-1);
    return memory_with(whole.view());
}

base::Result<base::Bytes> all_of(const Descriptor &memory, std::size_t most) {
    struct stat state{};
    if (::fstat(*memory, &state) != 0 || state.st_size < 0 || static_cast<std::size_t>(state.st_size) > most)
        return base::fail(Code::refused, "the inspector gives too much");
    base::Bytes out(static_cast<std::size_t>(state.st_size));
    std::size_t done = 0;
    while (done < out.size()) {
        const ssize_t size = ::pread(*memory, out.data() + done, out.size() - done, static_cast<off_t>(done));
        if (size <= 0) return base::fail(Code::internal, "memory that cannot be read");
        done += static_cast<std::size_t>(size);
    }
    return out;
}

// A folder in memory, whose lock tells a folder in use from one that a killed program left.
class Folder {
public:
    static base::Result<Folder> make(const fs::path &parent) {
        std::string path = (parent / (std::string(prefix) + "XXXXXX")).string();
        if (!::mkdtemp(path.data())) return base::fail(Code::unavailable, "no folder in memory");
        Folder out(path);
        if (!out.lock_ || ::flock(*out.lock_, LOCK_EX | LOCK_NB) != 0) return base::fail(Code::unavailable, "no folder in memory");
        return out;
    }
    static void sweep(const fs::path &parent) {
        std::error_code fault;
        for (fs::directory_iterator at(parent, fault), end; !fault && at != end; at.increment(fault)) {
            if (!at->path().filename().string().starts_with(prefix)) continue;
            Folder left(at->path()); // removed with it
            left.keep_ = !left.lock_ || ::flock(*left.lock_, LOCK_EX | LOCK_NB) != 0;
        }
    }
    Folder(Folder &&other) noexcept
        : path_(std::move(other.path_)), lock_(std::move(other.lock_)), keep_(std::exchange(other.keep_, true)) {}
    Folder &operator=(Folder &&) = delete;
    ~Folder() {
        std::error_code ignored; // of somebody else, or gone
        if (!keep_) fs::remove_all(path_, ignored);
    }
    const fs::path &path() const { return path_; }

private:
    explicit Folder(fs::path path) : path_(std::move(path)), lock_(::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)) {}
    fs::path path_;
    Descriptor lock_;
    bool keep_ = false;
};

template <class Places, class Waiting>
bool take_place(Places &places, Waiting &waiting, std::chrono::milliseconds longest) {
    if (places.try_acquire()) return true;
    if (!waiting.try_acquire()) return false;
    const bool taken = places.try_acquire_for(longest);
    waiting.release();
    return taken;
}

} // namespace

FileInspector::Paths FileInspector::installed(const fs::path &share) {
    std::error_code unknown;
    return {fs::read_symlink("/proc/self/exe", unknown).parent_path() / "sucharit-inspector", share / "inspector" / "clean.py"};
}

int FileInspector::run(const std::vector<std::string> &words, int input, int output) const {
    Bounds bounds = paths_.bounds;
    bounds.ended = &ended_;
    return run_watched(words, input, output, paths_.memory, bounds);
}

FileInspector::FileInspector(Paths paths) : paths_(std::move(paths)) { Folder::sweep(paths_.memory); }

base::Result<std::string> FileInspector::media_type(base::View first_bytes) {
    ASSIGN_OR_RETURN(const Descriptor input, memory_with(first_bytes));
    ASSIGN_OR_RETURN(const Descriptor output, memory_with({}));
    const int status = run({paths_.program, "type"}, *input, *output);
    if (ended_) return base::fail(Code::unavailable, "the program ends");
    if (status != inspector::done) return std::string("application/octet-stream");
    ASSIGN_OR_RETURN(const base::Bytes type, all_of(output, most_type));
    return std::string(base::text(type));
}

bool FileInspector::can_clean(std::string_view media_type) const { return domain::media_type(media_type).cleaned; }

base::Result<std::optional<base::Bytes>> FileInspector::without_metadata(const Whole &file, std::string_view media_type) {
    if (!can_clean(media_type)) return std::nullopt;
    if (!take_place(places_, waiting_, paths_.longest_wait)) return base::fail(Code::unavailable, "too many files are being cleaned");
    const std::unique_ptr<void, void (*)(void *)> place(&places_, [](void *places) {
        static_cast<std::counting_semaphore<most_at_once> *>(places)->release();
    });
    ASSIGN_OR_RETURN(const Folder folder, Folder::make(paths_.memory));
    ASSIGN_OR_RETURN(const Descriptor input, memory_of(file));
    if (!input) return std::nullopt;
    ASSIGN_OR_RETURN(const Descriptor output, memory_with({}));
    const std::vector<std::string> words{paths_.program, "clean", paths_.script, folder.path(), std::string(domain::media_type(media_type).ending())};
    const int status = run(words, *input, *output);
    if (ended_) return base::fail(Code::unavailable, "the program ends"); // never kept with what was to be taken away
    if (status != inspector::done) return std::nullopt;
    auto clean = all_of(output, 2 * ports::most_cleaned);
    if (!clean || clean->empty()) return std::nullopt;
    return std::move(*clean);
}

} // namespace runtime
