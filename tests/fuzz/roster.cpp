// Certificates and revocations from the database: who may be sealed to today. The input makes a handful of officers
// certify and revoke each other, rightly and wrongly; a second reading of the rules in crypto/FORMAT.md, which knows
// who really signed what and verifies nothing, must come to the same roster.
#include "tests/fuzz/keys.h"
#include "tests/fuzz/target.h"

#include <optional>

namespace {

using fuzz::demand;
using namespace crypto;

constexpr std::size_t people = 5, roots = 2, most_certificates = 6, most_revocations = 3;
constexpr base::Day today{20'000};
constexpr std::int32_t days[] = {18'000, 19'999, 20'000, 20'001};

struct Pen { // who signed: an officer, with one of two key pairs
    std::size_t officer, variant;
    bool operator==(const Pen &) const = default;
};

struct Made {
    CertificateFields fields;
    Pen holder;                // whose keys it certifies
    std::optional<Pen> signer; // nothing: the signature was damaged
    bool sound;
};

struct MadeRevocation {
    SignedRevocation revocation;
    std::optional<Pen> signer;
};

struct Agency {
    base::InstanceId instance{{9}};
    std::vector<OfficerKeys> keys; // by officer and variant
    std::vector<RootKeys> root_keys;
    Agency() {
        for (std::size_t i = 0; i < 2 * people; ++i)
            keys.push_back(fuzz::fixed_officer(static_cast<base::Byte>(1 + i / 2), i % 2));
        for (std::size_t i = 0; i < roots; ++i)
            root_keys.push_back({of({i, 0}).officer, of({i, 0}).box.public_key, of({i, 0}).sign.public_key});
    }
    const OfficerKeys &of(Pen pen) const { return keys[2 * pen.officer + pen.variant]; }
};

const Agency &agency() {
    static const Agency made;
    return made;
}

Pen pen(std::uint8_t choice) { return {choice % people, choice / people % 2u}; }

Bytes make_certificate(fuzz::Input &in, Made &made, std::size_t number) {
    const Agency &a = agency();
    made.holder = pen(in.byte());
    const std::uint8_t issuer = in.byte(), rights = in.byte(), time = in.byte(), signer = in.byte(), odd = in.byte();
    CertificateFields &f = made.fields;
    const OfficerKeys &holder = a.of(made.holder);
    f = {a.instance,
         base::CertificateSerial({static_cast<base::Byte>(odd & 8 ? 1 : number + 1)}),
         holder.officer,
         "ก",
         holder.box.public_key,
         holder.sign.public_key,
         Rights{static_cast<std::uint8_t>(rights % 8)},
         base::Day{days[time % 4]},
         base::Day{days[time / 4 % 4]},
         fuzz::officer_id(static_cast<base::Byte>(1 + issuer % people))};
    if (odd & 1) f.instance = base::InstanceId({8});
    if (odd & 2) f.box.bytes = {}; // low order
    // Mostly the issuer's own signature.
    const Pen by = signer < 128 ? Pen{issuer % people, signer % 2u} : pen(signer);
    Signature signature = sign(a.of(by).sign.secret_key, certificate_domain, f.encode());
    made.signer = by;
    if (odd & 4) signature[0] ^= 1, made.signer.reset();
    const bool root = made.holder.officer < roots;
    made.sound = f.not_before <= f.not_after && !(odd & 3) && (!root || made.holder.variant == 0);
    return stored_certificate(f, signature);
}

MadeRevocation make_revocation(fuzz::Input &in) {
    const Agency &a = agency();
    const std::uint8_t serial = in.byte(), day = in.byte(), issuer = in.byte(), signer = in.byte();
    MadeRevocation out{{base::CertificateSerial({static_cast<base::Byte>(1 + serial % most_certificates)}),
                        base::Day{days[day % 4]},
                        fuzz::officer_id(static_cast<base::Byte>(1 + issuer % people)),
                        {}},
                       signer < 128 ? Pen{issuer % people, signer % 2u} : pen(signer)};
    out.revocation.signature =
        sign(a.of(*out.signer).sign.secret_key, revocation_domain, out.revocation.encode(a.instance));
    if (signer == 255) out.revocation.signature[0] ^= 1, out.signer.reset();
    return out;
}

// The rules as they stand in FORMAT.md, by recursion.
class Reference {
public:
    Reference(const std::vector<Made> &made, const std::vector<MadeRevocation> &revocations)
        : made_(made), revocations_(revocations) {}

    bool accepted(const Made &c, bool heed_revocations, std::size_t steps = 8) const {
        if (!c.sound || !c.signer) return false;
        if (is_root(c)) return true;
        return steps > 0 && std::ranges::any_of(made_, [&](const Made &issuer) {
                   return issues(issuer, c, heed_revocations) && accepted(issuer, heed_revocations, steps - 1);
               });
    }

    bool live(const Made &c, std::size_t steps = 8) const {
        const CertificateFields &f = c.fields;
        if (!accepted(c, true) || f.not_before > today || f.not_after < today || revoked_on(f.serial)) return false;
        if (is_root(c)) return true;
        return steps > 0 && std::ranges::any_of(made_, [&](const Made &issuer) {
                   return issues(issuer, c, true) && live(issuer, steps - 1);
               });
    }

private:
    static bool is_root(const Made &c) {
        return c.sound && c.holder.officer < roots && c.fields.issuer == c.fields.officer && c.signer == c.holder;
    }

    bool issues(const Made &issuer, const Made &c, bool heed_revocations) const {
        const CertificateFields &f = issuer.fields;
        const bool own = c.fields.issuer == c.fields.officer;
        const bool only_keys = f.rights.covers(c.fields.rights) && c.fields.not_after <= f.not_after; // all have one name
        if (f.officer != c.fields.issuer || c.signer != issuer.holder ||
            !(own ? only_keys && c.holder.officer >= roots : f.rights.has(Right::vouching)) || f.not_before > c.fields.not_before || f.not_after < c.fields.not_before)
            return false;
        const auto ended = heed_revocations ? revoked_on(f.serial) : std::nullopt;
        return !ended || c.fields.not_before <= *ended;
    }

    std::optional<base::Day> revoked_on(base::CertificateSerial serial) const {
        std::optional<base::Day> first;
        for (const MadeRevocation &r : revocations_)
            if (r.revocation.serial == serial && (!first || r.revocation.day < *first) && counts(r))
                first = r.revocation.day;
        return first;
    }

    bool counts(const MadeRevocation &r) const {
        const auto officer = [](const Made &c) { return c.fields.officer; };
        const bool own = std::ranges::any_of(made_, [&](const Made &c) {
            return accepted(c, false) && c.fields.serial == r.revocation.serial && officer(c) == r.revocation.issuer;
        });
        return r.signer && std::ranges::any_of(made_, [&](const Made &s) {
                   return accepted(s, false) && officer(s) == r.revocation.issuer && s.holder == r.signer &&
                          (own || s.fields.rights.has(Right::vouching)) &&
                          !revoked_before(s.fields.serial, r.revocation.day);
               });
    }

    // Goes back in days, so it ends.
    bool revoked_before(base::CertificateSerial serial, base::Day day) const {
        return std::ranges::any_of(revocations_, [&](const MadeRevocation &r) {
            return r.revocation.serial == serial && r.revocation.day < day && counts(r);
        });
    }

    const std::vector<Made> &made_;
    const std::vector<MadeRevocation> &revocations_;
};

auto age(const CertificateFields &f) { return std::pair(f.not_before, f.serial); }

void check(const Roster &roster, const std::vector<Made> &made, const Reference &reference) {
    std::size_t accepted = 0;
    for (const Made &c : made)
        accepted += reference.accepted(c, true);
    demand(roster.refused() == made.size() - accepted);
    std::size_t live_officers = 0;
    for (std::size_t i = 0; i < people; ++i) {
        const auto id = fuzz::officer_id(static_cast<base::Byte>(1 + i));
        const CertificateFields *best = nullptr;
        bool known = false;
        for (const Made &c : made) {
            if (c.fields.officer != id || !reference.accepted(c, true)) continue;
            known = true;
            if (reference.live(c) && (!best || age(*best) < age(c.fields))) best = &c.fields;
        }
        const CertificateFields *live = roster.live(id);
        live_officers += best != nullptr;
        demand((live != nullptr) == (best != nullptr) && (roster.known(id) != nullptr) == known);
        demand(!live || (age(*live) == age(*best) && live->officer == id));
    }
    demand(roster.all_live().size() == live_officers);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const Agency &a = agency();
    fuzz::Input in(data, size);
    const std::uint8_t counts = in.byte();
    std::vector<Made> made(counts % (most_certificates + 1));
    std::vector<Bytes> stored;
    for (std::size_t i = 0; i < made.size(); ++i)
        stored.push_back(make_certificate(in, made[i], i));
    std::vector<MadeRevocation> revocations;
    std::vector<SignedRevocation> rows;
    for (std::size_t i = 0; i < counts / 8 % (most_revocations + 1); ++i) {
        revocations.push_back(make_revocation(in));
        rows.push_back(revocations.back().revocation);
    }
    const Roster roster = Roster::verify(a.instance, a.root_keys, stored, rows, today);
    check(roster, made, Reference(made, revocations));
    return 0;
}
