#include "service/usecases/officer/vouching.h"

#include "crypto/primitives/hash.h"
#include "service/usecases/officer/roster_rows.h"

#include <algorithm>

namespace usecases {
namespace {

using crypto::AuditEvent;
using detail::RosterRows;
using Why = RosterRefused::Why;

std::unexpected<RosterRefused> refuse(Why why) { return std::unexpected(RosterRefused{why}); }
std::unexpected<RosterRefused> refuse(const base::Error &error) { return std::unexpected(detail::why(error)); }

// One act: what is signed is added to the rows as they will stand, so that the roster they make can be looked at before.
class Act {
public:
    Act(const Vouching &by, RosterRows rows) : by_(by), rows_(std::move(rows)), after_(rows_.agency) {
        acts_.roster_version = rows_.agency.roster_version;
    }
    const RosterRows &rows() const { return rows_; }
    ports::SignedActs &acts() { return acts_; }
    base::OfficerId voucher() const { return by_.session.keys.officer; }
    crypto::Roster roster() const { return by_.context.agency.roster_of(after_, rows_.today); }

    base::Result<> certify(crypto::CertificateFields fields) {
        fields.instance = by_.context.keys.instance;
        fields.serial = base::CertificateSerial::random();
        const base::OfficerId officer = fields.officer;
        ASSIGN_OR_RETURN(auto stored, crypto::issue_certificate(by_.session.keys, std::move(fields)));
        note(AuditEvent::certificate_added, crypto::digest(stored));
        after_.certificates.push_back(stored);
        acts_.certificates.push_back({officer, std::move(stored)});
        return {};
    }
    base::Result<> appoint(crypto::AppointmentFields fields) {
        fields.instance = by_.context.keys.instance;
        ASSIGN_OR_RETURN(auto stored, crypto::issue_appointment(by_.session.keys, std::move(fields)));
        note(AuditEvent::appointment_added, crypto::digest(stored));
        after_.appointments.push_back(stored);
        acts_.appointments.push_back(std::move(stored));
        return {};
    }
    void end(base::AppointmentId appointment, base::Day last_day) {
        const auto instance = by_.context.keys.instance;
        const auto ending = crypto::end_appointment(by_.session.keys, instance, appointment, last_day);
        note(AuditEvent::appointment_ended, crypto::digest(ending.encode(instance)));
        after_.endings.push_back(ending);
        acts_.endings.push_back(ending);
    }
    // Revokes this officer's live certificates until one is met that may stay, or none is left.
    template <class MayStay>
    void revoke(base::OfficerId officer, MayStay may_stay) {
        for (;;) {
            const auto roster_now = roster();
            const auto *live = roster_now.live(officer);
            if (!live || may_stay(*live))
                return;
            const auto instance = by_.context.keys.instance;
            const auto revocation = crypto::revoke(by_.session.keys, instance, live->serial, rows_.today);
            std::erase_if(after_.revocations, [&](const auto &row) { return row.serial == live->serial; });
            note(AuditEvent::certificate_revoked, crypto::digest(revocation.encode(instance)));
            after_.revocations.push_back(revocation);
            acts_.revocations.push_back(revocation);
        }
    }
    void note(AuditEvent event, const base::Array<32> &digest) {
        audit_.push_back(detail::roster_entry(by_.context, event, voucher(), digest));
    }

    // Whose certificate or post would lapse besides this officer's own.
    bool others_lapse(base::OfficerId officer) const {
        const auto roster_after = roster();
        for (const auto *certificate : rows_.snapshot->roster.all_live())
            if (certificate->officer != officer && !roster_after.live(certificate->officer))
                return true;
        const auto stays = standing();
        return std::ranges::any_of(rows_.standing(), [&](const auto &fields) {
            const bool ended = detail::any_with(acts_.endings, fields.id, &crypto::SignedEnding::appointment);
            return fields.officer != officer && !ended && !rows_.is_covered(fields, stays);
        });
    }
    // The appointments as they will stand.
    std::vector<crypto::AppointmentFields> standing() const {
        return detail::standing_appointments(after_, roster(), rows_.today);
    }
    RosterResult<> commit() {
        if (const auto done = by_.context.writes.roster().sign(std::move(acts_), std::move(audit_)); !done)
            return refuse(done.error());
        return {};
    }

private:
    const Vouching &by_;
    RosterRows rows_;
    ports::AgencyRows after_;
    ports::SignedActs acts_;
    std::vector<crypto::AuditEntry> audit_;
};

std::string digits_of(std::string_view typed) {
    std::string out;
    for (const char c : typed)
        if (c != ' ' && c != '-')
            out += c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

bool is_fingerprint(const ports::OfficerRow &row, std::string_view typed) {
    return digits_of(typed) == digits_of(crypto::fingerprint(row.box, row.sign));
}

// What waits for a signature of what this voucher proposed themselves, as an admin of earlier days.
bool proposed_by_voucher(const AccountView &account, base::OfficerId voucher) {
    return (account.to_vouch && account.proposed->proposed_by == voucher) ||
           detail::any_with(account.proposed_posts, voucher, &ports::ProposedPost::proposed_by) ||
           std::ranges::any_of(account.posts, [&](const PostView &post) { return post.ending && post.ending_by == voucher; });
}

struct Looked {
    AccountView account;
    Act act;
};
RosterResult<Looked> look(const Voucher &voucher, const Vouching &by, base::OfficerId officer) {
    auto rows = detail::roster_rows(by.context);
    const auto list = accounts(by.context, voucher.actor());
    if (!rows || !list)
        return refuse(Why::busy);
    const auto *account = list->find(officer);
    if (!account)
        return refuse(Why::not_found);
    if (list->roster_version != rows->agency.roster_version)
        return refuse(Why::stale);
    if (officer == voucher.actor().officer || proposed_by_voucher(*account, voucher.actor().officer))
        return refuse(Why::own);
    return Looked{*account, Act(by, std::move(*rows))};
}

base::Result<> sign_proposed_posts(Act &act, const AccountView &account) {
    for (const auto &post : account.proposed_posts)
        RETURN_IF_FAILED(act.appoint({.instance = {}, .id = post.id, .officer = post.officer, .post = post.post,
                                      .capacity = post.capacity, .from = post.from, .until = post.until, .issuer = {},
                                      .order = post.order}));
    return {};
}

bool stays_unmixed(const AccountView &account, const crypto::Rights &rights) {
    std::vector<domain::Post> posts;
    for (const PostView &post : account.posts)
        posts.push_back(post.seat.post);
    for (const auto &proposed : account.proposed_posts)
        if (const auto post = domain::post_numbered(proposed.post))
            posts.push_back(*post);
    return !domain::mixes_apart(posts, detail::certified(rights));
}

} // namespace

std::string shown_proposals(const AccountView &account) {
    base::Writer all;
    if (account.proposed)
        all.raw(detail::digest_of(*account.proposed));
    for (const auto &post : account.proposed_posts)
        all.raw(detail::digest_of(post));
    for (const PostView &post : account.posts)
        if (post.ending)
            all.raw(post.seat.appointment.bytes()).u32(static_cast<std::uint32_t>(post.ending->number));
    return base::hex(crypto::digest(all.take()));
}

RosterResult<> vouch(const Voucher &voucher, const Vouching &by, const RecentlySignedIn &, base::OfficerId officer,
                      std::string_view fingerprint, std::string_view shown) {
    auto looked = look(voucher, by, officer);
    if (!looked)
        return std::unexpected(looked.error());
    auto &[account, act] = *looked;
    const auto *row = act.rows().row(officer);
    if (!row || !account.to_vouch)
        return refuse(Why::not_found);
    if (shown != shown_proposals(account))
        return refuse(Why::stale);
    if (!is_fingerprint(*row, fingerprint))
        return refuse(Why::fingerprint);
    const crypto::Rights rights = account.proposed->rights;
    if (!stays_unmixed(account, rights))
        return refuse(Why::apart);
    const base::Day today = act.rows().today;
    const auto may_stay = [&](const crypto::CertificateFields &held) {
        return held.box == row->box && held.sign == row->sign && rights.covers(held.rights);
    };
    act.revoke(officer, may_stay);
    const auto certified = act.certify({.instance = {}, .serial = {}, .officer = officer,
                                        .display_name = account.proposed->display_name, .box = row->box, .sign = row->sign,
                                        .rights = rights, .not_before = today,
                                        .not_after = {today.number + longest_certificate_days}, .issuer = {}});
    const auto appointed = certified ? sign_proposed_posts(act, account) : certified;
    if (!appointed)
        return refuse(appointed.error());
    const auto roster = act.roster();
    const auto *live = roster.live(officer);
    if (!live || !may_stay(*live)) // a chain that is too long, or keys that are a root's
        return refuse(Why::not_found);
    if (act.others_lapse(officer))
        return refuse(Why::hangs);
    act.acts().vouched = officer;
    if (row->disabled)
        act.note(AuditEvent::account_enabled, crypto::digest(officer.bytes()));
    return act.commit();
}

RosterResult<> sign_posts(const Voucher &voucher, const Vouching &by, const RecentlySignedIn &, base::OfficerId officer,
                           std::string_view shown) {
    auto looked = look(voucher, by, officer);
    if (!looked)
        return std::unexpected(looked.error());
    auto &[account, act] = *looked;
    if (!account.to_sign() || account.state != AccountState::vouched)
        return refuse(Why::not_found);
    if (shown != shown_proposals(account))
        return refuse(Why::stale);
    if (!stays_unmixed(account, account.certificate->rights))
        return refuse(Why::apart);
    if (const auto appointed = sign_proposed_posts(act, account); !appointed)
        return refuse(appointed.error());
    for (const PostView &post : account.posts)
        if (post.ending)
            act.end(post.seat.appointment, *post.ending);
    return act.commit();
}

RosterResult<> revoke_account(const Voucher &voucher, const Vouching &by, const RecentlySignedIn &, base::OfficerId officer) {
    auto looked = look(voucher, by, officer);
    if (!looked)
        return std::unexpected(looked.error());
    auto &[account, act] = *looked;
    const auto *row = act.rows().row(officer);
    if (!row || !account.certificate)
        return refuse(Why::not_found);
    if (const auto missing = detail::missing_without(*act.rows().snapshot, officer))
        return refuse(*missing);
    act.revoke(officer, [](const auto &) { return false; });
    if (act.others_lapse(officer))
        return refuse(Why::hangs);
    if (!row->disabled) {
        act.acts().disable = officer;
        act.note(AuditEvent::account_disabled, crypto::digest(officer.bytes()));
    }
    if (const auto done = act.commit(); !done)
        return std::unexpected(done.error());
    by.context.sessions.end_all(officer);
    return {};
}

RosterResult<std::size_t> take_over(const Voucher &voucher, const Vouching &by, const RecentlySignedIn &,
                                     base::OfficerId leaver) {
    auto looked = look(voucher, by, leaver);
    if (!looked)
        return std::unexpected(looked.error());
    auto &[account, act] = *looked;
    if (!account.certificate || account.hanging.empty())
        return refuse(Why::not_found);
    Act revoked(by, act.rows()); // what would lapse: never committed
    revoked.revoke(leaver, [](const auto &) { return false; });
    const auto after = revoked.roster();
    if (!after.live(act.voucher())) // what hangs on the leaver takes nothing over from them
        return refuse(Why::hangs);
    const base::Day today = act.rows().today;
    for (const auto *held : act.rows().snapshot->roster.all_live()) {
        if (held->officer == leaver || after.live(held->officer))
            continue;
        auto fields = *held;
        fields.not_before = today;
        for (Act *each : {&act, &revoked})
            if (const auto certified = each->certify(fields); !certified)
                return refuse(certified.error());
    }
    const auto stays = revoked.standing();
    for (auto fields : act.rows().standing()) {
        if (fields.officer == leaver || act.rows().is_covered(fields, stays))
            continue;
        if (const auto last = act.rows().ended(fields.id))
            fields.until = std::min(fields.until, *last);
        else
            act.end(fields.id, {std::max(today, fields.from).number - 1});
        fields.id = base::AppointmentId::random();
        fields.from = std::max(today, fields.from);
        if (const auto appointed = act.appoint(std::move(fields)); !appointed)
            return refuse(appointed.error());
    }
    const std::size_t signed_anew = act.acts().certificates.size() + act.acts().appointments.size();
    if (const auto done = act.commit(); !done)
        return std::unexpected(done.error());
    return signed_anew;
}

} // namespace usecases
