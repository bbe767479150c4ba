// One case as it opens for one officer: every object verified against the audit log, opened, and put in order. The only
// place where the officers' use cases reach for case keys.
#pragma once

#include "crypto/officer/casework.h"
#include "service/usecases/officer/cases.h"

namespace usecases {

struct OpenedCase {
    ports::CaseRow row;
    crypto::CaseKey key;
    domain::Complaint complaint;
    crypto::BoxPublicKey reporter_key;
    std::vector<HistoryEntry> history; // oldest first
    std::vector<std::string> allegations;
    std::string secrecy;                     // as registered; empty before
    bool news = false;                       // see QueueRow
    std::optional<base::OfficerId> screener; // who put it before the superior
    std::shared_ptr<const AgencySnapshot> agency;

    std::vector<base::OfficerId> turn() const;
    // The transition, if this officer may perform it now.
    const domain::Transition *allowed(const domain::Actor &actor, std::string_view event) const;
    QueueRow queue_row(base::OfficerId viewer) const;
};

// Code::not_found and Code::refused as in open_case().
// Between reads.one_state() and its end, with the agency as it was before.
base::Result<OpenedCase> open_slot_row(OfficerContext &context, const OfficerSession &session, const ports::SlotRow &slot,
                                       std::shared_ptr<const AgencySnapshot> agency);
base::Result<OpenedCase> open_by_id(OfficerContext &context, const OfficerSession &session, std::string_view case_id);

crypto::AuditEntry case_entry(const OfficerContext &context, crypto::AuditEvent event, base::OfficerId actor,
                              base::CaseId case_id);

} // namespace usecases
