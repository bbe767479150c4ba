// The list of accounts: what stands, what waits, and for whom.
#include "crypto/primitives/hash.h"
#include "service/usecases/officer/roster_rows.h"

#include <algorithm>

namespace usecases {
namespace {

using detail::RosterRows;

bool same_keys(const crypto::CertificateFields &certificate, const ports::OfficerRow &row) {
    return certificate.box == row.box && certificate.sign == row.sign;
}

AccountState state_of(const RosterRows &rows, const AccountView &view, const ports::OfficerRow *row) {
    if (view.proposed && view.proposed->invited_until)
        return *view.proposed->invited_until < rows.today ? AccountState::invitation_over : AccountState::invited;
    if (!row) // an account without keys or invitation cannot be stored
        return AccountState::invitation_over;
    if (row->disabled)
        return AccountState::disabled;
    if (view.certificate && same_keys(*view.certificate, *row))
        return AccountState::vouched;
    return view.proposed ? AccountState::keys_made : AccountState::lapsed;
}

void show_posts(AccountView &view, const RosterRows &rows, const std::vector<crypto::AppointmentFields> &standing) {
    for (const auto &fields : standing) {
        const auto post = domain::post_numbered(fields.post);
        const auto capacity = domain::capacity_numbered(fields.capacity);
        if (fields.officer != view.officer || !post || !capacity)
            continue;
        const base::Day until = std::min(fields.until, rows.ended(fields.id).value_or(fields.until));
        PostView shown{{fields.id, *post, *capacity, fields.from, until, fields.order}, fields.from > rows.today};
        for (const ports::ProposedEnding &ending : rows.proposals.endings)
            if (ending.appointment == fields.id) {
                shown.ending = ending.last_day;
                shown.ending_by = ending.proposed_by;
            }
        view.posts.push_back(std::move(shown));
    }
    std::ranges::sort(view.posts, {}, [](const PostView &post) {
        return std::tuple(domain::place_in_line(post.seat.post), post.seat.from, post.seat.appointment);
    });
    std::ranges::copy_if(rows.proposals.posts, std::back_inserter(view.proposed_posts),
                         [&](const ports::ProposedPost &post) { return post.officer == view.officer; });
    std::ranges::sort(view.proposed_posts, {}, &ports::ProposedPost::id);
}

// A certificate falls, and with it whatever was signed with it: found by leaving its holder's out.
std::vector<std::string> hanging_on(OfficerContext &context, const RosterRows &rows, base::OfficerId officer) {
    ports::AgencyRows without = rows.agency;
    std::erase_if(without.certificates, [officer](const base::Bytes &stored) {
        const auto parsed = crypto::StoredCertificate::parse(stored);
        return parsed && parsed->fields.officer == officer;
    });
    const crypto::Roster left = context.agency.roster_of(without, rows.today);
    std::set<std::string> out;
    for (const auto *certificate : rows.snapshot->roster.all_live())
        if (certificate->officer != officer && !left.live(certificate->officer))
            out.insert(certificate->display_name);
    const auto stays = detail::standing_appointments(rows.agency, left, rows.today);
    for (const auto &fields : rows.standing())
        if (fields.officer != officer && !rows.is_covered(fields, stays))
            out.insert(rows.name(fields.officer));
    return {out.begin(), out.end()};
}

AccountView view_of(OfficerContext &context, const RosterRows &rows, base::OfficerId officer,
                    const std::vector<crypto::AppointmentFields> &standing) {
    AccountView out;
    out.officer = officer;
    out.name = rows.name(officer);
    out.root = context.agency.is_root(officer);
    const auto *row = rows.row(officer);
    if (const auto *proposed = rows.proposed(officer)) {
        out.proposed = *proposed;
        out.proposed_by = rows.name(proposed->proposed_by);
    }
    out.login = row ? row->login : out.proposed->login;
    if (const auto *certificate = rows.snapshot->roster.live(officer)) {
        out.certificate = *certificate;
        out.vouched_by = rows.name(certificate->issuer);
        if (certificate->rights.has(crypto::Right::vouching))
            out.hanging = hanging_on(context, rows, officer);
    }
    out.state = state_of(rows, out, row);
    out.to_vouch = row && out.proposed && !out.proposed->invited_until;
    out.to_revoke = row && !out.to_vouch && out.certificate && (row->disabled || !same_keys(*out.certificate, *row));
    show_posts(out, rows, standing);
    return out;
}

} // namespace

bool AccountView::to_sign() const {
    const bool ending = std::ranges::any_of(posts, [](const PostView &post) { return post.ending.has_value(); });
    return to_vouch || to_revoke || ending || (state == AccountState::vouched && !proposed_posts.empty());
}

const AccountView *AccountsView::find(base::OfficerId officer) const {
    const auto at = std::ranges::find(accounts, officer, &AccountView::officer);
    return at == accounts.end() ? nullptr : &*at;
}

bool sees_accounts(const domain::Actor &actor) {
    return domain::allows(actor, domain::Action::manage_accounts) || domain::allows(actor, domain::Action::vouch);
}

base::Result<AccountsView> accounts(OfficerContext &context, const domain::Actor &actor) {
    if (!sees_accounts(actor))
        return base::fail(base::Code::not_found, "a right that the post does not have");
    ASSIGN_OR_RETURN(const auto rows, detail::roster_rows(context));
    const auto standing = rows.standing();
    std::set<base::OfficerId> everybody;
    for (const auto &row : rows.officers)
        everybody.insert(row.id);
    for (const auto &proposed : rows.proposals.accounts)
        everybody.insert(proposed.officer);
    AccountsView out{rows.agency.roster_version, {}, 0};
    for (const base::OfficerId officer : everybody) {
        out.accounts.push_back(view_of(context, rows, officer, standing));
        out.waiting += out.accounts.back().to_sign();
    }
    std::ranges::sort(out.accounts, {}, [](const AccountView &account) { return std::pair(account.name, account.officer); });
    return out;
}

} // namespace usecases
