// An officer's own keys: made once, kept sealed under the wrapping key, and between requests under the key in the cookie.
#pragma once

#include "crypto/officer/passphrase.h"
#include "crypto/reporter/appointment.h"

namespace crypto {

struct OfficerKeys {
    base::OfficerId officer;
    BoxPair box;
    SignPair sign;
    static OfficerKeys random(base::OfficerId officer);
};

// What the audit log keeps of new keys: HASH("sucharit/keys-made/v1" ‖ X25519 key ‖ Ed25519 key).
Array<32> keys_made_digest(const OfficerKeys &keys);

// XChaCha20-Poly1305; associated data = version ‖ officer ‖ purpose ‖ generation ‖ public keys. Opening is refused
// (Code::refused) for other public keys than the secret ones have.
Bytes seal_keys(const OfficerKeys &keys, const PassphraseKeys &passphrase, std::uint32_t generation);
Result<OfficerKeys> open_keys(base::OfficerId officer, std::uint32_t generation, const BoxPublicKey &box,
                              const SignPublicKey &sign, const PassphraseKeys &passphrase, View sealed);

// A session: the cookie holds id ‖ key, the server a hash of the id and the keys sealed under that key.
using SessionKey = SecretKey<struct SessionKeyTag>;
struct SessionCookie {
    Array<16> id{};
    SessionKey key;
    static SessionCookie random();
    std::string field() const; // base64url, for the cookie's value
    static Result<SessionCookie> parse(std::string_view field);
};
Array<32> session_id_hash(const Array<16> &id);
Bytes seal_session_keys(const OfficerKeys &keys, const SessionCookie &cookie);
Result<OfficerKeys> open_session_keys(const SessionCookie &cookie, base::OfficerId officer, View sealed);

// CSRF token: BLAKE2b(session id, key = token key), base64url.
std::string csrf_token(const InstanceKeys &keys, const Array<16> &session_id);
bool csrf_matches(const InstanceKeys &keys, const Array<16> &session_id, std::string_view field);

// Signs in the issuer's name (fields.issuer becomes the issuer). The right to vouch is checked by whoever verifies
// (Roster). Code::invalid for what Roster would leave out in any case: name, days, rights, degenerate keys.
Result<Bytes> issue_certificate(const OfficerKeys &issuer, CertificateFields fields);
SignedRevocation revoke(const OfficerKeys &issuer, base::InstanceId instance, base::CertificateSerial serial, base::Day day);

// Signs in the issuer's name, as issue_certificate() does; Code::invalid for what decode() refuses.
Result<Bytes> issue_appointment(const OfficerKeys &issuer, AppointmentFields fields);
SignedEnding end_appointment(const OfficerKeys &issuer, base::InstanceId instance, base::AppointmentId appointment,
                             base::Day last_day);

// The countersignature of an audit head: domain "sucharit/head/v1", instance ‖ sequence ‖ head ‖ roster version ‖ day.
Bytes head_message(base::InstanceId instance, std::uint64_t sequence, const Array<32> &head, std::uint64_t roster_version,
                   base::Day day);
inline constexpr std::string_view head_domain = "sucharit/head/v1";

} // namespace crypto
