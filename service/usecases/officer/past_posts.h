// In which posts somebody acted on a day, by what the agency signed of appointments: what a sealed object says of it is compared with that.
#pragma once

#include "service/usecases/reporter/context.h"

namespace usecases {

// Appointed by somebody who may appoint, to these posts, on that day; false of none.
bool held(const AgencySnapshot &agency, std::span<const domain::ActedAs> as, base::OfficerId author, base::Day day);
// An answer says only the post: its reporter opens it. In which appointment to that post its author wrote is what the agency
// signed; nothing: in none.
std::vector<domain::ActedAs> appointed_to(const AgencySnapshot &agency, base::OfficerId author, domain::Post post, base::Day day);

} // namespace usecases
