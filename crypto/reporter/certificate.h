// Who may be sealed to: certificates, signed by an officer with the vouching right, up to two roots whose public keys
// stand in the credential file. A database row alone makes nobody a reader.
#pragma once

#include "crypto/base/clock.h"
#include "crypto/base/ids.h"
#include "crypto/primitives/box.h"
#include "crypto/primitives/sign.h"

#include <map>
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
};

// What is stored: encode() ‖ signature over it, domain "sucharit/cert/v1".
Bytes stored_certificate(const CertificateFields &fields, const Signature &signature);
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

// The certificates that held on a day, each verified up to a root. The only source of keys to seal to.
class Roster {
public:
    // Leaves out, and counts in refused(): unsigned, altered, of another instance, issued by somebody without the vouching
    // right (at issue and now), low-order keys, a second live certificate for one officer signed later by nobody valid, and
    // roots whose keys differ from the credential file. Expired or revoked ones stay known for old signatures only.
    static Roster verify(base::InstanceId instance, std::span<const RootKeys> roots, std::span<const Bytes> certificates,
                         std::span<const SignedRevocation> revocations, base::Day today);

    // May be sealed to today; nullptr otherwise.
    const CertificateFields *live(base::OfficerId officer) const;
    // For verifying a signature made on any day: live, expired or revoked ones.
    const CertificateFields *known(base::OfficerId officer) const;
    std::vector<const CertificateFields *> all_live() const; // ordered by officer id
    std::size_t refused() const { return refused_; }
    base::InstanceId instance() const { return instance_; }

private:
    base::InstanceId instance_;
    std::map<base::OfficerId, CertificateFields> live_, known_;
    std::size_t refused_ = 0;
};

// BLAKE2b of both public keys, 16 bytes in groups of four hex digits: what two people compare aloud.
std::string fingerprint(const CertificateFields &certificate);

} // namespace crypto
