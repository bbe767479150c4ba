#include "storage/file_store.h"

#include <algorithm>
#include <dirent.h>
#include <fcntl.h>
#include <optional>
#include <sys/file.h>
#include <sys/stat.h>

namespace storage {

using base::Bytes;
using base::Code;
using ports::FileName;

namespace {

constexpr timespec fixed_times[] = {{946'684'800, 0}, {946'684'800, 0}}; // 2000-01-01T00:00:00Z
constexpr std::size_t copied_at_once = 256 * 1024;
constexpr std::uint64_t written_at_once = 8 << 20;

std::string shelf_name(FileName name) { return name.text().substr(0, 2); }

Descriptor folder_at(int parent, const char *name) {
    return Descriptor(::openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW));
}

// Reading must not leave a time either.
Descriptor reading_at(int folder, const std::string &name) {
    return Descriptor(::openat(folder, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOATIME));
}

std::optional<std::uint64_t> size_of(int file) {
    struct stat found {};
    if (::fstat(file, &found) != 0 || !S_ISREG(found.st_mode)) return std::nullopt;
    return static_cast<std::uint64_t>(found.st_size);
}

base::Result<> read_at(int file, std::uint64_t begin, std::span<base::Byte> out) {
    while (!out.empty()) {
        const ssize_t got = ::pread(file, out.data(), out.size(), static_cast<off_t>(begin));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return base::fail(Code::storage_failed, "a file cannot be read");
        if (got == 0) return base::fail(Code::refused, "a file is shorter than what is asked of it");
        out = out.subspan(static_cast<std::size_t>(got));
        begin += static_cast<std::uint64_t>(got);
    }
    return {};
}

class Stored final : public ports::StoredFile {
public:
    Stored(Descriptor file, std::uint64_t size) : file_(std::move(file)), size_(size) {}
    std::uint64_t size() const override { return size_; }
    base::Result<> read(std::uint64_t begin, std::span<base::Byte> out) const override {
        return read_at(file_.get(), begin, out);
    }

private:
    Descriptor file_;
    std::uint64_t size_;
};

Descriptor shelf_in(const Descriptor &folder, FileName name) {
    return folder_at(folder.get(), shelf_name(name).c_str());
}

base::Result<std::unique_ptr<ports::StoredFile>> open_in(const Descriptor &folder, FileName name) {
    const Descriptor shelf = shelf_in(folder, name);
    Descriptor file = shelf ? reading_at(shelf.get(), name.text()) : Descriptor(-1);
    if (!file) {
        if (errno != ENOENT) return base::fail(Code::storage_failed, "a file cannot be opened");
        return base::fail(Code::not_found, "a file is not on the disk");
    }
    const auto size = size_of(file.get());
    if (!size) return base::fail(Code::storage_failed, "a file cannot be opened");
    return std::make_unique<Stored>(std::move(file), *size);
}

base::Result<std::vector<std::string>> names_in(int folder) {
    const int own = ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *const list = own < 0 ? nullptr : ::fdopendir(own);
    if (!list) {
        const Descriptor closed(own);
        return base::fail(Code::storage_failed, "a folder of files cannot be read");
    }
    std::vector<std::string> out;
    errno = 0;
    while (const dirent *const entry = ::readdir(list))
        if (const std::string_view name = entry->d_name; name != "." && name != "..") out.emplace_back(name);
    const bool whole = errno == 0;
    ::closedir(list);
    if (!whole) return base::fail(Code::storage_failed, "a folder of files cannot be read");
    return out;
}

} // namespace

class FileStore::Incoming final : public ports::IncomingFile {
public:
    // Without a name: one that is put aside.
    Incoming(const FileStore &store, std::optional<FileName> name, Descriptor file, std::uint64_t size)
        : store_(store), name_(name), file_(std::move(file)), size_(size) {}
    ~Incoming() override { // what stays incomplete does not tell when its sender last came
        (void)::futimens(file_.get(), fixed_times);
        (void)::futimens(store_.parts_.get(), fixed_times);
    }
    Incoming(const Incoming &) = delete;
    Incoming &operator=(const Incoming &) = delete;

    std::uint64_t size() const override { return size_; }

    base::Result<> append(base::View bytes) override {
        if (broken_) return base::fail(Code::storage_failed, "a file whose end is not known");
        if (!store_.has_room(bytes.size())) return base::fail(Code::unavailable, "the disk is as full as it may be");
        if (write_all(file_.get(), bytes)) {
            size_ += bytes.size();
            begin_to_write_out();
            return {};
        }
        broken_ = !cut(size_).has_value(); // what came of it in part
        return base::fail(Code::storage_failed, "the disk does not take more of a file");
    }

    base::Result<> cut(std::uint64_t size) override {
        if (size > size_ || ::ftruncate(file_.get(), static_cast<off_t>(size)) != 0 ||
            ::lseek(file_.get(), static_cast<off_t>(size), SEEK_SET) < 0)
            return base::fail(Code::storage_failed, "a file cannot be cut");
        size_ = size;
        return {};
    }

    base::Result<> read(std::uint64_t begin, std::span<base::Byte> out) const override {
        return read_at(file_.get(), begin, out);
    }

    base::Result<> finish() override {
        if (!name_) base::broken("a file that was put aside has no place");
        const std::string part = name_->text();
        if (broken_) return base::fail(Code::storage_failed, "a file whose end is not known");
        broken_ = true; // nothing after it
        if (::futimens(file_.get(), fixed_times) != 0 || ::fsync(file_.get()) != 0) {
            // Asked again, the system would say that all is well.
            ::unlinkat(store_.parts_.get(), part.c_str(), 0);
            return base::fail(Code::storage_failed, "the disk did not take a file");
        }
        return store_.put_in_place(part, *name_, Place::empty);
    }

private:
    // So that finish() finds little left to wait for. Says nothing of durability: a fault is found by the sync. A file that is put aside
    // need not reach the disk at all.
    void begin_to_write_out() {
        if (!name_ || size_ < written_out_ + written_at_once) return;
        (void)::sync_file_range(file_.get(), static_cast<off_t>(written_out_), static_cast<off_t>(size_ - written_out_),
                                SYNC_FILE_RANGE_WRITE);
        written_out_ = size_;
    }

    const FileStore &store_;
    std::optional<FileName> name_;
    Descriptor file_; // locked
    std::uint64_t size_, written_out_ = 0;
    bool broken_ = false;
};

base::Result<std::unique_ptr<FileStore>> FileStore::open(const std::filesystem::path &folder, RoomOf room) {
    const auto failed = [] { return base::fail(Code::storage_failed, "the folder of files cannot be made"); };
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return failed();
    Descriptor opened = folder_at(AT_FDCWD, folder.c_str());
    if (!opened || (::mkdirat(opened.get(), "parts", 0700) != 0 && errno != EEXIST)) return failed();
    Descriptor parts = folder_at(opened.get(), "parts");
    // All at once: one that is made when it is first needed would tell for ever when that was.
    for (int shelf = 0; shelf < 256; ++shelf) {
        const std::string name = base::hex(base::Array<1>{static_cast<base::Byte>(shelf)});
        if (::mkdirat(opened.get(), name.c_str(), 0700) != 0 && errno != EEXIST) return failed();
        if (const Descriptor made = folder_at(opened.get(), name.c_str())) (void)::futimens(made.get(), fixed_times);
    }
    const Descriptor parent = folder_at(AT_FDCWD, folder.parent_path().c_str());
    if (!parts || !parent || ::fsync(opened.get()) != 0 || ::fsync(parent.get()) != 0) return failed();
    if (!room) room = [folder] { return room_of(folder); };
    return std::unique_ptr<FileStore>(new FileStore(std::move(opened), std::move(parts), std::move(room)));
}

FileStore::FileStore(Descriptor folder, Descriptor parts, RoomOf room)
    : folder_(std::move(folder)), parts_(std::move(parts)), room_(std::move(room)) {}

bool FileStore::has_room(std::uint64_t taking) const {
    const auto room = room_();
    return room && room->keeps_reserve(taking);
}

Descriptor FileStore::shelf_of(FileName name, bool make) const {
    if (make && ::mkdirat(folder_.get(), shelf_name(name).c_str(), 0700) != 0 && errno != EEXIST) return Descriptor(-1);
    return shelf_in(folder_, name);
}

base::Result<std::unique_ptr<ports::IncomingFile>> FileStore::receive(FileName name, std::uint64_t coming) {
    if (!has_room(coming)) return base::fail(Code::unavailable, "the disk has no room for a file");
    const std::string part = name.text();
    const Descriptor shelf = shelf_of(name);
    if (shelf && ::faccessat(shelf.get(), part.c_str(), F_OK, 0) == 0)
        return base::fail(Code::conflict, "the file is complete");
    Descriptor file(::openat(parts_.get(), part.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOATIME, 0600));
    if (!file) return base::fail(Code::storage_failed, "a file cannot be begun");
    if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0)
        return base::fail(Code::conflict, "another request writes this file");
    const auto size = size_of(file.get());
    if (!size || ::lseek(file.get(), 0, SEEK_END) < 0)
        return base::fail(Code::storage_failed, "a file cannot be gone on with");
    return std::make_unique<Incoming>(*this, name, std::move(file), *size);
}

base::Result<std::unique_ptr<ports::IncomingFile>> FileStore::put_aside() {
    if (!has_room(0)) return base::fail(Code::unavailable, "the disk has no room for a file");
    const std::string part = FileName::random().text(); // until it is open: not every file system makes nameless files
    Descriptor file(::openat(parts_.get(), part.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file || ::unlinkat(parts_.get(), part.c_str(), 0) != 0)
        return base::fail(Code::storage_failed, "a file cannot be put aside");
    return std::make_unique<Incoming>(*this, std::nullopt, std::move(file), 0);
}

base::Result<std::unique_ptr<ports::StoredFile>> FileStore::open(FileName name) { return open_in(folder_, name); }

base::Result<std::unique_ptr<ports::StoredFile>> FileStore::look(const std::filesystem::path &folder, FileName name) {
    return open_in(folder_at(AT_FDCWD, folder.c_str()), name);
}

bool FileStore::stands(FileName name, std::uint64_t size) const {
    const Descriptor shelf = shelf_of(name);
    const Descriptor file = shelf ? reading_at(shelf.get(), name.text()) : Descriptor(-1);
    return file && size_of(file.get()) == size;
}

base::Result<> FileStore::remove(FileName name) {
    const std::scoped_lock lock(replacing_);
    const std::string text = name.text();
    const Descriptor shelf = shelf_of(name);
    if ((::unlinkat(parts_.get(), text.c_str(), 0) != 0 && errno != ENOENT) ||
        (shelf && ::unlinkat(shelf.get(), text.c_str(), 0) != 0 && errno != ENOENT))
        return base::fail(Code::storage_failed, "a file cannot be removed");
    for (const Descriptor *of : {static_cast<const Descriptor *>(&parts_), &shelf}) // when it went is nobody's business
        if (*of) (void)::futimens(of->get(), fixed_times);
    return {};
}

// From the parts, where it lies synced. Whatever happens, it is under one of the two names. A place that is to be empty
// and is not belongs to another request that was faster with the same file.
base::Result<> FileStore::put_in_place(const std::string &part, FileName name, Place place) const {
    const auto failed = [] { return base::fail(Code::storage_failed, "a file cannot be put in its place"); };
    const Descriptor shelf = shelf_of(name, true);
    if (!shelf) return failed();
    const unsigned how = place == Place::empty ? RENAME_NOREPLACE : 0;
    if (::renameat2(parts_.get(), part.c_str(), shelf.get(), name.text().c_str(), how) != 0) {
        if (errno == EEXIST) return base::fail(Code::conflict, "the file is complete");
        return failed();
    }
    if (::fsync(shelf.get()) != 0 || ::fsync(folder_.get()) != 0 || ::fsync(parts_.get()) != 0) {
        if (place == Place::empty) (void)take_back(name);
        return failed();
    }
    for (const Descriptor *folder : {&shelf, &parts_, &folder_}) // say as little as the files; nothing hangs on it
        (void)::futimens(folder->get(), fixed_times);
    return {};
}

base::Result<> FileStore::take_back(FileName name) const {
    const Descriptor shelf = shelf_of(name);
    const std::string text = name.text();
    if (!shelf || ::renameat2(shelf.get(), text.c_str(), parts_.get(), text.c_str(), RENAME_NOREPLACE) != 0)
        return base::fail(Code::storage_failed, "a file cannot be taken back");
    return {};
}

base::Result<> FileStore::sweep(const Known &known) {
    RETURN_IF_FAILED(sweep_parts(known.incomplete));
    ASSIGN_OR_RETURN(const auto shelves, names_in(folder_.get()));
    for (const std::string &shelf : shelves)
        if (shelf.size() == 2 && base::from_hex(shelf)) RETURN_IF_FAILED(sweep_shelf(shelf, known));
    return {};
}

base::Result<> FileStore::sweep_parts(const std::set<FileName> &incomplete) {
    ASSIGN_OR_RETURN(const auto names, names_in(parts_.get()));
    for (const std::string &name : names) {
        const auto found = FileName::from_text(name);
        if ((!found || !incomplete.contains(*found)) && ::unlinkat(parts_.get(), name.c_str(), 0) != 0)
            return base::fail(Code::storage_failed, "what is left of a file cannot be removed");
        const Descriptor left(::openat(parts_.get(), name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOATIME));
        if (left) (void)::futimens(left.get(), fixed_times); // a killed program could not
    }
    (void)::futimens(parts_.get(), fixed_times);
    return {};
}

base::Result<> FileStore::sweep_shelf(const std::string &shelf, const Known &known) {
    const Descriptor folder = folder_at(folder_.get(), shelf.c_str());
    if (!folder) return base::fail(Code::storage_failed, "a folder of files cannot be read");
    ASSIGN_OR_RETURN(const auto names, names_in(folder.get()));
    for (const std::string &name : names) {
        const auto found = FileName::from_text(name);
        if (found && shelf_name(*found) == shelf && known.complete.contains(*found)) continue;
        const bool again = found && known.incomplete.contains(*found);
        if ((again ? ::renameat(folder.get(), name.c_str(), parts_.get(), name.c_str())
                   : ::unlinkat(folder.get(), name.c_str(), 0)) != 0)
            return base::fail(Code::storage_failed, "a file without a row cannot be removed");
    }
    return {};
}

base::Result<> FileStore::renew(FileName name) {
    const Descriptor shelf = shelf_of(name);
    const Descriptor from = shelf ? reading_at(shelf.get(), name.text()) : Descriptor(-1);
    const auto size = from ? size_of(from.get()) : std::nullopt;
    if (!size) return {};
    if (!has_room(*size)) {
        (void)::futimens(from.get(), fixed_times);
        return {};
    }
    const std::string part = FileName::random().text();
    const Descriptor to(
        ::openat(parts_.get(), part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    const auto copied = [&]() -> base::Result<> {
        Bytes bytes;
        for (std::uint64_t at = 0; at < *size; at += bytes.size()) {
            bytes.resize(static_cast<std::size_t>(std::min<std::uint64_t>(copied_at_once, *size - at)));
            RETURN_IF_FAILED(read_at(from.get(), at, bytes));
            if (!write_all(to.get(), bytes)) return base::fail(Code::storage_failed, "a file cannot be laid anew");
        }
        if (::futimens(to.get(), fixed_times) != 0 || ::fsync(to.get()) != 0)
            return base::fail(Code::storage_failed, "a file cannot be laid anew");
        const std::scoped_lock lock(replacing_);
        if (::faccessat(shelf.get(), name.text().c_str(), F_OK, 0) != 0)
            return base::fail(Code::not_found, "a file went meanwhile");
        return put_in_place(part, name, Place::taken);
    }();
    if (copied) return {};
    ::unlinkat(parts_.get(), part.c_str(), 0);
    if (copied.error().code == Code::not_found) return {};
    return copied;
}

} // namespace storage
