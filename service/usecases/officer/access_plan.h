// Who should read a case and who does: what is to be done about the difference. Decides; seals nothing.
#pragma once

#include "service/usecases/officer/opened_case.h"

namespace usecases {

struct AccessPlan {
    std::vector<base::OfficerId> grant;      // should read it, and no key of theirs does
    std::vector<base::OfficerId> pass;       // would, but are excluded: a decoy, so that rows do not show who is
    std::vector<base::OfficerId> leave;      // read it with keys that are no longer live, or are disabled
    std::vector<base::OfficerId> stay;       // who reads it afterwards, `grant` included
    std::size_t able = 0;                    // of these, who have a post that reads cases today
    std::vector<base::OfficerId> custody;    // new custodians
    std::vector<base::OfficerId> custody_ends; // custodians no longer; only while another stays
    bool may_remove() const { return !leave.empty() && able >= 2; }
    bool removal_pending() const { return !leave.empty() && able < 2; }
    bool too_few() const { return able < 2; }
    bool nothing() const {
        return grant.empty() && pass.empty() && !may_remove() && custody.empty() && custody_ends.empty();
    }
};

// `also`: whom somebody chose to read it beside those who should by their posts.
AccessPlan plan_access(const OpenedCase &opened, std::span<const base::OfficerId> also = {});

// Cases of one class need the same done: it is all of a case that the plan looks at, and none of the agency.
std::uint64_t access_class(const OpenedCase &opened);

// Has a post that reads cases, and the certificate for it, today.
bool able_to_read(const AgencySnapshot &agency, base::OfficerId officer);
// Of the line, able, not excluded, and not yet a reader: in its order. A fact-finder comes by an order only.
std::vector<domain::Person> could_read(const OpenedCase &opened);

} // namespace usecases
