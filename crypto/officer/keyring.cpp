#include "crypto/officer/keyring.h"

#include "crypto/officer/key_bundle.h"
#include "crypto/primitives/aead.h"
#include "crypto/primitives/hash.h"

#include <algorithm>

namespace crypto {
namespace {

constexpr std::uint8_t version = 1;

Bytes session_data(base::OfficerId officer, const SessionCookie &cookie) {
    return base::Writer()
        .u8(version)
        .raw(officer.bytes())
        .u8(static_cast<std::uint8_t>(KeyPurpose::session))
        .raw(session_id_hash(cookie.id))
        .take();
}

} // namespace

OfficerKeys OfficerKeys::random(base::OfficerId officer) { return {officer, random_box_pair(), random_sign_pair()}; }

Array<32> keys_made_digest(const OfficerKeys &keys) {
    return hash({base::view("sucharit/keys-made/v1"), keys.box.public_key.bytes, keys.sign.public_key.bytes});
}

Bytes seal_keys(const OfficerKeys &keys, const PassphraseKeys &passphrase, std::uint32_t generation) {
    const Bytes place = key_place(keys.officer, KeyPurpose::passphrase, generation, keys.box.public_key, keys.sign.public_key);
    return aead_seal(passphrase.wrapping, place, bundle(keys).reveal(raw_secret));
}

Result<OfficerKeys> open_keys(base::OfficerId officer, std::uint32_t generation, const BoxPublicKey &box,
                              const SignPublicKey &sign, const PassphraseKeys &passphrase, View sealed) {
    KeyBundle opened;
    RETURN_IF_FAILED(aead_open_into(passphrase.wrapping, key_place(officer, KeyPurpose::passphrase, generation, box, sign), sealed,
                                    opened.fill(raw_secret)));
    return unbundle_as(officer, opened, box, sign);
}

SessionCookie SessionCookie::random() { return {base::random_id_bytes(), SessionKey::random()}; }

std::string SessionCookie::field() const {
    Scratch bytes(id.size() + key.size);
    std::ranges::copy(id, bytes.span().begin());
    std::ranges::copy(key.reveal(raw_secret), bytes.span().begin() + static_cast<std::ptrdiff_t>(id.size()));
    return base::base64url(bytes.view());
}

Result<SessionCookie> SessionCookie::parse(std::string_view field) {
    constexpr std::size_t encoded = 64; // 48 bytes
    auto decoded = field.size() == encoded ? base::from_base64url(field) : std::nullopt;
    if (!decoded)
        return base::fail(base::Code::invalid, "session cookie: not of its shape");
    const Scratch bytes(std::move(*decoded));
    base::Reader reader(bytes.view());
    SessionCookie out;
    out.id = reader.array<16>();
    const View key = reader.raw(out.key.size);
    if (!reader.finished())
        return base::fail(base::Code::invalid, "session cookie: not of its length");
    std::ranges::copy(key, out.key.fill(raw_secret).begin());
    return out;
}

Array<32> session_id_hash(const Array<16> &id) { return hash({base::view("sucharit/session/v1"), id}); }

Bytes seal_session_keys(const OfficerKeys &keys, const SessionCookie &cookie) {
    return aead_seal(cookie.key, session_data(keys.officer, cookie), bundle(keys).reveal(raw_secret));
}

Result<OfficerKeys> open_session_keys(const SessionCookie &cookie, base::OfficerId officer, View sealed) {
    KeyBundle opened;
    RETURN_IF_FAILED(aead_open_into(cookie.key, session_data(officer, cookie), sealed, opened.fill(raw_secret)));
    return unbundle(officer, opened);
}

std::string csrf_token(const InstanceKeys &keys, const Array<16> &session_id) {
    return base::base64url(keyed_hash(keys.token, {session_id}));
}

bool csrf_matches(const InstanceKeys &keys, const Array<16> &session_id, std::string_view field) {
    const std::string expected = csrf_token(keys, session_id);
    return field.size() == expected.size() &&
           detail::equal(base::view(field).data(), base::view(expected).data(), expected.size());
}

Result<Bytes> issue_certificate(const OfficerKeys &issuer, CertificateFields fields) {
    fields.issuer = issuer.officer;
    if (!is_display_name(fields.display_name))
        return base::fail(base::Code::invalid, "certificate: the name is empty, too long or not UTF-8");
    const Bytes encoded = fields.encode();
    RETURN_IF_FAILED(CertificateFields::decode(encoded));
    if (!is_safe(fields.box) || !is_safe(fields.sign))
        return base::fail(base::Code::invalid, "certificate: degenerate keys");
    return stored_certificate(fields, sign(issuer.sign.secret_key, certificate_domain, encoded));
}

SignedRevocation revoke(const OfficerKeys &issuer, base::InstanceId instance, base::CertificateSerial serial, base::Day day) {
    SignedRevocation out{serial, day, issuer.officer, {}};
    out.signature = sign(issuer.sign.secret_key, revocation_domain, out.encode(instance));
    return out;
}

Result<Bytes> issue_appointment(const OfficerKeys &issuer, AppointmentFields fields) {
    fields.issuer = issuer.officer;
    if (!is_display_name(fields.order))
        return base::fail(base::Code::invalid, "appointment: the order's number is empty, too long or not UTF-8");
    const Bytes encoded = fields.encode();
    RETURN_IF_FAILED(AppointmentFields::decode(encoded));
    return stored_appointment(fields, sign(issuer.sign.secret_key, appointment_domain, encoded));
}

SignedEnding end_appointment(const OfficerKeys &issuer, base::InstanceId instance, base::AppointmentId appointment,
                             base::Day last_day) {
    SignedEnding out{appointment, last_day, issuer.officer, {}};
    out.signature = sign(issuer.sign.secret_key, ending_domain, out.encode(instance));
    return out;
}

Bytes head_message(base::InstanceId instance, std::uint64_t sequence, const Array<32> &head, std::uint64_t roster_version,
                   base::Day day) {
    return base::Writer()
        .raw(instance.bytes())
        .u64(sequence)
        .raw(head)
        .u64(roster_version)
        .u32(static_cast<std::uint32_t>(day.number))
        .take();
}

} // namespace crypto
