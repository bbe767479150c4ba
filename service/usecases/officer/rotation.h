// New keys for oneself, and the job that seals every own slot anew.
#pragma once

#include "service/usecases/officer/account.h"

namespace usecases {

struct Rotated {
    std::string cookie;        // of the session that goes on with the new keys
    std::string recovery_code; // to be shown once: the old one opens nothing any more
};
// Ends all other sessions. The slots are sealed anew right away; what is left of it by a crash goes on at the next sign-in.
// Password lane only.
AccountResult<Rotated> rotate_keys(OfficerContext &context, const OfficerSession &session, const RecentlySignedIn &,
                                   std::string_view passphrase);

// Why there are no new keys for this officer, if so: AccountRefused::not_now.
AccountResult<void> may_rotate(OfficerContext &context, const OfficerSession &session);

inline constexpr std::size_t reseal_chunk = 200; // slots in one transaction

// Goes on with what is left: every slot that only the former keys open is sealed anew, in chunks. The former keys go when, on a
// later day than the new ones began, nothing was left to do: a complaint that was being sealed when they began is found.
// How many slots were sealed anew.
base::Result<std::size_t> continue_rotation(OfficerContext &context, const crypto::OfficerKeys &now);

} // namespace usecases
