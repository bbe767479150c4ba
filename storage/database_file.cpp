#include "storage/database_file.h"

#include <fstream>

namespace storage {

namespace {

constexpr std::string_view plaintext_header{"SQLite format 3\0", 16};

} // namespace

Result<> check_file(const std::filesystem::path &file, Database::Access access) {
    std::error_code fault;
    const bool exists = std::filesystem::exists(file, fault);
    const auto size = exists ? std::filesystem::file_size(file, fault) : 0;
    if (fault) return base::fail(Code::storage_failed, "the database file cannot be looked at");
    if (access == Database::Access::create) {
        if (size > 0) return base::fail(Code::conflict, "a database exists already");
        return {};
    }
    if (!exists || size == 0) // SQLCipher would silently make another one
        return base::fail(Code::not_found, "there is no database");
    std::ifstream in(file, std::ios::binary);
    char header[16] = {};
    if (!in.read(header, sizeof header)) return base::fail(Code::storage_failed, "the database file cannot be read");
    if (std::string_view(header, sizeof header) == plaintext_header)
        return base::fail(Code::refused, "the database file is not encrypted (a plain SQLite file)");
    return {};
}

} // namespace storage
