// A move as it is committed: signed and sealed, with what the reporter is told, grants for whose turn it is next, and the entries of
// the log.
#pragma once

#include "service/usecases/officer/act.h"
#include "service/usecases/officer/opened_case.h"

namespace usecases {

// Of what was checked before. `after`: where it leads; `next`: who acts there. Code::not_found when the author holds no post for it,
// Code::unavailable while the day changes.
base::Result<ports::Move> built_move(const OfficerContext &context, const OfficerSession &session, base::OfficerId author,
                                     const OpenedCase &opened, const domain::Transition &transition, const domain::MoveValues &values,
                                     const MoveForm &form, const domain::Course &after, std::span<const base::OfficerId> next);

} // namespace usecases
