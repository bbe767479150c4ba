#include "storage/access.h"

#include "storage/identity.h"

#include <algorithm>

namespace storage {

namespace {

using crypto::SlotPurpose;

Result<std::vector<base::OfficerId>> holders(Database &database, base::CaseId id, SlotPurpose purpose, crypto::Epoch epoch) {
    // Slots are kept by officer: each officer's are looked up.
    ASSIGN_OR_RETURN(Rows rows, database.query("SELECT s.officer FROM officer AS f CROSS JOIN slot AS s "
                                               "ON s.officer = f.officer AND s.purpose = ?1 AND s.case_id = ?2 AND s.epoch = ?3",
                                               {purpose, id, epoch}));
    return collect(std::move(rows), [](Rows &row) { return row.id<base::OfficerId>(); });
}

struct Standing {
    crypto::Epoch epoch;
    std::uint32_t version;
};

Result<Standing> standing(Database &database, base::CaseId id, Day today) {
    ASSIGN_OR_RETURN(Rows rows, database.query("SELECT " SUCHARIT_NEWEST_EPOCH ", c.version "
                                               "FROM complaint_case AS c WHERE c.case_id = ?1 AND c.visible_from <= ?2",
                                               {id, today}));
    ASSIGN_OR_RETURN(const auto found, first(std::move(rows), [](Rows &row) {
                         const auto epoch = row.number<crypto::Epoch>();
                         return Standing{epoch, row.number<std::uint32_t>()};
                     }));
    if (!found) return base::fail(Code::not_found, "no such case");
    return *found;
}

Result<> begin_epoch(Database &database, const ports::AccessChange &change, const Standing &now) {
    if (now.version != change.next->expected_version) return base::fail(Code::conflict, "the case has moved on");
    ASSIGN_OR_RETURN(const auto before, holders(database, change.case_id, SlotPurpose::case_key, now.epoch));
    for (const base::OfficerId officer : before)
        if (std::ranges::none_of(change.slots, [&](const crypto::SealedSlot &slot) {
                return slot.officer == officer && slot.purpose == SlotPurpose::case_key;
            }))
            return base::fail(Code::conflict, "somebody has a slot whom the next epoch does not name");
    RETURN_IF_FAILED(database.run("INSERT INTO case_epoch (case_id, epoch, certificate, older_key) VALUES (?, ?, ?, ?)",
                                  {change.case_id, now.epoch + 1, change.next->epoch.certificate, change.next->epoch.older_key}));
    for (const base::OfficerId officer : before)
        RETURN_IF_FAILED(database.run("DELETE FROM slot WHERE officer = ? AND purpose = ? AND case_id = ? AND epoch = ?",
                                      {officer, SlotPurpose::case_key, change.case_id, now.epoch}));
    return {};
}

Result<> make_change(Database &database, const ports::AccessChange &change, const ChainHash &hash) {
    ASSIGN_OR_RETURN(const Standing now, standing(database, change.case_id, change.today));
    if (now.epoch != change.expected_epoch) return base::fail(Code::conflict, "the case has a newer key");
    ASSIGN_OR_RETURN(Rows rows, database.query("SELECT count(*) FROM object WHERE case_id = ? AND kind = ?",
                                               {change.case_id, crypto::Kind::access}));
    ASSIGN_OR_RETURN(const auto records, first(std::move(rows), [](Rows &row) { return row.number<std::uint32_t>(); }));
    if (records != change.expected_records) return base::fail(Code::conflict, "access was recorded meanwhile");
    if (change.next) RETURN_IF_FAILED(begin_epoch(database, change, now));
    // No time of day, though an officer's act: its audit entry has it.
    RETURN_IF_FAILED(insert_object(database, change.object, change.today, change.today, 0));
    for (const crypto::SealedSlot &slot : change.slots) {
        const crypto::Epoch epoch = slot.purpose == SlotPurpose::case_key ? change.object.header.epoch : 1;
        RETURN_IF_FAILED(
            database.run("INSERT INTO slot (officer, purpose, case_id, epoch, sealed) VALUES (?, ?, ?, ?, ?) "
                         "ON CONFLICT (officer, purpose, case_id, epoch) DO UPDATE SET sealed = excluded.sealed",
                         {slot.officer, slot.purpose, change.case_id, epoch, slot.sealed}));
    }
    if (change.voided) RETURN_IF_FAILED(void_identity_papers(database, change.case_id, *change.voided));
    return chain(database, hash, change.audit);
}

bool fits(const ports::AccessChange &change) {
    const crypto::ObjectHeader &header = change.object.header;
    return header.kind == crypto::Kind::access && header.case_id == change.case_id && !header.author.is_zero() &&
           header.epoch == change.expected_epoch + (change.next ? 1 : 0);
}

} // namespace

Result<std::vector<base::OfficerId>> AccessReader::slot_holders(base::CaseId id) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows, database->query("SELECT " SUCHARIT_NEWEST_EPOCH " FROM complaint_case AS c WHERE c.case_id = ?", {id}));
    ASSIGN_OR_RETURN(const auto epoch, first(std::move(rows), [](Rows &row) { return row.number<crypto::Epoch>(); }));
    if (!epoch) return base::fail(Code::not_found, "no such case");
    return holders(*database, id, SlotPurpose::case_key, *epoch);
}

Result<std::vector<base::OfficerId>> AccessReader::identity_slot_holders(base::CaseId id) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    return holders(*database, id, SlotPurpose::identity_key, 1);
}

Result<std::optional<Bytes>> AccessReader::identity_slot(base::CaseId id, base::OfficerId officer) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows, database->query("SELECT sealed FROM slot WHERE officer = ? AND purpose = ? AND case_id = ? "
                                                "AND epoch = 1",
                                                {officer, SlotPurpose::identity_key, id}));
    return first(std::move(rows), [](Rows &row) { return row.bytes(); });
}

Result<std::vector<Array<32>>> AccessReader::logged_epochs(const Array<32> &subject) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    return storage::logged_epochs(*database, subject);
}

Result<> AccessWriter::change(std::vector<ports::AccessChange> changes) {
    if (!std::ranges::all_of(changes, fits)) return base::fail(Code::invalid, "a change of access whose parts do not belong together");
    return writer_.commit([&](Database &database) -> Result<> {
        for (const ports::AccessChange &change : changes)
            RETURN_IF_FAILED(make_change(database, change, hash_));
        return {};
    });
}

} // namespace storage
