// Days as people write them: "5 เมษายน 2566" (พ.ศ., Buddhist era) and "5 April 2023".
#pragma once

#include "crypto/base/clock.h"
#include "web/pages/common/catalogue.h"

namespace pages {

std::string long_date(const Catalogue &catalogue, Language language, base::Day day);
// Day and time of day in Asia/Bangkok: "5 เมษายน 2566 14:05 น.". For officers' acts only.
std::string long_time(const Catalogue &catalogue, Language language, base::Seconds time);

} // namespace pages
