#include "service/usecases/officer/admin_invitation.h"

#include "crypto/officer/paper_code.h"
#include "service/domain/text.h"
#include "service/usecases/officer/roster_rows.h"

#include <algorithm>

namespace usecases {
namespace {

using Why = RosterRefused::Why;
constexpr base::OfficerId nobody; // of the agency: the operator

std::string typed(base::Day day) {
    const auto date = day.date();
    return std::to_string(static_cast<unsigned>(date.day())) + "/" + std::to_string(static_cast<unsigned>(date.month())) + "/" +
           std::to_string(static_cast<int>(date.year()));
}

// Somebody who waits for no right and no other post. The account of anybody else who waits is no operator's to open.
bool is_admin_to_be(const ports::ProposedAccount &account, const ports::Proposals &proposals) {
    return account.rights == crypto::Rights{} && std::ranges::all_of(proposals.posts, [&](const ports::ProposedPost &post) {
        return post.officer != account.officer || post.post == static_cast<std::uint8_t>(domain::Post::admin);
    });
}

// The proposal without its invitation. An admin to be who waits keeps id, name and post.
RosterResult<ports::Proposal> proposal_of(const AtTheMachine &at, const AdminToBe &wanted) {
    const auto agency = at.reads.agency();
    const auto proposals = at.reads.roster().proposals();
    const auto officers = at.reads.officers();
    if (!agency || !proposals || !officers)
        return std::unexpected(RosterRefused{Why::busy});
    const base::Day today = at.clock.today();
    const domain::AccountForm form{wanted.login, wanted.name, {},
                                   {std::string(id(domain::Post::admin)), std::string(id(domain::Capacity::holder)), wanted.order,
                                    typed(today), typed({today.number + admin_post_days})}};
    domain::WantedPost post;
    auto faults = domain::faults_of(form, today, post);
    const std::string login = domain::canonical_login(wanted.login);
    const auto waiting = std::ranges::find(proposals->accounts, login, &ports::ProposedAccount::login);
    const bool waits = waiting != proposals->accounts.end();
    if (detail::any_with(*officers, login, &ports::OfficerRow::login) || (waits && !is_admin_to_be(*waiting, *proposals)))
        faults.insert(faults.begin(), {"login", "fault.officers.login_taken"});
    if (!faults.empty())
        return std::unexpected(RosterRefused{Why::faults, std::move(faults)});
    if (waits)
        return ports::Proposal{.roster_version = agency->roster_version, .account = *waiting};
    ports::ProposedAccount account{base::OfficerId::random(), login, domain::clean_line(wanted.name), {}, nobody, today};
    auto appointed = detail::proposed_post(nobody, account.officer, post, today);
    return ports::Proposal{.roster_version = agency->roster_version, .account = std::move(account), .posts = {std::move(appointed)}};
}

} // namespace

RosterResult<Invitation> invite_admin(const AtTheMachine &at, const AdminToBe &wanted) {
    auto proposal = proposal_of(at, wanted);
    if (!proposal)
        return std::unexpected(proposal.error());
    const auto code = crypto::PaperCode::random();
    Invitation out{code.text(), {at.clock.today().number + invitation_days}, proposal->account->officer};
    proposal->account->invited_until = out.until;
    proposal->invitation = crypto::invitation_hash(at.keys, code);
    auto entries = detail::entries_of(at.clock, nobody, *proposal);
    if (const auto done = at.writes.roster().propose(std::move(*proposal), std::move(entries)); !done)
        return std::unexpected(detail::why(done.error()));
    return out;
}

} // namespace usecases
