#include "storage/files.h"

#include "storage/random_order.h"

#include <limits>

#define SUCHARIT_UPLOAD_COLUMNS "u.file, u.case_id, u.author, u.epoch, u.name, u.day, u.sealed"
#define SUCHARIT_FILE_COLUMNS "f.file, o.case_id, o.author, f.name, f.stored, o.day, o.visible_from"

namespace storage {

namespace {

ports::UploadRow read_upload(Rows &row) {
    ports::UploadRow out;
    out.file = row.id<base::ObjectId>();
    out.case_id = row.id<base::CaseId>();
    out.author = row.id<base::OfficerId>();
    out.epoch = row.number<crypto::Epoch>();
    out.name = row.id<ports::FileName>();
    out.day = row.day();
    out.sealed = row.bytes();
    return out;
}

ports::FileRow read_file(Rows &row) {
    ports::FileRow out;
    out.file = row.id<base::ObjectId>();
    out.case_id = row.id<base::CaseId>();
    out.author = row.id<base::OfficerId>();
    out.name = row.id<ports::FileName>();
    out.stored = row.number<std::uint64_t>();
    out.day = row.day();
    out.visible_from = row.day();
    return out;
}

Result<std::set<ports::FileName>> names(Result<Rows> rows) {
    if (!rows) return std::unexpected(rows.error());
    ASSIGN_OR_RETURN(const auto found, collect(std::move(*rows), [](Rows &row) { return row.id<ports::FileName>(); }));
    return std::set(found.begin(), found.end());
}

Result<crypto::Epoch> newest_epoch(Database &database, base::CaseId id) {
    ASSIGN_OR_RETURN(
        Rows rows,
        database.query("SELECT " SUCHARIT_NEWEST_EPOCH " FROM complaint_case AS c WHERE c.case_id = ?1", {id}));
    ASSIGN_OR_RETURN(const auto epoch, first(std::move(rows), [](Rows &row) { return row.number<crypto::Epoch>(); }));
    if (!epoch) return base::fail(Code::not_found, "a file of no case");
    return *epoch;
}

Result<std::optional<ports::UploadRow>> find_upload(Database &database, base::CaseId id, base::ObjectId file,
                                                    base::OfficerId author) {
    ASSIGN_OR_RETURN(Rows rows, database.query("SELECT " SUCHARIT_UPLOAD_COLUMNS " FROM upload AS u "
                                               "WHERE u.file = ?1 AND u.case_id = ?2 AND u.author = ?3",
                                               {file, id, author}));
    return first(std::move(rows), read_upload);
}

} // namespace

Result<std::vector<ports::UploadRow>> FileReader::uploads(base::CaseId id) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows, database->query("SELECT " SUCHARIT_UPLOAD_COLUMNS " FROM upload AS u "
                                                "WHERE u.case_id = ?1 ORDER BY u.day, u.file",
                                                {id}));
    return collect(std::move(rows), read_upload);
}

Result<std::vector<ports::FileRow>> FileReader::files(base::CaseId id) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows, database->query("SELECT " SUCHARIT_FILE_COLUMNS " FROM object AS o "
                                                "CROSS JOIN file AS f ON f.file = o.object_id "
                                                "WHERE o.case_id = ?1 AND o.kind = ?2 ORDER BY o.day, f.file",
                                                {id, crypto::Kind::file}));
    return collect(std::move(rows), read_file);
}

Result<std::optional<ports::FileRow>> FileReader::file(base::CaseId id, base::ObjectId file) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows, database->query("SELECT " SUCHARIT_FILE_COLUMNS " FROM file AS f "
                                                "CROSS JOIN object AS o ON o.object_id = f.file "
                                                "WHERE f.file = ?1 AND o.case_id = ?2",
                                                {file, id}));
    return first(std::move(rows), read_file);
}

Result<> FileWriter::begin(ports::UploadRow upload) {
    if (!is_own(upload.author) || upload.sealed.size() != crypto::upload_sealed)
        return base::fail(Code::invalid, "an upload whose parts do not belong together");
    return writer_.commit([&](Database &database) -> Result<> {
        RETURN_IF_FAILED(newest_epoch(database, upload.case_id)); // there is such a case
        return database.run(
            "INSERT INTO upload (file, case_id, author, epoch, name, day, sealed) VALUES (?, ?, ?, ?, ?, ?, ?)",
            {upload.file, upload.case_id, upload.author, upload.epoch, upload.name, upload.day, upload.sealed});
    });
}

Result<> FileWriter::complete(ports::NewFile file) {
    const crypto::ObjectHeader &header = file.object.header;
    using enum crypto::AuditEvent;
    if (header.kind != crypto::Kind::file || !is_own(header.author) || file.audit.object != header.object_id ||
        file.audit.event != (hash_ ? file_attached : file_added))
        return base::fail(Code::invalid, "a file whose parts do not belong together");
    if (!store_.stands(file.name, file.stored)) return base::fail(Code::storage_failed, "a file is not on the disk");
    bool newer_key = false;
    const auto done = writer_.commit([&](Database &database) -> Result<> {
        ASSIGN_OR_RETURN(const auto upload, find_upload(database, header.case_id, header.object_id, header.author));
        if (!upload || upload->name != file.name) return base::fail(Code::conflict, "a file without an upload");
        ASSIGN_OR_RETURN(const crypto::Epoch epoch, newest_epoch(database, header.case_id));
        newer_key = header.epoch != epoch;
        if (newer_key) return base::fail(Code::unavailable, "a file described under an older key");
        RETURN_IF_FAILED(database.run("DELETE FROM upload WHERE file = ?", {header.object_id}));
        RETURN_IF_FAILED(insert_object(database, file.object, file.day, file.visible_from, 0));
        RETURN_IF_FAILED(database.run("INSERT INTO file (file, name, stored) VALUES (?, ?, ?)",
                                      {header.object_id, file.name, file.stored}));
        return hash_ ? chain(database, *hash_, std::span(&file.audit, 1)) : wait(database, file.audit);
    });
    // No row of it came, and its upload stands: what is on the disk can be gone on with.
    if (!done && !newer_key && done.error().code != Code::conflict) (void)store_.take_back(file.name);
    return done;
}

Result<> FileWriter::discard(base::CaseId id, base::ObjectId file, base::OfficerId author) {
    if (!is_own(author)) return base::fail(Code::invalid, "an upload of the other side");
    ASSIGN_OR_RETURN(const auto name, writer_.commit([&](Database &database) -> Result<ports::FileName> {
        ASSIGN_OR_RETURN(const auto upload, find_upload(database, id, file, author));
        if (!upload) return base::fail(Code::not_found, "no such upload");
        RETURN_IF_FAILED(database.run("DELETE FROM upload WHERE file = ?", {file}));
        return upload->name;
    }));
    (void)store_.remove(name); // without a row it is nothing, and the next start sweeps it
    return {};
}

Result<FileStore::Known> known_files(Database &database) {
    ASSIGN_OR_RETURN(const Snapshot snapshot, Snapshot::begin(database));
    FileStore::Known out;
    ASSIGN_OR_RETURN(out.complete, names(database.query("SELECT name FROM file UNION SELECT name FROM emblem")));
    ASSIGN_OR_RETURN(out.incomplete, names(database.query("SELECT name FROM upload")));
    return out;
}

Result<> end_stale_uploads(Writer &writer, Database &reader, FileStore &store, Day today) {
    const Day last{today.number - ports::upload_days - 1};
    ASSIGN_OR_RETURN(const auto stale, names(reader.query("SELECT name FROM upload WHERE day <= ?", {last})));
    RETURN_IF_FAILED(
        writer.commit([&](Database &database) { return database.run("DELETE FROM upload WHERE day <= ?", {last}); }));
    // One that was completed between the two statements has a row of its own now, and stays.
    ASSIGN_OR_RETURN(const auto complete, names(reader.query("SELECT name FROM file")));
    for (const ports::FileName name : stale)
        if (!complete.contains(name)) RETURN_IF_FAILED(store.remove(name));
    return {};
}

Result<> renew_files(Database &reader, FileStore &store, std::optional<Day> since, const std::atomic<bool> &give_up) {
    constexpr Day the_first_day{std::numeric_limits<std::int32_t>::min()};
    ASSIGN_OR_RETURN(Rows rows,
                     reader.query("SELECT f.name FROM object AS o INDEXED BY object_by_case "
                                  "CROSS JOIN file AS f ON f.file = o.object_id WHERE o.kind = ?1 AND o.day >= ?2 "
                                  "UNION SELECT name FROM emblem WHERE day >= ?2",
                                  {crypto::Kind::file, since.value_or(the_first_day)}));
    ASSIGN_OR_RETURN(auto day, collect(std::move(rows), [](Rows &row) { return row.id<ports::FileName>(); }));
    shuffle(day);
    Result<> out; // one that the disk does not give must not hold up the others
    for (const ports::FileName name : day) {
        if (give_up) return base::fail(Code::unavailable, "the program ends");
        if (const auto renewed = store.renew(name); !renewed) out = renewed;
    }
    return out;
}

} // namespace storage
