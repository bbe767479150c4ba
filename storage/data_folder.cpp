#include "storage/data_folder.h"

#include "storage/descriptor.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

namespace storage {

using base::Code;

namespace {

constexpr std::size_t longest_key_file = 1024;

} // namespace

base::Result<DataFolder> DataFolder::create(const std::filesystem::path &folder) {
    ::umask(077);
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
        return base::fail(Code::storage_failed, "the data folder cannot be made");
    ASSIGN_OR_RETURN(DataFolder made, enter(folder));
    std::error_code fault;
    if (std::filesystem::exists(made.database(), fault) || std::filesystem::exists(made.database_key(), fault) || fault)
        return base::fail(Code::conflict, "the data folder holds an agency already");
    return made;
}

base::Result<DataFolder> DataFolder::open(const std::filesystem::path &folder) {
    ::umask(077);
    return enter(folder);
}

base::Result<DataFolder> DataFolder::enter(const std::filesystem::path &folder) {
    struct stat found {};
    if (::stat(folder.c_str(), &found) != 0 || !S_ISDIR(found.st_mode))
        return base::fail(Code::not_found, "there is no data folder");
    if (found.st_uid != ::geteuid()) return base::fail(Code::refused, "the data folder belongs to another user");
    if ((found.st_mode & 077) != 0)
        return base::fail(Code::refused, "others may enter the data folder (its mode must be 0700)");
    Descriptor lock(::open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!lock) return base::fail(Code::storage_failed, "the data folder cannot be locked");
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0)
        return base::fail(Code::refused, "another process uses the data folder: stop the server first");
    return DataFolder(folder, lock.release());
}

DataFolder::DataFolder(DataFolder &&other) noexcept
    : folder_(std::move(other.folder_)), lock_(std::exchange(other.lock_, -1)) {}

DataFolder::~DataFolder() {
    if (lock_ >= 0) ::close(lock_);
}

base::Result<> DataFolder::write_database_key(base::View wrapped) const {
    const auto fresh = folder_ / "database.key.new";
    ::unlink(fresh.c_str()); // of an earlier attempt that did not end
    {
        const Descriptor file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
        if (!file || !write_all(file.get(), wrapped) || ::fsync(file.get()) != 0)
            return base::fail(Code::storage_failed, "the wrapped database key cannot be written");
    }
    if (::rename(fresh.c_str(), database_key().c_str()) != 0)
        return base::fail(Code::storage_failed, "the wrapped database key cannot be put in its place");
    const Descriptor directory(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!directory || ::fsync(directory.get()) != 0)
        return base::fail(Code::storage_failed, "the data folder cannot be brought to the disk");
    return {};
}

base::Result<base::Bytes> DataFolder::read_database_key_in(const std::filesystem::path &folder) {
    const Descriptor file(::open((folder / "database.key").c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file && errno == ENOENT) return base::fail(Code::not_found, "there is no wrapped database key");
    base::Bytes out(longest_key_file + 1);
    std::size_t size = 0;
    while (file && size < out.size()) {
        const ssize_t got = ::read(file.get(), out.data() + size, out.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return base::fail(Code::storage_failed, "the wrapped database key cannot be read");
        if (got == 0) {
            out.resize(size);
            return out;
        }
        size += static_cast<std::size_t>(got);
    }
    return base::fail(Code::storage_failed, "the wrapped database key cannot be read");
}

} // namespace storage
