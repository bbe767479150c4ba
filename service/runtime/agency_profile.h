// What the settings file says of the agency, in force until it is first changed on the officers' page; and its emblem,
// off the disk.
#pragma once

#include "service/domain/agency_profile.h"
#include "service/ports/files.h"
#include "service/runtime/settings.h"
#include "web/pages/common/site.h"

namespace runtime {

// One sentence for the operator when the pages could not show it.
std::expected<domain::AgencyProfile, std::string> profile_of(const Settings &settings);

// Of the reporter face on the internet; empty: it has none.
std::string channel_address(const Settings &settings);

// For the sites of both faces. The log says so where one is lost or altered. `shelf` outlives it.
pages::EmblemOf emblem_of(ports::FileShelf &shelf);

} // namespace runtime
