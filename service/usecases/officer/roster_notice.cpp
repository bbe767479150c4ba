#include "service/usecases/officer/roster_notice.h"

#include "crypto/officer/seen.h"
#include "service/usecases/officer/agency_settings.h"

#include <algorithm>

namespace usecases {
namespace {

// An admin's or auditor's certificate gives no right that a colleague must know of.
std::vector<const crypto::CertificateFields *> powerful(const AgencySnapshot &agency, base::OfficerId except) {
    auto out = agency.roster.all_live();
    std::erase_if(out, [except](const auto *held) { return held->officer == except || held->rights.bits == 0; });
    return out;
}

NewReader shown(const OfficerContext &context, const AgencySnapshot &agency, const crypto::CertificateFields &held,
                NewReader::What what) {
    NewReader out;
    out.what = what;
    out.name = held.display_name;
    out.rights = {held.rights.has(crypto::Right::reading), held.rights.has(crypto::Right::custody),
                  held.rights.has(crypto::Right::vouching)};
    out.posts = agency.actor(held.officer, {}).posts();
    if (const auto *issuer = agency.roster.known(held.issuer))
        out.vouched_by = issuer->display_name;
    out.root = context.agency.is_root(held.officer);
    out.by_itself = held.issuer == held.officer;
    out.since = held.not_before;
    return out;
}

// Of what this officer noted before, that of the same person; nullopt when there is none.
NewReader::What what_is_new(const std::vector<crypto::CertificateFields> &noted, const crypto::CertificateFields &held) {
    auto what = NewReader::What::person;
    for (const auto &before : noted)
        if (before.officer == held.officer && what != NewReader::What::certificate)
            what = before.box == held.box && before.sign == held.sign ? NewReader::What::certificate : NewReader::What::keys;
    return what;
}

struct Unseen {
    std::optional<crypto::Serials> noted; // nothing: never
    std::vector<const crypto::CertificateFields *> readers;
};

base::Result<Unseen> unseen(OfficerContext &context, const OfficerSession &session, const AgencySnapshot &agency) {
    Unseen out;
    ASSIGN_OR_RETURN(const auto stored, context.reads.roster().seen_certificates(session.actor.officer));
    // What does not hold was not noted by this officer: they are shown everything again.
    if (auto noted = crypto::read_seen(context.keys.instance, session.actor.officer, session.keys.sign.public_key, stored))
        out.noted = std::move(*noted);
    out.readers = powerful(agency, session.actor.officer);
    std::erase_if(out.readers, [&](const auto *held) { return out.noted && out.noted->contains(held->serial); });
    return out;
}

std::vector<crypto::CertificateFields> certificates_of(const ports::AgencyRows &rows, const crypto::Serials &serials) {
    std::vector<crypto::CertificateFields> out;
    for (const base::Bytes &stored : rows.certificates)
        if (const auto parsed = crypto::StoredCertificate::parse(stored); parsed && serials.contains(parsed->fields.serial))
            out.push_back(parsed->fields);
    return out;
}

} // namespace

base::Result<bool> readers_to_note(OfficerContext &context, const OfficerSession &session) {
    ASSIGN_OR_RETURN(const auto agency, context.snapshot());
    if (agency->unvouched.contains(session.actor.officer))
        return false;
    ASSIGN_OR_RETURN(const auto fresh, unseen(context, session, *agency));
    return !fresh.readers.empty();
}

base::Result<RosterNotice> roster_notice(OfficerContext &context, const OfficerSession &session) {
    ASSIGN_OR_RETURN(const auto agency, context.snapshot());
    RosterNotice out;
    out.roster_version = agency->roster_version;
    if (agency->unvouched.contains(session.actor.officer))
        return out;
    if (domain::allows(session.actor, domain::Action::vouch)) {
        ASSIGN_OR_RETURN(const auto list, accounts(context, session.actor));
        out.to_sign = list.waiting;
    }
    if (const auto permitted = MaySee::check(session.actor)) {
        ASSIGN_OR_RETURN(out.settings_wait, waits_to_be_confirmed(*permitted, context));
    }
    ASSIGN_OR_RETURN(const auto fresh, unseen(context, session, *agency));
    out.first = !fresh.noted;
    std::vector<crypto::CertificateFields> before;
    if (fresh.noted && !fresh.readers.empty()) {
        ASSIGN_OR_RETURN(const auto rows, context.reads.agency());
        before = certificates_of(rows, *fresh.noted);
    }
    for (const auto *held : fresh.readers)
        out.readers.push_back(shown(context, *agency, *held, what_is_new(before, *held)));
    std::ranges::sort(out.readers, {}, [](const NewReader &reader) { return std::pair(reader.name, reader.since); });
    return out;
}

base::Result<> take_note(OfficerContext &context, const OfficerSession &session, std::uint64_t shown_version) {
    ASSIGN_OR_RETURN(const auto agency, context.snapshot());
    if (agency->roster_version != shown_version)
        return base::fail(base::Code::conflict, "the roster changed since it was shown");
    if (agency->unvouched.contains(session.actor.officer))
        return base::fail(base::Code::not_found, "a certificate of whoever takes note");
    ASSIGN_OR_RETURN(const auto stored, context.reads.roster().seen_certificates(session.actor.officer));
    // What was noted before stays noted: a later certificate of the same person is told apart by it.
    auto serials = crypto::read_seen(context.keys.instance, session.actor.officer, session.keys.sign.public_key, stored)
                       .value_or(crypto::Serials{});
    for (const auto *held : powerful(*agency, session.actor.officer))
        serials.insert(held->serial);
    return context.writes.roster().confirm_seen(session.actor.officer,
                                                  crypto::sign_seen(session.keys, context.keys.instance, serials));
}

} // namespace usecases
