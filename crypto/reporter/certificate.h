// Who may be sealed to: certificates, signed by an officer with the vouching right, up to two roots whose public keys
// stand in the credential file. A database row alone makes nobody a reader.
#pragma once

#include "crypto/base/clock.h"
#include "crypto/base/ids.h"
#include "crypto/primitives/box.h"
#include "crypto/primitives/sign.h"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace crypto {

enum class Right : std::uint8_t { reading = 1, custody = 2, vouching = 4 };
struct Rights {
    std::uint8_t bits = 0;
    bool has(Right right) const { return (bits & static_cast<std::uint8_t>(right)) != 0; }
    friend Rights operator|(Rights a, Right b) {
        return Rights{static_cast<std::uint8_t>(a.bits | static_cast<std::uint8_t>(b))};
    }
    bool covers(Rights needed) const { return (bits & needed.bits) == needed.bits; }
    bool operator==(const Rights &) const = default;
};

struct CertificateFields {
    base::InstanceId instance;
    base::CertificateSerial serial;
    base::OfficerId officer;
    std::string display_name; // at most 200 bytes of UTF-8
    BoxPublicKey box;
    SignPublicKey sign;
    Rights rights;
    base::Day not_before, not_after; // both inclusive
    base::OfficerId issuer;          // a root issues its own
    Bytes encode() const;            // as in FORMAT.md, without the signature
    // Code::invalid for anything encode() does not make from valid fields: length, version, name, days, unknown rights.
    static Result<CertificateFields> decode(View bytes);
};

inline constexpr std::size_t max_display_name = 200; // bytes
bool is_display_name(std::string_view name);         // 1 to 200 bytes of UTF-8 without control characters

// What is stored: encode() ‖ signature over it, domain "sucharit/cert/v1".
Bytes stored_certificate(const CertificateFields &fields, const Signature &signature);
struct StoredCertificate {
    CertificateFields fields;
    Signature signature{};
    static Result<StoredCertificate> parse(View stored); // the form only; Roster::verify checks who signed
};
inline constexpr std::string_view certificate_domain = "sucharit/cert/v1";

struct RootKeys { // as they stand in the credential file
    base::OfficerId officer;
    BoxPublicKey box;
    SignPublicKey sign;
};

struct SignedRevocation { // domain "sucharit/revoke/v1": instance ‖ serial ‖ day ‖ issuer
    base::CertificateSerial serial;
    base::Day day;
    base::OfficerId issuer;
    Signature signature{};
    Bytes encode(base::InstanceId instance) const;
};
inline constexpr std::string_view revocation_domain = "sucharit/revoke/v1";

// The certificates that held on a day, each verified up to a root. The only source of keys to seal to.
class Roster {
public:
    static constexpr int max_depth = 8;

    // Leaves out, and counts in refused(): unsigned, altered, of another instance, low-order keys, not leading up to a root
    // through holders of the vouching right (at most max_depth of them, each within their days at issue and not revoked
    // before it) or an older one of the same officer (new keys, but no new right, day or name), and roots whose keys differ
    // from the credential file. Known for old signatures only: those whose own days are over or to come, revoked ones, and those whose chain holds no longer today. A revocation counts at once,
    // whatever day it names, when a holder of the vouching right (or the officer) signed it before being revoked.
    // Of two live certificates of one officer the later not_before wins, then the larger serial.
    static Roster verify(base::InstanceId instance, std::span<const RootKeys> roots, std::span<const Bytes> certificates,
                         std::span<const SignedRevocation> revocations, base::Day today);

    // May be sealed to today; nullptr otherwise.
    const CertificateFields *live(base::OfficerId officer) const;
    // The newest one on any day, live, expired or revoked: whose name stands behind an old act.
    const CertificateFields *known(base::OfficerId officer) const;
    // Whether the keys of this certificate, live or not, are the ones that its officer is sealed to today.
    bool has_live_keys(base::OfficerId officer, base::CertificateSerial serial) const;
    // A signature by any certificate that this officer ever held, with all rights of `needed` in that same one: keys change,
    // old acts stay verifiable.
    bool signed_by(base::OfficerId officer, std::string_view domain, View message, const Signature &signature,
                   Rights needed = {}) const;
    // The same, but only certificates that are live today: what stops to count with its signer's certificate.
    bool signed_by_live(base::OfficerId officer, std::string_view domain, View message, const Signature &signature,
                        Rights needed = {}) const;
    // Every accepted certificate of this officer, the newest first.
    std::vector<const CertificateFields *> held_by(base::OfficerId officer) const;
    std::vector<const CertificateFields *> all_live() const; // ordered by officer id
    std::size_t refused() const { return refused_; }
    base::InstanceId instance() const { return instance_; }

private:
    base::InstanceId instance_;
    std::map<base::OfficerId, CertificateFields> live_;
    struct Held {
        CertificateFields fields;
        bool live = false;
    };
    bool any_signed(base::OfficerId officer, std::string_view domain, View message, const Signature &signature, Rights needed,
                    bool live) const;
    std::map<base::OfficerId, std::vector<Held>> known_; // the newest first
    std::size_t refused_ = 0;
};

// BLAKE2b of both public keys, 16 bytes in groups of four hex digits: what two people compare aloud.
std::string fingerprint(const BoxPublicKey &box, const SignPublicKey &sign);
inline std::string fingerprint(const CertificateFields &certificate) { return fingerprint(certificate.box, certificate.sign); }

} // namespace crypto
