// What stands on the channel page; the officers' preview shows the same.
#pragma once

#include "service/domain/workflow.h"
#include "web/pages/common/site.h"

namespace pages {

// Fills templates/home.html from the profile, which may be one that is not in force. `live`: links and buttons lead somewhere.
void show_channel(View &view, const Site &site, const AgencyProfile &profile, const Frame &frame, bool live);

std::string step_name(const Site &site, const Frame &frame, const domain::Transition &step);
std::string step_limit(const Site &site, const Frame &frame, const AgencyProfile &profile, const domain::Transition &step);
void show_limits_from(View &view, const Site &site, const Frame &frame, const AgencyProfile &profile); // from which day on they apply

} // namespace pages
