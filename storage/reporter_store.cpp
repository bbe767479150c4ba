#include "storage/reporter_store.h"

#include <algorithm>
#include <limits>

namespace storage {

namespace {

constexpr Day the_last_day{std::numeric_limits<std::int32_t>::max()};

bool is_reporters(const crypto::SealedObject &object, crypto::Kind kind, base::CaseId id) {
    return object.header.kind == kind && object.header.case_id == id && object.header.author.is_zero();
}

Result<> check(const ports::NewFiling &filing) {
    const crypto::SealedFiling &sealed = filing.sealed;
    const base::CaseId id = sealed.record.case_id;
    if (!is_reporters(sealed.complaint, crypto::Kind::complaint, id) ||
        !is_reporters(sealed.identity, crypto::Kind::identity, id) ||
        sealed.complaint.header.epoch != sealed.record.epoch || sealed.identity.header.epoch != sealed.record.epoch)
        return base::fail(Code::invalid, "a filing whose parts do not belong together");
    for (const base::ObjectId object : {sealed.complaint.header.object_id, sealed.identity.header.object_id})
        if (std::ranges::count(filing.audit, object, &crypto::AuditEntry::object) != 1)
            return base::fail(Code::invalid, "a filing without one audit entry for each object");
    return {};
}

Result<> insert_case(Database &database, const ports::NewFiling &filing) {
    const crypto::CaseRecord &record = filing.sealed.record;
    return database.run(
        "INSERT INTO complaint_case (case_id, lookup_tag, text_tag, exclusion_tag, epoch, commitment, "
        "identity_commitment, "
        "case_key, reporter_key, record_mac, state, version, received, visible_from, state_since, channel, category) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, '')",
        {record.case_id, filing.lookup_tag, filing.text_tag, filing.exclusion_tag, record.epoch, record.commitment,
         record.identity_commitment, record.case_key.bytes, record.reporter_key.bytes, record.record_mac,
         domain::State::submitted, filing.received, filing.visible_from, filing.entered.value_or(filing.received),
         filing.channel});
}

} // namespace

Result<> insert_filing(Database &database, const ports::NewFiling &filing) {
    RETURN_IF_FAILED(check(filing));
    const crypto::SealedFiling &sealed = filing.sealed;
    RETURN_IF_FAILED(insert_case(database, filing));
    const Day day = filing.entered.value_or(filing.received);
    RETURN_IF_FAILED(insert_object(database, sealed.complaint, day, filing.visible_from, 0));
    RETURN_IF_FAILED(insert_object(database, sealed.identity, day, filing.visible_from, 0));
    for (const crypto::SealedSlot &slot : sealed.slots)
        RETURN_IF_FAILED(
            database.run("INSERT INTO slot (officer, purpose, case_id, epoch, sealed) VALUES (?, ?, ?, ?, ?)",
                         {slot.officer, slot.purpose, sealed.record.case_id, sealed.record.epoch, slot.sealed}));
    return {};
}

Result<std::uint64_t> ReporterReader::roster_version() {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    return read_roster_version(*database);
}

Result<ports::AgencyRows> ReporterReader::agency() {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    return read_agency(*database);
}

Result<std::optional<ports::ReporterCase>> ReporterReader::find_by_tag(const Array<32> &lookup_tag) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(const Snapshot snapshot, Snapshot::begin(*database));
    ASSIGN_OR_RETURN(Rows rows, database->query("SELECT " SUCHARIT_CASE_COLUMNS ", c.text_tag, c.exclusion_tag "
                                                "FROM complaint_case AS c WHERE c.lookup_tag = ?2",
                                                {the_last_day, lookup_tag}));
    ASSIGN_OR_RETURN(auto found, first(std::move(rows), [](Rows &row) {
                         ports::ReporterCase out;
                         out.row = read_case(row);
                         out.text_tag = row.array<32>();
                         out.exclusion_tag = row.array<32>();
                         return out;
                     }));
    if (found) RETURN_IF_FAILED(add_epochs(*database, found->row));
    return found;
}

Result<std::vector<ports::ObjectRow>> ReporterReader::replies(base::CaseId id) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows,
                     database->query("SELECT " SUCHARIT_OBJECT_COLUMNS " FROM object AS o "
                                     "WHERE o.case_id = ?1 AND o.kind = ?2 ORDER BY o.day, o.time, o.object_id",
                                     {id, crypto::Kind::reply}));
    return collect(std::move(rows), read_object);
}

Result<std::vector<Day>> ReporterReader::sent_days(base::CaseId id) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(
        Rows rows, database->query("SELECT day FROM object WHERE case_id = ?1 AND kind IN (1, 3) ORDER BY day", {id}));
    return collect(std::move(rows), [](Rows &row) { return row.day(); });
}

Result<bool> ReporterReader::object_exists(base::ObjectId id) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows, database->query("SELECT 1 FROM object WHERE object_id = ?1", {id}));
    return rows.next();
}

Result<std::vector<Array<32>>> ReporterReader::logged_epochs(const Array<32> &subject) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    return storage::logged_epochs(*database, subject);
}

Result<> ReporterWriter::file(ports::NewFiling filing) {
    return writer_.commit([&](Database &database) -> Result<> {
        RETURN_IF_FAILED(insert_filing(database, filing));
        for (const crypto::AuditEntry &entry : filing.audit)
            RETURN_IF_FAILED(wait(database, entry));
        return {};
    });
}

Result<> ReporterWriter::add_follow_up(ports::NewFollowUp follow_up) {
    const crypto::ObjectHeader &header = follow_up.object.header;
    if (!is_reporters(follow_up.object, crypto::Kind::follow_up, header.case_id) ||
        follow_up.audit.object != header.object_id)
        return base::fail(Code::invalid, "a follow-up whose parts do not belong together");
    return writer_.commit([&](Database &database) -> Result<> {
        ASSIGN_OR_RETURN(Rows rows,
                         database.query("SELECT " SUCHARIT_NEWEST_EPOCH " FROM complaint_case AS c WHERE c.case_id = ?1", {header.case_id}));
        ASSIGN_OR_RETURN(const auto epoch, first(std::move(rows), [](Rows &row) { return row.number<crypto::Epoch>(); }));
        if (!epoch) return base::fail(Code::not_found, "a follow-up to no case");
        // Begun while the form was on its way: sealed again, former readers do not open it.
        if (header.epoch != *epoch) return base::fail(Code::unavailable, "a follow-up under an older key");
        RETURN_IF_FAILED(insert_object(database, follow_up.object, follow_up.day, follow_up.visible_from, 0));
        return wait(database, follow_up.audit);
    });
}

} // namespace storage
