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
    appointment_added = 4,
    appointment_ended = 5,
    account_proposed = 6,   // an admin opened an account, or its reset, or proposed a post: digest of what was proposed
    account_disabled = 7,
    account_enabled = 8,
    settings_changed = 9,   // digest of the stored settings
    officer_signed_in = 10,
    officer_signed_out = 11,
    head_countersigned = 12,
    keys_made = 13,         // an invitation was redeemed, or the officer rotated: digest of both public keys
    passphrase_changed = 14,
    second_factor_changed = 15,
    recovery_used = 16,
    session_ended = 17,     // another session of the same officer, by hand
    recovery_made = 18,     // a recovery code was shown, an older one voided
    settings_proposed = 22, // what a second person must confirm; digest of the stored proposal
    settings_withdrawn = 23,
    register_imported = 25, // counting facts of an old register, by the operator; digest of the import's row
    mail_settings_changed = 26, // server, sender or hour of the reminders; digest of what is stored, sealed
    mail_address_changed = 27,  // an officer's own, given or taken back; digest of what is stored, or zero
    case_filed = 20,    // reporter
    follow_up = 21,     // reporter
    file_added = 24,    // reporter
    case_opened = 30,   // an officer viewed it
    case_moved = 31,    // a transition; digest = its sealed move object
    reply_sent = 32,
    slot_granted = 33,
    epoch_begun = 34,       // access was taken away; digest = HASH of the epoch's certificate
    access_recorded = 35,   // who reads a case from now on; digest = of the sealed object of kind access
    identity_requested = 36,
    identity_granted = 37,
    identity_refused = 38,
    identity_shown = 39,
    cases_handed_over = 40, // by one who goes: digest of the successor's officer id; the cases are named by what follows
    file_attached = 41, // by an officer
    case_entered = 44,  // by an officer, of a complaint that came by another way than the web; digest = of its sealed object
    file_opened = 42,   // an officer looked at it or took it away; digest = of its description
    title_given = 43,   // an officer named the case, or changed its name
    case_printed = 50, // object = the copy, digest = print_mark() of it
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
