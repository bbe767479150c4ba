// Who reads which case is kept in step with who holds which post: whoever should read gets a slot, whoever has left loses
// the case by a new epoch, and no case, open or closed, is ever left with fewer than two readers.
#pragma once

#include "service/usecases/officer/access_plan.h"

namespace usecases {

// Carries out what the plan says of one opened case, in one commit; a removal that must wait is left out. Custodians are
// added only by a viewer who opens the identity key. Returns whether anything was changed. Code::conflict: somebody was
// faster, nothing was changed.
base::Result<bool> carry_out(OfficerContext &context, const OfficerSession &session, const OpenedCase &opened,
                             const AccessPlan &plan);
// Of somebody whom each of the opened cases names as excluded already: all in one commit, and each begins an epoch, whose author may be the
// one who goes. Codes as above.
base::Result<> exclude(OfficerContext &context, const OfficerSession &session, std::span<const OpenedCase> cases,
                       const domain::Conflict &conflict);

struct AccessBudget {
    std::size_t tried = 16;   // cases that are opened: of those that need the same (access_class()) one is enough
    std::size_t changed = 16; // commits
};
struct AccessPass {
    std::size_t changed = 0;
    bool whole = false; // nothing more to do until the roster or the day changes
};
// Goes on through the cases of the officer's list where the last call stopped, once for each state of the roster and each day
// (certificates run out, and filings that were on their way when the roster changed become visible).
base::Result<AccessPass> maintain_access(const domain::Permitted<domain::Action::work_cases> &permitted,
                                         OfficerContext &context, const OfficerSession &session, AccessBudget budget = {});

struct AccessRow { // a case that needs another reader
    QueueRow row;
    std::vector<std::string> readers;  // names of who reads it and may go on
    std::vector<std::string> leaving;  // names of who should no longer, and does until there is another reader
    std::vector<domain::Person> could; // whom it can be granted to
};
// Of the cases that open for the viewer: those with removals that wait and those with fewer than two readers.
base::Result<std::vector<AccessRow>> access_rows(const domain::Permitted<domain::Action::read_cases> &permitted,
                                                 OfficerContext &context, const OfficerSession &session);

// Code::not_found: no such case for the viewer, or somebody who may not read it, whatever the reason. A removal that
// waited for this is carried out in the same commit.
base::Result<> grant_access(const domain::Permitted<domain::Action::work_cases> &permitted, const RecentlySignedIn &recent,
                            OfficerContext &context, const OfficerSession &session, std::string_view case_id,
                            base::OfficerId to);

} // namespace usecases
