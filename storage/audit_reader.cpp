#include "storage/audit_reader.h"

#include "storage/old_register.h"

namespace storage {

namespace {

Bytes bytes_or_nothing(Rows &row) { return row.null() ? (row.skip(), Bytes()) : row.bytes(); }

} // namespace

Result<std::shared_ptr<void>> AuditReader::one_state() {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(auto snapshot, Snapshot::begin(*database));
    return std::make_shared<Snapshot>(std::move(snapshot));
}

Result<> AuditReader::walk(std::uint64_t from, ports::Direction direction,
                           const std::function<bool(const ports::AuditRow &)> &take) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows, direction == ports::Direction::newest_first
                                    ? database->query("SELECT sequence, entry, hash, subject, object FROM audit "
                                                      "WHERE sequence < ?1 ORDER BY sequence DESC",
                                                      {from})
                                    : database->query("SELECT sequence, entry, hash, subject, object FROM audit "
                                                      "WHERE sequence > ?1 ORDER BY sequence",
                                                      {from}));
    ports::AuditRow out;
    for (;;) {
        ASSIGN_OR_RETURN(const bool more, rows.next());
        if (!more) return {};
        out.sequence = rows.number<std::uint64_t>();
        out.entry = rows.bytes();
        out.hash = rows.array<32>();
        out.subject = bytes_or_nothing(rows);
        out.object = bytes_or_nothing(rows);
        RETURN_IF_FAILED(rows.sound());
        if (!take(out)) return {};
    }
}

Result<std::vector<ports::AuditRow>> AuditReader::waiting() {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows, database->query("SELECT entry, subject, object FROM audit_waiting ORDER BY id"));
    return collect(std::move(rows), [](Rows &row) {
        ports::AuditRow out;
        out.entry = row.bytes();
        out.subject = bytes_or_nothing(row);
        out.object = bytes_or_nothing(row);
        return out;
    });
}

Result<std::vector<ports::Countersignature>> AuditReader::countersignatures() {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows, database->query("SELECT officer, day, sequence, head, roster_version, signature "
                                                "FROM countersignature ORDER BY day DESC, sequence DESC"));
    return collect(std::move(rows), [](Rows &row) {
        ports::Countersignature out;
        out.officer = row.id<base::OfficerId>();
        out.day = row.day();
        out.sequence = row.number<std::uint64_t>();
        out.head = row.array<32>();
        out.roster_version = row.number<std::uint64_t>();
        out.signature = row.array<64>();
        return out;
    });
}

Result<std::vector<ports::LoggedRow>> AuditReader::logged_rows() {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    std::vector<ports::LoggedRow> out;
    const auto read = [&](Sql sql, crypto::AuditEvent event) -> Result<> {
        ASSIGN_OR_RETURN(Rows rows, database->query(sql));
        ASSIGN_OR_RETURN(const auto found, collect(std::move(rows), [&](Rows &row) {
                             return ports::LoggedRow{event, crypto::digest(row.blob())};
                         }));
        out.insert(out.end(), found.begin(), found.end());
        return {};
    };
    RETURN_IF_FAILED(read("SELECT certificate FROM case_epoch", crypto::AuditEvent::epoch_begun));
    RETURN_IF_FAILED(read("SELECT CAST(document AS BLOB) FROM agency_settings", crypto::AuditEvent::settings_changed));
    RETURN_IF_FAILED(read("SELECT CAST(document AS BLOB) FROM settings_proposal", crypto::AuditEvent::settings_proposed));
    ASSIGN_OR_RETURN(const auto imports, import_digests(*database));
    for (const Array<32> &digest : imports)
        out.push_back({crypto::AuditEvent::register_imported, digest});
    return out;
}

Result<> AuditReader::each_object(const std::function<void(const ports::ObjectSeen &)> &take) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows, database->query("SELECT object_id, case_id, sealed FROM object"));
    for (;;) {
        ASSIGN_OR_RETURN(const bool more, rows.next());
        if (!more) return {};
        ports::ObjectSeen out;
        out.id = rows.id<base::ObjectId>();
        out.case_id = rows.id<base::CaseId>();
        out.digest = crypto::digest(rows.blob());
        RETURN_IF_FAILED(rows.sound());
        take(out);
    }
}

} // namespace storage
