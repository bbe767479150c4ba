// What a voucher signs: certificates after comparing a fingerprint with their owner, appointments, their ends, revocations, and
// all that hangs on a colleague who leaves. One act is one transaction.
#pragma once

#include "service/usecases/officer/accounts.h"

namespace usecases {

using Voucher = domain::Permitted<domain::Action::vouch>;

inline constexpr int longest_certificate_days = 5 * 365;

// What was shown of a person's proposals: a form signs nothing that its page did not show.
std::string shown_proposals(const AccountView &account);

struct Vouching {
    OfficerContext &context;
    const OfficerSession &session; // of the voucher
};

// Signs the proposed certificate and posts for the keys whose fingerprint their owner read out. Certificates for other keys, or
// with rights that are no longer proposed, are revoked; whoever was disabled may sign in again.
RosterResult<> vouch(const Voucher &voucher, const Vouching &by, const RecentlySignedIn &, base::OfficerId officer,
                      std::string_view fingerprint, std::string_view shown);
// Posts and ends of posts of somebody who is vouched for.
RosterResult<> sign_posts(const Voucher &voucher, const Vouching &by, const RecentlySignedIn &, base::OfficerId officer,
                           std::string_view shown);
// Revokes whatever certificate is live, and ends sign-in with it.
RosterResult<> revoke_account(const Voucher &voucher, const Vouching &by, const RecentlySignedIn &, base::OfficerId officer);
// Signs anew every certificate and appointment that would lapse with this officer's certificate; the old appointments end.
RosterResult<std::size_t> take_over(const Voucher &voucher, const Vouching &by, const RecentlySignedIn &,
                                     base::OfficerId leaver);

} // namespace usecases
