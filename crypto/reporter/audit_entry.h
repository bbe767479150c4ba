// One entry of the audit log and its place in the chain. Reporter events wait unchained until the nightly batch.
#pragma once

#include "crypto/base/clock.h"
#include "crypto/primitives/object.h"
#include "crypto/reporter/instance.h"

namespace crypto {

enum class AuditEvent : std::uint16_t { // registry in FORMAT.md
    instance_created = 1,
    certificate_added = 2,
    certificate_revoked = 3,
    officer_signed_in = 10,
    officer_signed_out = 11,
    head_countersigned = 12,
    case_filed = 20,    // reporter
    follow_up = 21,     // reporter
    case_opened = 30,   // an officer viewed it
    case_moved = 31,    // a transition; digest = its sealed move object
    reply_sent = 32,
    slot_granted = 33,
};

struct AuditEntry {
    AuditEvent event;
    base::Day day;
    base::Seconds time = 0;       // officers' acts only; always 0 for a reporter's
    base::OfficerId actor;        // zero: reporter or system
    Array<32> subject{};          // case_pseudonym(), or zero
    base::ObjectId object;        // the sealed object, or zero
    Array<32> digest{};           // of the sealed object's ciphertext (or of other bytes the event names), or zero
    Bytes encode() const;         // fixed width, version first: 111 bytes
    // Code::invalid for any other bytes, an unregistered event, or a reporter's event with a time or an actor.
    static Result<AuditEntry> decode(View bytes);
};

// What the auditor sees instead of a case id: BLAKE2b(case id, key = audit).
Array<32> case_pseudonym(const InstanceKeys &keys, base::CaseId id);

// hash of entry number `sequence` (first is 1; before it stands a head of zeros):
// BLAKE2b(key = audit, "sucharit/audit/v1" ‖ sequence ‖ previous ‖ entry)
Array<32> chain_hash(const InstanceKeys &keys, std::uint64_t sequence, const Array<32> &previous, View entry);

} // namespace crypto
