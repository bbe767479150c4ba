#include "crypto/reporter/certificate.h"

#include <algorithm>
#include <tuple>

namespace crypto {
namespace {

struct Candidate {
    StoredCertificate stored;
    bool root = false;     // of one of the roots
    bool accepted = false; // leads up to a root
    bool live = false;     // so does every step of it, today
    const CertificateFields &fields() const { return stored.fields; }
};

using Revoked = std::map<base::CertificateSerial, base::Day>;

bool covers(const CertificateFields &fields, base::Day day) { return fields.not_before <= day && day <= fields.not_after; }

const RootKeys *root_of(std::span<const RootKeys> roots, base::OfficerId officer) {
    const auto at = std::ranges::find(roots, officer, &RootKeys::officer);
    return at == roots.end() ? nullptr : &*at;
}

// What one certificate alone can show: its form, its instance, its keys, and that nobody speaks for a root but the root.
bool is_sound(const CertificateFields &fields, base::InstanceId instance, std::span<const RootKeys> roots) {
    if (fields.instance != instance || !is_safe(fields.box) || !is_safe(fields.sign))
        return false;
    const RootKeys *root = root_of(roots, fields.officer);
    return !root || (root->box == fields.box && root->sign == fields.sign);
}

bool signature_holds(const Candidate &candidate, const SignPublicKey &key) {
    return verify(key, certificate_domain, candidate.fields().encode(), candidate.stored.signature);
}

// New keys for oneself add nothing: neither a right nor a day nor another name.
bool only_changes_keys(const CertificateFields &from, const CertificateFields &to) {
    return from.rights.covers(to.rights) && to.not_after <= from.not_after && to.display_name == from.display_name;
}

bool may_issue(const Candidate &issuer, const Candidate &candidate, const Revoked &revoked) {
    if (!issuer.accepted || issuer.fields().officer != candidate.fields().issuer ||
        !covers(issuer.fields(), candidate.fields().not_before))
        return false;
    const bool own = candidate.fields().issuer == candidate.fields().officer;
    if (own ? candidate.root || !only_changes_keys(issuer.fields(), candidate.fields())
            : !issuer.fields().rights.has(Right::vouching))
        return false;
    const auto ended = revoked.find(issuer.fields().serial);
    return ended == revoked.end() || candidate.fields().not_before <= ended->second;
}

// From the roots outward, one step for each round: what nothing leads to, cycles among them, is never accepted.
void accept(std::vector<Candidate> &candidates, const Revoked &revoked, base::Day today) {
    const auto holds_today = [&](const Candidate &c) { return covers(c.fields(), today) && !revoked.contains(c.fields().serial); };
    for (Candidate &candidate : candidates) {
        const bool own = candidate.fields().issuer == candidate.fields().officer;
        candidate.accepted = candidate.root && own && signature_holds(candidate, candidate.fields().sign);
        candidate.live = candidate.accepted && holds_today(candidate);
    }
    bool changed = true;
    for (int depth = 0; depth < Roster::max_depth && changed; ++depth) {
        changed = false;
        std::vector<std::pair<std::size_t, bool>> found; // applied after the round, so that a round is one step
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            const Candidate &candidate = candidates[i];
            if (candidate.accepted && (candidate.live || !holds_today(candidate)))
                continue;
            for (const Candidate &issuer : candidates) {
                const bool live = issuer.live && holds_today(candidate);
                if ((candidate.accepted && !live) || !may_issue(issuer, candidate, revoked) ||
                    !signature_holds(candidate, issuer.fields().sign))
                    continue;
                found.emplace_back(i, live);
                if (live)
                    break;
            }
        }
        for (const auto &[i, live] : found) {
            changed = changed || !candidates[i].accepted || (live && !candidates[i].live);
            candidates[i].accepted = true;
            candidates[i].live = candidates[i].live || live;
        }
    }
}

// The revocations that count. Sorted by day, because somebody who was revoked earlier revokes nobody afterwards.
Revoked standing(const std::vector<Candidate> &candidates, std::span<const SignedRevocation> revocations,
                 base::InstanceId instance) {
    std::vector<const SignedRevocation *> sorted;
    for (const SignedRevocation &revocation : revocations)
        sorted.push_back(&revocation);
    std::ranges::sort(sorted, {}, [](const SignedRevocation *r) { return std::pair(r->day, r->serial); });
    Revoked out;
    for (const SignedRevocation *revocation : sorted) {
        const Bytes message = revocation->encode(instance);
        for (const Candidate &signer : candidates) {
            const CertificateFields &fields = signer.fields();
            if (!signer.accepted || fields.officer != revocation->issuer)
                continue;
            const auto ended = out.find(fields.serial);
            const bool own = std::ranges::any_of(candidates, [&](const Candidate &c) {
                return c.accepted && c.fields().serial == revocation->serial && c.fields().officer == fields.officer;
            });
            if ((!own && !fields.rights.has(Right::vouching)) ||
                (ended != out.end() && ended->second < revocation->day) ||
                !verify(fields.sign, revocation_domain, message, revocation->signature))
                continue;
            out.try_emplace(revocation->serial, revocation->day);
            break;
        }
    }
    return out;
}

auto age(const CertificateFields &fields) { return std::pair(fields.not_before, fields.serial); }

} // namespace

Roster Roster::verify(base::InstanceId instance, std::span<const RootKeys> roots, std::span<const Bytes> certificates,
                      std::span<const SignedRevocation> revocations, base::Day today) {
    Roster out;
    out.instance_ = instance;
    std::vector<Candidate> candidates;
    for (const Bytes &bytes : certificates) {
        auto stored = StoredCertificate::parse(bytes);
        if (stored && is_sound(stored->fields, instance, roots))
            candidates.push_back({*stored, root_of(roots, stored->fields.officer) != nullptr});
        else
            ++out.refused_;
    }
    accept(candidates, {}, today); // first without revocations, to learn who may sign them
    const Revoked revoked = standing(candidates, revocations, instance);
    if (!revoked.empty())
        accept(candidates, revoked, today);

    for (const Candidate &candidate : candidates) {
        const CertificateFields &fields = candidate.fields();
        if (!candidate.accepted) {
            ++out.refused_;
            continue;
        }
        out.known_[fields.officer].push_back({fields, candidate.live});
        if (!candidate.live)
            continue;
        const auto [at, fresh] = out.live_.try_emplace(fields.officer, fields);
        if (!fresh && age(at->second) < age(fields))
            at->second = fields;
    }
    for (auto &[officer, held] : out.known_)
        std::ranges::sort(held, std::greater{}, [](const Held &one) { return age(one.fields); });
    return out;
}

const CertificateFields *Roster::live(base::OfficerId officer) const {
    const auto at = live_.find(officer);
    return at == live_.end() ? nullptr : &at->second;
}

const CertificateFields *Roster::known(base::OfficerId officer) const {
    if (const CertificateFields *today = live(officer))
        return today;
    const auto at = known_.find(officer);
    return at == known_.end() ? nullptr : &at->second.front().fields;
}

bool Roster::any_signed(base::OfficerId officer, std::string_view domain, View message, const Signature &signature,
                        Rights needed, bool live) const {
    const auto at = known_.find(officer);
    return at != known_.end() && std::ranges::any_of(at->second, [&](const Held &held) {
        return (held.live || !live) && held.fields.rights.covers(needed) &&
               crypto::verify(held.fields.sign, domain, message, signature);
    });
}

bool Roster::has_live_keys(base::OfficerId officer, base::CertificateSerial serial) const {
    const CertificateFields *today = live(officer);
    const auto at = known_.find(officer);
    return today && at != known_.end() && std::ranges::any_of(at->second, [&](const Held &held) {
        return held.fields.serial == serial && held.fields.box == today->box;
    });
}

bool Roster::signed_by(base::OfficerId officer, std::string_view domain, View message, const Signature &signature,
                       Rights needed) const {
    return any_signed(officer, domain, message, signature, needed, false);
}

bool Roster::signed_by_live(base::OfficerId officer, std::string_view domain, View message, const Signature &signature,
                            Rights needed) const {
    return any_signed(officer, domain, message, signature, needed, true);
}

std::vector<const CertificateFields *> Roster::held_by(base::OfficerId officer) const {
    std::vector<const CertificateFields *> out;
    if (const auto at = known_.find(officer); at != known_.end())
        for (const Held &held : at->second)
            out.push_back(&held.fields);
    return out;
}

std::vector<const CertificateFields *> Roster::all_live() const {
    std::vector<const CertificateFields *> out;
    for (const auto &[officer, fields] : live_)
        out.push_back(&fields);
    return out;
}

} // namespace crypto
