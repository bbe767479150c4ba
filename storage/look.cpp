#include "storage/look.h"

#include "storage/migrations.h"

namespace storage {

Result<std::unique_ptr<Look>> Look::open(std::filesystem::path file, const crypto::DatabaseKey &key) {
    auto kept = std::make_shared<const crypto::DatabaseKey>(key.clone());
    const auto open = [file, kept] { return Database::open(file, *kept, Database::Access::read); };
    auto out = std::unique_ptr<Look>(new Look(open, FileStore::folder_beside(file)));
    ASSIGN_OR_RETURN(Database *const database, out->own_.connection());
    RETURN_IF_FAILED(check_schema(*database));
    return out;
}

Result<std::optional<Day>> Look::last_nightly() {
    ASSIGN_OR_RETURN(Database *const database, own_.connection());
    return read_last_nightly(*database);
}

Result<std::vector<std::string>> Look::damage() {
    ASSIGN_OR_RETURN(Database *const database, own_.connection());
    const auto text = [](Rows &row) { return row.text(); };
    ASSIGN_OR_RETURN(Rows pages, database->query("PRAGMA cipher_integrity_check")); // a row for each page that is wrong
    ASSIGN_OR_RETURN(auto out, collect(std::move(pages), text));
    ASSIGN_OR_RETURN(Rows rows, database->query("PRAGMA integrity_check")); // "ok", or what is wrong
    ASSIGN_OR_RETURN(const auto found, collect(std::move(rows), text));
    for (const std::string &line : found)
        if (line != "ok") out.push_back(line);
    return out;
}

} // namespace storage
