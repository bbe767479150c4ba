// The calendar by which agencies count: fiscal year N (พ.ศ.) runs from 1 October N−1 to 30 September N.
#pragma once

#include "crypto/base/clock.h"

namespace domain {

inline constexpr int buddhist_era = 543; // พ.ศ. = CE + 543

inline int buddhist_year(base::Day day) { return static_cast<int>(day.date().year()) + buddhist_era; }

inline int fiscal_year(base::Day day) {
    return buddhist_year(day) + (day.date().month() >= std::chrono::October ? 1 : 0);
}

} // namespace domain
