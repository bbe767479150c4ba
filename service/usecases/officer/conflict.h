// Who has an interest in the matter works no case of it: an officer says so of themselves, or of another, in any state of the case. From
// then on the case is not there for them, by a new key and not only by a check.
#pragma once

#include "service/usecases/officer/act.h"

namespace usecases {

struct ConflictView {
    base::CaseId id;
    std::optional<ports::RegisterNumber> number;
    std::string secrecy;
    // Of whom the viewer can say it: they handle cases or keep identities, and are not excluded; a fact-finder only of themselves.
    std::vector<domain::Person> others;
};
base::Result<ConflictView> conflict_view(const domain::Permitted<domain::Action::work_cases> &permitted, OfficerContext &context,
                                         const OfficerSession &session, std::string_view case_id);

struct ConflictForm { // as typed
    std::string who;     // "me", or an officer's id
    std::string reason;  // needed of another
    bool understood = false;
};
// Of this case and, in the same commit, of those that are the same matter (see OpenedCase::leading) as far as the officer opens them.
// Whether it was the officer's own. Why::nobody_next: fewer than two would be left who can read it, or nobody who could decide.
// Field names of faults: conflict_who, conflict_reason, understood_conflict.
std::expected<bool, ActRefused> declare_conflict(const domain::Permitted<domain::Action::work_cases> &permitted,
                                                 const RecentlySignedIn &recent, OfficerContext &context,
                                                 const OfficerSession &session, std::string_view case_id, const ConflictForm &form);

} // namespace usecases
