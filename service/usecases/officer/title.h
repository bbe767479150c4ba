// Naming a case: in a few words, for those who read it. A new name is a new entry; nothing is changed in place.
#pragma once

#include "service/usecases/officer/act.h"

namespace usecases {

// `titles`: how many the case had when the form was shown; stale when somebody else has named it meanwhile. The name that it has: nothing is
// written.
std::expected<void, ActRefused> name_case(const domain::Permitted<domain::Action::work_cases> &permitted, OfficerContext &context,
                                          const OfficerSession &session, std::string_view case_id, std::uint32_t titles,
                                          std::string_view typed);

} // namespace usecases
