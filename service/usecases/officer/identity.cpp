#include "service/usecases/officer/identity.h"

#include "crypto/officer/identity_letter.h"
#include "service/usecases/officer/opened_case.h"

#include <algorithm>

namespace usecases {
namespace {

using Why = IdentityRefused::Why;
using crypto::LetterKind;

std::unexpected<IdentityRefused> refuse(Why why) { return std::unexpected(IdentityRefused{why}); }
std::unexpected<IdentityRefused> refuse(domain::Fault fault) {
    return std::unexpected(IdentityRefused{Why::faults, {std::move(fault)}});
}
std::unexpected<IdentityRefused> refuse(const base::Error &error) {
    switch (error.code) {
    case base::Code::not_found: return refuse(Why::not_found);
    case base::Code::conflict: return refuse(Why::gone);
    case base::Code::refused: return refuse(Why::tampered);
    case base::Code::unavailable: return refuse(Why::busy);
    default: return refuse(Why::storage_failed);
    }
}

// Who holds both the certificate and, today, a post that allows it; nullptr otherwise.
template <domain::Action A>
const crypto::CertificateFields *allowed(const AgencySnapshot &agency, base::OfficerId officer) {
    return domain::allows(agency.actor(officer, {}), A) ? agency.roster.live(officer) : nullptr;
}

crypto::AuditEntry entry_of(const OfficerContext &context, crypto::AuditEvent event, base::OfficerId actor, base::CaseId id,
                            base::ObjectId request, const base::Array<32> &digest) {
    auto out = case_entry(context, event, actor, id);
    out.object = request;
    out.digest = digest;
    return out;
}

struct OpenedDecision {
    base::OfficerId by;
    domain::IdentityDecision says;
};
base::Result<OpenedDecision> open_decision(const OfficerSession &session, const AgencySnapshot &agency,
                                           const ports::IdentityRequestRow &row) {
    ASSIGN_OR_RETURN(const auto letter, crypto::open_letter(session.keys, agency.roster,
                                                            {LetterKind::decision, row.case_id, row.id}, row.decision));
    ASSIGN_OR_RETURN(auto says, domain::identity_decision_from_json(base::text(letter.text)));
    return OpenedDecision{letter.from, std::move(says)};
}

// A letter for each custodian of the case; for whoever must not know of it, one that nobody opens.
struct Letters {
    std::vector<std::pair<base::OfficerId, base::Bytes>> sealed;
    std::size_t real = 0;
    base::Array<32> digest() const {
        base::Writer all;
        for (const auto &letter : sealed)
            all.raw(letter.second);
        return crypto::digest(all.seen());
    }
};
base::Result<Letters> write_letters(const OpenedCase &opened, const OfficerSession &session, const crypto::LetterPlace &place,
                                    std::span<const base::OfficerId> custodians, std::string_view json) {
    Letters out;
    for (const base::OfficerId officer : custodians) {
        const auto *to = allowed<domain::Action::decide_identity>(*opened.agency, officer);
        const bool excluded = std::ranges::binary_search(opened.complaint.excluded, officer);
        const bool decides = to && !excluded && officer != session.actor.officer &&
                             holds(opened.access.custodians, opened.agency->roster, officer);
        ASSIGN_OR_RETURN(auto sealed, decides ? crypto::seal_letter(session.keys, place, *to, base::view(json))
                                              : crypto::seal_decoy_letter());
        out.real += decides;
        out.sealed.emplace_back(officer, std::move(sealed));
    }
    return out;
}

// One request as it opens for one custodian.
struct OpenedRequest {
    ports::IdentityRequestRow row;
    crypto::Epoch epoch; // of the case, when it was read
    domain::IdentityRequest says;
    std::shared_ptr<const AgencySnapshot> agency;
    ports::IdentityRow identity;
    crypto::IdentityKey key;
};
// Code::not_found for whatever is not this custodian's to decide: a decoy, their own request, custody taken away since.
base::Result<OpenedRequest> open_request(OfficerContext &context, const OfficerSession &session, ports::IdentityLetterRow row,
                                         std::shared_ptr<const AgencySnapshot> agency) {
    const auto nothing = [] { return base::fail(base::Code::not_found, "a request to see an identity"); };
    const base::OfficerId me = session.actor.officer;
    const auto letter = crypto::open_letter(session.keys, agency->roster,
                                            {LetterKind::request, row.request.case_id, row.request.id}, row.sealed);
    if (!letter || letter->from != row.request.requester || letter->from == me)
        return nothing();
    ASSIGN_OR_RETURN(auto says, domain::identity_request_from_json(base::text(letter->text)));
    ASSIGN_OR_RETURN(auto identity, context.reads.identities().identity(row.request.case_id, me));
    if (!identity)
        return nothing();
    ASSIGN_OR_RETURN(auto key, crypto::open_identity_slot(session.keys, identity->record, identity->slot));
    return OpenedRequest{std::move(row.request), row.epoch, std::move(says), std::move(agency), std::move(*identity), std::move(key)};
}

// As far as this custodian can tell: an exclusion voids the requests of whom it names, and a request that stands in the store all the same
// was put there by somebody who writes to it. Who reads the case sees through that.
base::Result<bool> excludes(OfficerContext &context, const OfficerSession &session, base::CaseId id, base::OfficerId officer) {
    const auto opened = open_by_id(context, session, id.text());
    if (!opened && opened.error().code != base::Code::not_found)
        return std::unexpected(opened.error());
    return opened && std::ranges::binary_search(opened->complaint.excluded, officer);
}

std::optional<ports::RegisterNumber> number_of(const domain::IdentityRequest &says) {
    using Series = ports::RegisterNumber::Series;
    if (says.number == 0)
        return std::nullopt;
    return ports::RegisterNumber{says.series == static_cast<std::int64_t>(Series::open) ? Series::open : Series::restricted,
                                 static_cast<std::int32_t>(says.year), static_cast<std::uint32_t>(says.number)};
}

// What the reporter gave, as it was filed and logged; empty: nothing.
base::Result<base::Bytes> what_was_given(OfficerContext &context, const OpenedRequest &opened) {
    const ports::ObjectRow &object = opened.identity.object;
    const base::CaseId id = opened.row.case_id;
    ASSIGN_OR_RETURN(const auto logged,
                     context.reads.digests(crypto::case_pseudonym(context.keys, id), id, context.clock.today()));
    const bool stands = std::ranges::any_of(logged, [&](const ports::ObjectDigest &entry) {
        return entry.object == object.header.object_id && entry.digest == crypto::digest(object.sealed);
    });
    if (!stands || object.header.case_id != id)
        return base::fail(base::Code::refused, "an identity that is not the one in the log");
    return crypto::open_identity(opened.key, object.header, object.sealed);
}

base::Result<DecidedIdentity> commit_decision(OfficerContext &context, const OfficerSession &session,
                                              const OpenedRequest &opened, const crypto::CertificateFields &to,
                                              const domain::IdentityDecision &says) {
    const ports::IdentityRequestRow &row = opened.row;
    ports::IdentityDecided out{row.id, row.case_id, row.requester, context.clock.today(), opened.epoch, {}, {}, {}};
    DecidedIdentity decided{to.display_name, says.granted, false};
    if (says.granted) {
        ASSIGN_OR_RETURN(const crypto::Scratch given, what_was_given(context, opened));
        ASSIGN_OR_RETURN(out.copy,
                         crypto::seal_letter(session.keys, {LetterKind::copy, row.case_id, row.id}, to, given.view()));
        decided.given = !given.view().empty();
    }
    ASSIGN_OR_RETURN(out.decision, crypto::seal_letter(session.keys, {LetterKind::decision, row.case_id, row.id}, to,
                                                       base::view(to_json(says))));
    const auto event = says.granted ? crypto::AuditEvent::identity_granted : crypto::AuditEvent::identity_refused;
    out.audit = entry_of(context, event, session.actor.officer, row.case_id, row.id, crypto::digest(out.decision));
    RETURN_IF_FAILED(context.writes.identities().decide(std::move(out)));
    return decided;
}

base::Result<IdentityOfCase> of_case(OfficerContext &context, const OfficerSession &session, const OpenedCase &opened) {
    IdentityOfCase out{opened.row.record.case_id, opened.row.number, opened.secrecy, opened.complaint.anonymous, {}};
    ASSIGN_OR_RETURN(out.standing, identity_standing(context, session, *opened.agency, out.id));
    return out;
}

} // namespace

base::Result<IdentityStanding> identity_standing(OfficerContext &context, const OfficerSession &session,
                                                 const AgencySnapshot &agency, base::CaseId id) {
    using Step = IdentityStanding::Step;
    IdentityStanding out;
    ASSIGN_OR_RETURN(const auto row, context.reads.identities().request_of(id, session.actor.officer));
    if (!row)
        return out;
    out.step = Step::asked;
    out.asked = row->asked;
    if (!row->decided)
        return out;
    out.decided = *row->decided;
    out.shown = row->shown.value_or(base::Day{});
    out.until = base::Day{out.decided.number + ports::identity_copy_days};
    const auto decision = open_decision(session, agency, *row);
    if (!decision) {
        out.step = Step::unreadable;
        return out;
    }
    if (const auto *custodian = agency.roster.known(decision->by))
        out.by = custodian->display_name;
    out.reason = decision->says.reason;
    out.time = decision->says.time;
    out.step = !decision->says.granted ? Step::refused
               : row->shown            ? Step::shown
               : row->copy.empty()     ? Step::lapsed
                                       : Step::granted;
    return out;
}

base::Result<IdentityOfCase> identity_of_case(const domain::Permitted<domain::Action::work_cases> &, OfficerContext &context,
                                              const OfficerSession &session, std::string_view case_id) {
    ASSIGN_OR_RETURN(const auto opened, open_by_id(context, session, case_id));
    return of_case(context, session, opened);
}

std::expected<void, IdentityRefused> ask_identity(const domain::Permitted<domain::Action::work_cases> &permitted,
                                                  const RecentlySignedIn &, OfficerContext &context,
                                                  const OfficerSession &session, std::string_view case_id,
                                                  std::string_view typed, std::string_view once) {
    const auto opened = open_by_id(context, session, case_id);
    if (!opened)
        return refuse(opened.error());
    auto reason = domain::check_identity_reason(typed);
    if (!reason)
        return refuse(std::move(reason.error()));
    const auto form = base::ObjectId::from_text(once);
    if (!form)
        return refuse(Why::gone);
    const base::CaseId id = opened->row.record.case_id;
    const base::OfficerId me = permitted.actor().officer;
    // From the random id of the form, the case and who asks: the same form sent twice is one request.
    base::Writer tag;
    tag.raw(form->bytes()).raw(id.bytes()).raw(me.bytes());
    const auto request = *base::ObjectId::from(base::View(crypto::digest(tag.seen())).first(16));
    domain::IdentityRequest says{.reason = std::move(*reason), .time = context.clock.now()};
    if (const auto &number = opened->row.number) {
        says.series = static_cast<std::int64_t>(number->series);
        says.year = number->year;
        says.number = number->number;
    }
    const auto custodians = context.reads.identities().custodians(id);
    if (!custodians)
        return refuse(custodians.error());
    auto letters = write_letters(*opened, session, {LetterKind::request, id, request}, *custodians, to_json(says));
    if (!letters)
        return refuse(letters.error());
    if (letters->real == 0)
        return refuse(Why::nobody);
    ports::NewIdentityRequest row{request, id, me, context.clock.today(), opened->row.epoch, {}, {}};
    row.audit = entry_of(context, crypto::AuditEvent::identity_requested, me, id, request, letters->digest());
    row.letters = std::move(letters->sealed);
    if (const auto done = context.writes.identities().ask(std::move(row)); !done) {
        const auto standing = context.reads.identities().request_of(id, me);
        if (!standing || !*standing || (*standing)->id != request) // else the same form again, sent already
            return refuse(done.error());
    }
    return {};
}

std::expected<ShownIdentity, IdentityRefused> show_identity(const domain::Permitted<domain::Action::work_cases> &permitted,
                                                            const RecentlySignedIn &, OfficerContext &context,
                                                            const OfficerSession &session, std::string_view case_id) {
    const auto opened = open_by_id(context, session, case_id);
    if (!opened)
        return refuse(opened.error());
    const base::CaseId id = opened->row.record.case_id;
    const base::OfficerId me = permitted.actor().officer;
    const auto row = context.reads.identities().request_of(id, me);
    if (!row)
        return refuse(row.error());
    if (!*row || (*row)->copy.empty())
        return refuse(Why::gone);
    const auto decision = open_decision(session, *opened->agency, **row);
    const auto copy = crypto::open_letter(session.keys, opened->agency->roster, {LetterKind::copy, id, (*row)->id}, (*row)->copy);
    if (!decision || !copy || !decision->says.granted || decision->by != copy->from)
        return refuse(Why::tampered);
    const crypto::Scratch text(base::copy(copy->text));
    ShownIdentity out{{}, {}, opened->complaint.conceal};
    if (!text.view().empty()) {
        auto identity = domain::identity_from_json(base::text(text.view()));
        if (!identity)
            return refuse(Why::tampered);
        out.identity = std::move(*identity);
    }
    ports::IdentityShown shown{(*row)->id, me, context.clock.today(), (*row)->copy, {}};
    shown.audit = entry_of(context, crypto::AuditEvent::identity_shown, me, id, (*row)->id, crypto::digest((*row)->copy));
    if (const auto done = context.writes.identities().show(std::move(shown)); !done)
        return refuse(done.error());
    auto of = of_case(context, session, *opened);
    if (!of)
        return refuse(of.error());
    out.of = std::move(*of);
    return out;
}

base::Result<std::vector<WaitingIdentity>> waiting_identities(const domain::Permitted<domain::Action::decide_identity> &permitted,
                                                              OfficerContext &context, const OfficerSession &session) {
    ASSIGN_OR_RETURN(const auto agency, context.snapshot());
    ASSIGN_OR_RETURN(auto letters, context.reads.identities().letters_to(permitted.actor().officer));
    std::vector<WaitingIdentity> out;
    for (auto &letter : letters) {
        const auto opened = open_request(context, session, std::move(letter), agency);
        if (!opened && opened.error().code == base::Code::not_found)
            continue;
        if (!opened)
            return std::unexpected(opened.error());
        if (!allowed<domain::Action::work_cases>(*agency, opened->row.requester))
            continue; // who asked may not be told the answer
        const domain::Actor asks = agency->actor(opened->row.requester, {});
        out.push_back({opened->row.id, number_of(opened->says), asks.name, asks.posts(), opened->says.time, opened->says.reason});
    }
    return out;
}

std::expected<DecidedIdentity, IdentityRefused> decide_identity(const domain::Permitted<domain::Action::decide_identity> &permitted,
                                                                const RecentlySignedIn &, OfficerContext &context,
                                                                const OfficerSession &session, std::string_view request,
                                                                const IdentityAnswer &answer) {
    const auto id = base::ObjectId::from_text(request);
    if (!id)
        return refuse(Why::not_found);
    auto agency = context.snapshot();
    if (!agency)
        return refuse(agency.error());
    auto letter = context.reads.identities().letter(*id, permitted.actor().officer);
    if (!letter)
        return refuse(letter.error());
    if (!*letter)
        return refuse(Why::not_found);
    const auto opened = open_request(context, session, std::move(**letter), *agency);
    if (!opened)
        return refuse(opened.error());
    const auto *to = allowed<domain::Action::work_cases>(**agency, opened->row.requester);
    const auto excluded = excludes(context, session, opened->row.case_id, opened->row.requester);
    if (!excluded)
        return refuse(excluded.error());
    if (!to || *excluded)
        return refuse(Why::requester_gone);
    auto reason = domain::check_identity_reason(answer.reason);
    std::vector<domain::Fault> faults;
    if (!answer.grant)
        faults.push_back({"decision", "fault.identity.decision"});
    if (!reason)
        faults.push_back(std::move(reason.error()));
    if (!faults.empty())
        return std::unexpected(IdentityRefused{Why::faults, std::move(faults)});
    auto decided = commit_decision(context, session, *opened, *to, {*answer.grant, std::move(*reason), context.clock.now()});
    if (!decided)
        return refuse(decided.error());
    return std::move(*decided);
}

} // namespace usecases
