// How an officer's own request to see the reporter's identity in a case stands: it is shown to that officer and to nobody else.
#pragma once

#include "service/usecases/officer/session.h"

namespace usecases {

struct IdentityStanding {
    enum class Step {
        none,
        asked,      // waits for a custodian
        refused,
        granted,    // the copy waits to be shown once
        shown,
        lapsed,     // granted, and not shown in time: deleted
        unreadable, // decided, by a letter that does not open (keys were changed since, or it was tampered with)
    };
    Step step = Step::none;
    base::Day asked, decided, shown; // as far as the step has come
    base::Day until;                 // granted: the last day on which the copy is there for sure
    // Of a decision that opens.
    std::string by;                  // the custodian's name
    std::string reason;
    base::Seconds time = 0;
};

base::Result<IdentityStanding> identity_standing(OfficerContext &context, const OfficerSession &session,
                                                 const AgencySnapshot &agency, base::CaseId id);

} // namespace usecases
