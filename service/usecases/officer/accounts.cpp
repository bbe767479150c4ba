#include "service/usecases/officer/accounts.h"

#include "crypto/officer/paper_code.h"
#include "crypto/primitives/hash.h"
#include "service/domain/text.h"
#include "service/domain/typed_day.h"
#include "service/usecases/officer/roster_rows.h"

#include <algorithm>

namespace usecases {
namespace {

using crypto::AuditEvent;
using Why = RosterRefused::Why;

std::unexpected<RosterRefused> refuse(Why why) { return std::unexpected(RosterRefused{why}); }
std::unexpected<RosterRefused> refuse(const base::Error &error) { return std::unexpected(detail::why(error)); }
std::unexpected<RosterRefused> faulty(std::vector<domain::Fault> faults) {
    return std::unexpected(RosterRefused{Why::faults, std::move(faults)});
}

// The posts that somebody holds, will hold or is to hold.
std::vector<domain::Post> posts_of(const detail::RosterRows &rows, base::OfficerId officer) {
    std::vector<domain::Post> out;
    const auto add = [&](base::OfficerId of, std::uint8_t number) {
        if (const auto post = domain::post_numbered(number); post && of == officer)
            out.push_back(*post);
    };
    for (const auto &fields : rows.standing())
        add(fields.officer, fields.post);
    for (const auto &post : rows.proposals.posts)
        add(post.officer, post.post);
    return out;
}

crypto::Rights rights_today(const detail::RosterRows &rows, base::OfficerId officer) {
    if (const auto *proposed = rows.proposed(officer))
        return proposed->rights;
    const auto *certificate = rows.snapshot->roster.known(officer);
    return certificate ? certificate->rights : crypto::Rights{};
}

base::Result<> write(OfficerContext &context, const Admin &admin, ports::Proposal proposal) {
    auto entries = detail::entries_of(context.clock, admin.actor().officer, proposal);
    return context.writes.roster().propose(std::move(proposal), std::move(entries));
}

RosterResult<Invitation> invite(OfficerContext &context, const Admin &admin, ports::Proposal proposal) {
    const auto code = crypto::PaperCode::random();
    Invitation out{code.text(), {context.clock.today().number + invitation_days}, proposal.account->officer};
    proposal.account->invited_until = out.until;
    proposal.invitation = crypto::invitation_hash(context.keys, code);
    if (const auto done = write(context, admin, std::move(proposal)); !done)
        return refuse(done.error());
    context.sessions.end_all(out.officer); // of an account that is reset
    return out;
}

} // namespace

RosterResult<Invitation> open_account(const Admin &admin, OfficerContext &context, const RecentlySignedIn &,
                                       const domain::AccountForm &form) {
    const auto rows = detail::roster_rows(context);
    if (!rows)
        return refuse(rows.error());
    domain::WantedPost wanted;
    auto faults = domain::faults_of(form, rows->today, wanted);
    const std::string login = domain::canonical_login(form.login);
    const bool taken = detail::any_with(rows->officers, login, &ports::OfficerRow::login) ||
                       detail::any_with(rows->proposals.accounts, login, &ports::ProposedAccount::login);
    if (taken)
        faults.insert(faults.begin(), {"login", "fault.officers.login_taken"});
    if (!faults.empty())
        return faulty(std::move(faults));
    const auto officer = base::OfficerId::random();
    return invite(context, admin,
                  {.roster_version = rows->agency.roster_version,
                   .account = ports::ProposedAccount{officer, login, domain::clean_line(form.name),
                                                     detail::rights_of(form.rights), admin.actor().officer, rows->today},
                   .posts = {detail::proposed_post(admin.actor().officer, officer, wanted, rows->today)}});
}

RosterResult<> propose_certificate(const Admin &admin, OfficerContext &context, const RecentlySignedIn &,
                                    base::OfficerId officer, const domain::Certified &rights) {
    const auto rows = detail::roster_rows(context);
    if (!rows)
        return refuse(rows.error());
    const auto *row = rows->row(officer);
    const auto *before = rows->proposed(officer);
    if (!row || (before && before->invited_until))
        return refuse(Why::not_found);
    if (domain::mixes_apart(posts_of(*rows, officer), rights))
        return refuse(Why::apart);
    const auto done = write(context, admin,
                            {.roster_version = rows->agency.roster_version,
                             .account = ports::ProposedAccount{officer, row->login, rows->name(officer),
                                                               detail::rights_of(rights), admin.actor().officer, rows->today}});
    if (!done)
        return refuse(done.error());
    return {};
}

RosterResult<> propose_post(const Admin &admin, OfficerContext &context, const RecentlySignedIn &, base::OfficerId officer,
                             const domain::PostForm &form) {
    const auto rows = detail::roster_rows(context);
    if (!rows)
        return refuse(rows.error());
    if (!rows->row(officer) && !rows->proposed(officer))
        return refuse(Why::not_found);
    domain::WantedPost wanted;
    if (auto faults = domain::faults_of(form, rows->today, wanted); !faults.empty())
        return faulty(std::move(faults));
    auto posts = posts_of(*rows, officer);
    posts.push_back(wanted.post);
    if (domain::mixes_apart(posts, detail::certified(rights_today(*rows, officer))))
        return refuse(Why::apart);
    const auto done = write(context, admin,
                            {.roster_version = rows->agency.roster_version,
                             .posts = {detail::proposed_post(admin.actor().officer, officer, wanted, rows->today)}});
    if (!done)
        return refuse(done.error());
    return {};
}

RosterResult<> propose_ending(const Admin &admin, OfficerContext &context, const RecentlySignedIn &,
                               base::OfficerId officer, base::AppointmentId appointment, std::string_view last_day) {
    const auto rows = detail::roster_rows(context);
    if (!rows)
        return refuse(rows.error());
    const auto standing = rows->standing();
    const auto held = std::ranges::find(standing, appointment, &crypto::AppointmentFields::id);
    if (held == standing.end() || held->officer != officer)
        return refuse(Why::not_found);
    if (rows->ended(appointment)) // the log names each end once
        return faulty({{"appointment", "fault.officers.ended"}});
    const auto day = domain::typed_day(last_day);
    if (!day || *day > held->until)
        return faulty({{"last_day", "fault.officers.last_day"}});
    const auto done = write(context, admin,
                            {.roster_version = rows->agency.roster_version,
                             .endings = {{appointment, *day, admin.actor().officer, rows->today}}});
    if (!done)
        return refuse(done.error());
    return {};
}

RosterResult<> withdraw(const Admin &admin, OfficerContext &context, base::OfficerId officer,
                         std::optional<base::AppointmentId> post) {
    const base::View id = post ? post->bytes() : officer.bytes();
    std::vector<crypto::AuditEntry> audit{
        detail::roster_entry(context, AuditEvent::account_proposed, admin.actor().officer,
                              crypto::hash({base::view("sucharit/withdrawn/v1"), id}))};
    const auto done = post ? context.writes.roster().withdraw_post(*post, std::move(audit))
                           : context.writes.roster().withdraw_account(officer, std::move(audit));
    if (!done)
        return refuse(done.error());
    return {};
}

RosterResult<> disable_account(const Admin &admin, OfficerContext &context, const RecentlySignedIn &,
                                base::OfficerId officer) {
    const auto rows = detail::roster_rows(context);
    if (!rows)
        return refuse(rows.error());
    const auto *row = rows->row(officer);
    if (!row || row->disabled)
        return refuse(Why::not_found);
    if (officer == admin.actor().officer)
        return refuse(Why::own);
    if (const auto missing = detail::missing_without(*rows->snapshot, officer))
        return refuse(*missing);
    if (const auto done = write(context, admin, {.roster_version = rows->agency.roster_version, .disable = officer}); !done)
        return refuse(done.error());
    context.sessions.end_all(officer);
    return {};
}

RosterResult<Invitation> reset_account(const Admin &admin, OfficerContext &context, const RecentlySignedIn &,
                                        base::OfficerId officer) {
    const auto rows = detail::roster_rows(context);
    if (!rows)
        return refuse(rows.error());
    const auto *row = rows->row(officer);
    const auto *before = rows->proposed(officer);
    if (!row && !before)
        return refuse(Why::not_found);
    if (context.agency.is_root(officer))
        return refuse(Why::root);
    if (officer == admin.actor().officer)
        return refuse(Why::own);
    if (const auto missing = detail::missing_without(*rows->snapshot, officer))
        return refuse(*missing);
    ports::Proposal proposal{.roster_version = rows->agency.roster_version,
                             .account = ports::ProposedAccount{officer, row ? row->login : before->login, rows->name(officer),
                                                               rights_today(*rows, officer), admin.actor().officer,
                                                               rows->today}};
    if (row)
        proposal.disable = officer;
    return invite(context, admin, std::move(proposal));
}

} // namespace usecases
