// Time as the system may know it. A day is all that is ever stored of a reporter; seconds exist for officers' acts,
// sessions and tokens. Passed in as a port, so that tests own it.
#pragma once

#include <chrono>
#include <cstdint>

namespace base {

// Days since 1970-01-01 in Asia/Bangkok, which has been UTC+7 without summer time since 1920.
struct Day {
    std::int32_t number = 0;
    auto operator<=>(const Day &) const = default;
    std::chrono::year_month_day date() const { return std::chrono::sys_days{std::chrono::days{number}}; }
    static Day from(std::chrono::year_month_day date) {
        return Day{static_cast<std::int32_t>(std::chrono::sys_days{date}.time_since_epoch().count())};
    }
};

using Seconds = std::int64_t; // since 1970-01-01T00:00:00Z

inline Day day_of(Seconds time) {
    constexpr Seconds bangkok = 7 * 3600, day = 86400;
    const Seconds local = time + bangkok;
    return Day{static_cast<std::int32_t>(local >= 0 ? local / day : (local - day + 1) / day)};
}

class Clock {
public:
    virtual ~Clock() = default;
    virtual Seconds now() const = 0;
    Day today() const { return day_of(now()); }
};

class SystemClock final : public Clock {
public:
    Seconds now() const override {
        return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    }
};

} // namespace base
