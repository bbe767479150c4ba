// The data folder: private to its owner, held by one process, with the wrapped database key beside the database.
#pragma once

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"

#include <filesystem>

namespace storage {

class DataFolder {
public:
    // Makes the folder (mode 0700) and locks it; sets the process's umask to 077. Code::conflict when a database or a
    // key stands in it already, refused as for open().
    static base::Result<DataFolder> create(const std::filesystem::path &folder);
    // Code::not_found: no such folder. Code::refused: it belongs to somebody else, others may enter it, or another
    // process holds it.
    static base::Result<DataFolder> open(const std::filesystem::path &folder);

    DataFolder(DataFolder &&other) noexcept;
    DataFolder &operator=(DataFolder &&) = delete;
    ~DataFolder(); // gives the lock back

    std::filesystem::path database() const { return database_in(folder_); }
    std::filesystem::path database_key() const { return folder_ / "database.key"; }

    // The database key as crypto::wrap_database_key() made it. Writing replaces the file in one step and returns when
    // file and folder are on the disk.
    base::Result<> write_database_key(base::View wrapped) const;
    base::Result<base::Bytes> read_database_key() const { return read_database_key_in(folder_); }
    // Of a folder that another process may hold. Code::not_found: there is none.
    static base::Result<base::Bytes> read_database_key_in(const std::filesystem::path &folder);
    static std::filesystem::path database_in(const std::filesystem::path &folder) { return folder / "sucharit.db"; }

private:
    DataFolder(std::filesystem::path folder, int lock) : folder_(std::move(folder)), lock_(lock) {}
    static base::Result<DataFolder> enter(const std::filesystem::path &folder);
    std::filesystem::path folder_;
    int lock_; // file descriptor of the locked file
};

} // namespace storage
