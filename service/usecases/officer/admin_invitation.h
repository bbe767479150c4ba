// An admin whom no admin can propose: the first one of an agency, or the next when none is left. Whoever runs the machine
// proposes; like every proposal it gives nobody anything before an officer who may vouch has signed it.
#pragma once

#include "service/usecases/officer/accounts.h"

namespace usecases {

struct AtTheMachine {
    ports::OfficerReads &reads;
    ports::OfficerWrites &writes;
    const crypto::InstanceKeys &keys;
    const base::Clock &clock;
};
struct AdminToBe {
    std::string login, name, order;
};
inline constexpr int admin_post_days = 5 * 365;

// For an admin to be who has not joined: another code, and the one before is void. Why: faults, stale, busy.
RosterResult<Invitation> invite_admin(const AtTheMachine &at, const AdminToBe &wanted);

} // namespace usecases
