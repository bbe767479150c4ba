// What entering by hand and taking in a register have in common.
#pragma once

#include "service/usecases/officer/entry.h"
#include "service/usecases/reporter/context.h"

namespace usecases {

// By the transition table, nobody being left out.
bool may_enter(const AgencySnapshot &agency, base::OfficerId officer);

// Filed and moved, ready to be committed; `receipt`: of who may follow it.
base::Result<ports::NewEntry> sealed_entry(OfficerContext &context, const OfficerSession &session, const crypto::ReceiptKeys &receipt,
                                           const domain::CheckedEntry &checked, std::shared_ptr<const AgencySnapshot> agency);

} // namespace usecases
