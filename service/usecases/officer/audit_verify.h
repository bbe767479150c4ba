// `sucharit audit verify`: the log against itself, against what officers signed, and against what it speaks of. Runs beside the
// server; opens nothing of a case.
#pragma once

#include "crypto/officer/keyring.h"
#include "service/ports/officer_store.h"
#include "service/usecases/officer/audit_walk.h"

namespace usecases {

struct AuditReport {
    std::vector<AuditFinding> findings; // by number; those without one last
    std::uint64_t entries = 0, waiting = 0, countersignatures = 0, objects = 0;
    // By accounts that held no certificate on that day: they prove nothing, and are no fault.
    std::uint64_t uncertified = 0;
    ports::ChainHead head;
    std::uint64_t signed_up_to = 0; // the last number whose head a certified officer signed
};

// `keys`: the audit key and the instance's id are used, nothing else.
base::Result<AuditReport> verify_audit(ports::OfficerReads &reads, const crypto::InstanceKeys &keys,
                                       std::span<const crypto::RootKeys> roots, base::Day today);

} // namespace usecases
