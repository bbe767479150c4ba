// What a move's form must say beyond its own fields: of the day, of the people of the agency and of other cases.
#pragma once

#include "service/usecases/officer/opened_case.h"

namespace usecases {

// Whom a move of this officer may name to find the facts.
std::vector<domain::Person> nameable(const OpenedCase &opened, base::OfficerId names);

// Faults of dates, officers and register numbers that have their form already: fault.date.future, fault.date.past,
// fault.date.not_later, fault.choice.unknown, fault.case.unknown, and those of a paper order.
base::Result<std::vector<domain::Fault>> check_against_case(OfficerContext &context, const OfficerSession &session,
                                                            const OpenedCase &opened, const domain::Transition &transition,
                                                            const domain::MoveValues &values);

} // namespace usecases
