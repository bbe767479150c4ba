// What the settings file says of the agency; in force until it is first changed on the officers' page.
#pragma once

#include "service/domain/agency_profile.h"
#include "service/runtime/settings.h"

namespace runtime {

// One sentence for the operator when the pages could not show it.
std::expected<domain::AgencyProfile, std::string> profile_of(const Settings &settings);

} // namespace runtime
