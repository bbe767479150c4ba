#include "crypto/reporter/audit_entry.h"

#include "crypto/primitives/hash.h"

namespace crypto {
namespace {

constexpr std::uint8_t version = 1;

bool is_registered(AuditEvent event) {
    switch (event) {
    case AuditEvent::instance_created:
    case AuditEvent::certificate_added:
    case AuditEvent::certificate_revoked:
    case AuditEvent::appointment_added:
    case AuditEvent::appointment_ended:
    case AuditEvent::account_proposed:
    case AuditEvent::account_disabled:
    case AuditEvent::account_enabled:
    case AuditEvent::settings_changed:
    case AuditEvent::officer_signed_in:
    case AuditEvent::officer_signed_out:
    case AuditEvent::head_countersigned:
    case AuditEvent::keys_made:
    case AuditEvent::passphrase_changed:
    case AuditEvent::second_factor_changed:
    case AuditEvent::recovery_used:
    case AuditEvent::session_ended:
    case AuditEvent::recovery_made:
    case AuditEvent::settings_proposed:
    case AuditEvent::settings_withdrawn:
    case AuditEvent::register_imported:
    case AuditEvent::mail_settings_changed:
    case AuditEvent::mail_address_changed:
    case AuditEvent::case_filed:
    case AuditEvent::follow_up:
    case AuditEvent::file_added:
    case AuditEvent::case_entered:
    case AuditEvent::case_opened:
    case AuditEvent::case_moved:
    case AuditEvent::reply_sent:
    case AuditEvent::slot_granted:
    case AuditEvent::epoch_begun:
    case AuditEvent::access_recorded:
    case AuditEvent::identity_requested:
    case AuditEvent::identity_granted:
    case AuditEvent::identity_refused:
    case AuditEvent::identity_shown:
    case AuditEvent::cases_handed_over:
    case AuditEvent::file_attached:
    case AuditEvent::file_opened:
    case AuditEvent::case_printed:
    case AuditEvent::title_given: return true;
    }
    return false;
}

bool tells_too_much(const AuditEntry &entry) {
    const bool reporters = entry.event == AuditEvent::case_filed || entry.event == AuditEvent::follow_up ||
                           entry.event == AuditEvent::file_added;
    return reporters && (entry.time != 0 || !entry.actor.is_zero());
}

} // namespace

Bytes AuditEntry::encode() const {
    if (tells_too_much(*this))
        base::broken("the audit entry of a reporter's act holds a time or an actor");
    return base::Writer()
        .u8(version)
        .u16(static_cast<std::uint16_t>(event))
        .u32(static_cast<std::uint32_t>(day.number))
        .u64(static_cast<std::uint64_t>(time))
        .raw(actor.bytes())
        .raw(subject)
        .raw(object.bytes())
        .raw(digest)
        .take();
}

Result<AuditEntry> AuditEntry::decode(View bytes) {
    base::Reader reader(bytes);
    const bool known_version = reader.u8() == version;
    AuditEntry out;
    out.event = static_cast<AuditEvent>(reader.u16());
    out.day.number = static_cast<std::int32_t>(reader.u32());
    out.time = static_cast<base::Seconds>(reader.u64());
    out.actor = base::OfficerId(reader.array<16>());
    out.subject = reader.array<32>();
    out.object = base::ObjectId(reader.array<16>());
    out.digest = reader.array<32>();
    if (!known_version || !reader.finished() || !is_registered(out.event) || tells_too_much(out))
        return base::fail(base::Code::invalid, "audit entry: not of its format");
    return out;
}

Array<32> case_pseudonym(const InstanceKeys &keys, base::CaseId id) { return keyed_hash(keys.audit, {id.bytes()}); }

Array<32> chain_hash(const InstanceKeys &keys, std::uint64_t sequence, const Array<32> &previous, View entry) {
    const Bytes number = base::Writer().u64(sequence).take();
    return keyed_hash(keys.audit, {base::view("sucharit/audit/v1"), number, previous, entry});
}

} // namespace crypto
