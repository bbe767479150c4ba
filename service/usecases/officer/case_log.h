// A case and the audit log: what its objects are held against, and what an act upon it adds.
#pragma once

#include "service/usecases/officer/session.h"

namespace usecases {

// Nothing missing, nothing older, nothing that the log does not know, and each on its day: limits count from it. Code::refused otherwise.
base::Result<> check_against_log(OfficerContext &context, base::CaseId id, std::span<const ports::ObjectRow> objects);

crypto::AuditEntry case_entry(const OfficerContext &context, crypto::AuditEvent event, base::OfficerId actor,
                              base::CaseId case_id);

} // namespace usecases
