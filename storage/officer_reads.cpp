#include "storage/officer_store.h"

#define SUCHARIT_OFFICER_COLUMNS                                                                                       \
    "f.officer, f.login, f.display_name, f.salt, f.password_operations, f.password_memory, f.authentication_hash, "    \
    "f.key_generation, f.box, f.sign, f.sealed_keys, f.disabled, t.sealed, t.last_step FROM officer AS f "             \
    "LEFT JOIN second_factor AS t ON t.officer = f.officer"
// An outcome outside the totals is the whole case's, and stands as its first.
#define SUCHARIT_SLOT_COLUMNS                                                                                          \
    SUCHARIT_CASE_COLUMNS ", s.sealed, (SELECT r.outcome FROM case_outcome AS r WHERE r.case_id = c.case_id "          \
                          "AND r.allegation = 1 AND r.outcome IN (?4, ?5)) "

namespace storage {

namespace {

ports::OfficerRow read_officer(Rows &row) {
    ports::OfficerRow out;
    out.id = row.id<base::OfficerId>();
    out.login = row.text();
    out.display_name = row.text();
    out.salt = row.array<16>();
    out.password_operations = row.number<std::uint32_t>();
    out.password_memory = row.number<std::uint64_t>();
    out.authentication_hash = row.array<32>();
    out.key_generation = row.number<std::uint32_t>();
    out.box.bytes = row.array<32>();
    out.sign.bytes = row.array<32>();
    out.sealed_keys = row.bytes();
    out.disabled = row.integer() != 0;
    if (!row.null()) {
        base::Bytes sealed = row.bytes();
        out.second_factor = {std::move(sealed), row.integer()};
    }
    return out;
}

ports::SlotRow read_slot(Rows &row) {
    ports::SlotRow out;
    out.row = read_case(row);
    out.sealed = row.bytes();
    if (row.null())
        row.skip();
    else
        out.uncounted = row.enumeration(domain::Outcome::general_grievance);
    return out;
}

} // namespace

Result<std::shared_ptr<void>> OfficerReader::one_state() {
    ASSIGN_OR_RETURN(auto *database, reader_.connection());
    ASSIGN_OR_RETURN(auto snapshot, Snapshot::begin(*database));
    return std::make_shared<Snapshot>(std::move(snapshot));
}

Result<std::uint64_t> OfficerReader::roster_version() {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    return read_roster_version(*database);
}

Result<ports::AgencyRows> OfficerReader::agency() {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    return read_agency(*database);
}

Result<std::vector<ports::OfficerRow>> OfficerReader::officers() {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows, database->query("SELECT " SUCHARIT_OFFICER_COLUMNS));
    return collect(std::move(rows), read_officer);
}

Result<std::optional<ports::OfficerRow>> OfficerReader::officer(base::OfficerId id) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows, database->query("SELECT " SUCHARIT_OFFICER_COLUMNS " WHERE f.officer = ?1", {id}));
    return first(std::move(rows), read_officer);
}

Result<std::vector<ports::SlotRow>> OfficerReader::slots_of(base::OfficerId officer, Day today) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows,
                     database->query("SELECT " SUCHARIT_SLOT_COLUMNS "FROM slot AS s "
                                     "INNER JOIN complaint_case AS c ON c.case_id = s.case_id AND s.epoch = " SUCHARIT_NEWEST_EPOCH " "
                                     "WHERE s.officer = ?2 AND s.purpose = 1 AND c.visible_from <= ?1",
                                     {today, officer, nullptr, domain::Outcome::voided, domain::Outcome::general_grievance}));
    ASSIGN_OR_RETURN(auto slots, collect(std::move(rows), read_slot));
    for (ports::SlotRow &slot : slots)
        RETURN_IF_FAILED(add_epochs(*database, slot.row));
    return slots;
}

Result<std::optional<ports::SlotRow>> OfficerReader::slot(base::CaseId id, base::OfficerId officer, Day today) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(
        Rows rows, database->query("SELECT " SUCHARIT_SLOT_COLUMNS "FROM complaint_case AS c "
                                   "INNER JOIN slot AS s ON s.officer = ?2 AND s.purpose = 1 AND s.case_id = c.case_id "
                                   "AND s.epoch = " SUCHARIT_NEWEST_EPOCH " WHERE c.case_id = ?3 AND c.visible_from <= ?1",
                                   {today, officer, id, domain::Outcome::voided, domain::Outcome::general_grievance}));
    ASSIGN_OR_RETURN(auto found, first(std::move(rows), read_slot));
    if (found) RETURN_IF_FAILED(add_epochs(*database, found->row));
    return found;
}

Result<std::vector<ports::ObjectRow>> OfficerReader::objects(base::CaseId id, Day today) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows, database->query("SELECT " SUCHARIT_OBJECT_COLUMNS " FROM object AS o "
                                                "WHERE o.case_id = ?1 AND o.visible_from <= ?2 "
                                                "ORDER BY o.day, o.time, o.object_id",
                                                {id, today}));
    return collect(std::move(rows), read_object);
}

Result<std::vector<ports::ObjectDigest>> OfficerReader::digests(const Array<32> &subject, base::CaseId id, Day today) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    return storage::digests(*database, subject, id, today);
}

Result<std::vector<crypto::AuditEntry>> OfficerReader::prints(const Array<32> &subject) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    return logged_prints(*database, subject);
}

Result<ports::ChainHead> OfficerReader::head() {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    return chain_head(*database);
}

Result<std::optional<Day>> OfficerReader::last_countersigned(base::OfficerId officer) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(
        Rows rows,
        database->query("SELECT day FROM countersignature WHERE officer = ?1 ORDER BY day DESC LIMIT 1", {officer}));
    return first(std::move(rows), [](Rows &row) { return row.day(); });
}

} // namespace storage
