// Accounts and posts as an admin sees and proposes them. A proposal gives nobody anything: a voucher's signature does.
#pragma once

#include "service/domain/account_form.h"
#include "service/usecases/officer/session.h"

namespace usecases {

enum class AccountState { invited, invitation_over, keys_made, vouched, lapsed, disabled };

struct PostView {
    domain::Seat seat;
    bool coming = false;                    // its first day is still to come
    std::optional<base::Day> ending{};      // proposed: its last day
    base::OfficerId ending_by{};            // who proposed that
};

struct AccountView {
    base::OfficerId officer;
    std::string login, name;
    AccountState state = AccountState::invited;
    bool root = false;                      // keys stand in the credential file: no reset
    std::optional<crypto::CertificateFields> certificate{}; // live
    std::string vouched_by;
    std::vector<PostView> posts;            // signed, of today and to come
    std::optional<ports::ProposedAccount> proposed{};
    std::vector<ports::ProposedPost> proposed_posts;
    std::string proposed_by;                // name
    bool to_vouch = false;                  // keys were made, somebody must compare the fingerprint
    bool to_revoke = false;                 // disabled or reset, and the certificate still stands
    std::vector<std::string> hanging;       // whose certificate or post lapses with this one's
    // Something here waits for a voucher's signature.
    bool to_sign() const;
};

struct AccountsView {
    std::uint64_t roster_version = 0;
    std::vector<AccountView> accounts;      // by name
    std::size_t waiting = 0;                // accounts at which something waits to be signed
    const AccountView *find(base::OfficerId officer) const;
};

// Admins and vouchers see the list; it says nothing of any case.
bool sees_accounts(const domain::Actor &actor);
base::Result<AccountsView> accounts(OfficerContext &context, const domain::Actor &actor); // Code::not_found for anybody else

struct RosterRefused {
    enum class Why {
        faults,
        not_found,
        apart,        // admin or auditor and reading in one person
        root,         // keys in the credential file cannot be made anew
        last_voucher, // fewer than two would be left who can vouch
        last_reader,  // a new complaint would find fewer than two readers
        hangs,        // what others hold hangs on this certificate: take it over first
        own,          // nobody signs what they proposed, or for themselves
        fingerprint,  // not that of the keys in the row
        stale,        // somebody was faster
        busy,
    };
    Why why;
    std::vector<domain::Fault> faults{};
};
template <class T = void>
using RosterResult = std::expected<T, RosterRefused>;

using Admin = domain::Permitted<domain::Action::manage_accounts>;

inline constexpr int invitation_days = 7;
struct Invitation { // shown once; the store keeps a hash
    std::string code;
    base::Day until; // inclusive
    base::OfficerId officer;
};

RosterResult<Invitation> open_account(const Admin &admin, OfficerContext &context, const RecentlySignedIn &,
                                       const domain::AccountForm &form);
// A new certificate for the keys that stand (other rights, renewed days, or enabling): a voucher signs it.
RosterResult<> propose_certificate(const Admin &admin, OfficerContext &context, const RecentlySignedIn &,
                                    base::OfficerId officer, const domain::Certified &rights);
RosterResult<> propose_post(const Admin &admin, OfficerContext &context, const RecentlySignedIn &, base::OfficerId officer,
                             const domain::PostForm &form);
RosterResult<> propose_ending(const Admin &admin, OfficerContext &context, const RecentlySignedIn &,
                               base::OfficerId officer, base::AppointmentId appointment, std::string_view last_day);
// Back to what was before: an account that waits, or (with an id) a post or an ending.
RosterResult<> withdraw(const Admin &admin, OfficerContext &context, base::OfficerId officer,
                         std::optional<base::AppointmentId> post);
// Ends sign-in and sessions at once; the certificate falls with a voucher's signature.
RosterResult<> disable_account(const Admin &admin, OfficerContext &context, const RecentlySignedIn &,
                                base::OfficerId officer);
// Fresh keys for the same person, who must redeem the invitation and be vouched for again. Until then they cannot sign in.
// Also a new invitation for somebody who has not joined yet.
RosterResult<Invitation> reset_account(const Admin &admin, OfficerContext &context, const RecentlySignedIn &,
                                        base::OfficerId officer);

} // namespace usecases
