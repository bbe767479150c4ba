// Days as officers type them.
#pragma once

#include "crypto/base/clock.h"

#include <optional>
#include <string>
#include <string_view>

namespace domain {

// D/M/YYYY (also with '.' or '-' between), YYYY-MM-DD, or as the program prints it ("31 ธันวาคม 2571",
// "31 December 2028"), Thai digits too; a year from 2400 on is พ.ศ. Nothing for what no calendar has.
std::optional<base::Day> typed_day(std::string_view typed);
std::string day_to_type(base::Day day); // D/M/YYYY in พ.ศ.: as forms are filled in

} // namespace domain
