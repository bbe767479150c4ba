#include "storage/case_changes.h"

#include "storage/audit_chain.h"

#include <algorithm>

namespace storage {

Result<std::vector<CaseChangeReader::Listed>> CaseChangeReader::listed(base::OfficerId officer, Day today) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows,
                     database->query("SELECT c.case_id, c.closed_on IS NOT NULL, c.state_since FROM slot AS s "
                                     "INNER JOIN complaint_case AS c ON c.case_id = s.case_id AND s.epoch = " SUCHARIT_NEWEST_EPOCH " "
                                     "WHERE s.officer = ?1 AND s.purpose = 1 AND c.visible_from <= ?2",
                                     {officer, today}));
    return collect(std::move(rows), [](Rows &row) {
        const auto id = row.id<base::CaseId>();
        const bool closed = row.integer() != 0;
        return Listed{id, closed, row.day()};
    });
}

Result<std::vector<base::CaseId>> CaseChangeReader::acted_on_since(std::uint64_t sequence) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows, database->query("SELECT a.entry, o.case_id FROM audit AS a "
                                                "CROSS JOIN object AS o ON o.object_id = a.object "
                                                "WHERE a.sequence > ?1 AND a.object IS NOT NULL",
                                                {sequence}));
    std::vector<base::CaseId> out;
    for (;;) {
        ASSIGN_OR_RETURN(const bool more, rows.next());
        if (!more) break;
        ASSIGN_OR_RETURN(const auto entry, crypto::AuditEntry::decode(rows.blob()));
        const auto id = rows.id<base::CaseId>();
        // What a reporter sent may not be visible yet: see arrived(). Looking at a file changes nothing.
        if (!entry.actor.is_zero() && entry.event != crypto::AuditEvent::file_opened) out.push_back(id);
    }
    std::ranges::sort(out);
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

Result<std::vector<CaseChangeReader::Arrived>> CaseChangeReader::arrived(Day first, Day last) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows, database->query("SELECT object_id, case_id, visible_from FROM object "
                                                "WHERE author = x'00000000000000000000000000000000' AND kind <> 2 "
                                                "AND visible_from BETWEEN ?1 AND ?2",
                                                {first, last}));
    return collect(std::move(rows), [](Rows &row) {
        const auto object = row.id<base::ObjectId>();
        const auto id = row.id<base::CaseId>();
        return Arrived{object, id, row.day()};
    });
}

Result<std::optional<Array<32>>> CaseChangeReader::hash_at(std::uint64_t sequence) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows, database->query("SELECT hash FROM audit WHERE sequence = ?", {sequence}));
    return storage::first(std::move(rows), [](Rows &row) { return row.array<32>(); });
}

} // namespace storage
