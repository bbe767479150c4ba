#include "service/domain/deadlines.h"

#include "service/domain/typed_day.h"

#include <algorithm>
#include <limits>
#include <ranges>

namespace domain {
namespace {

constexpr base::Day always{std::numeric_limits<std::int32_t>::min()};

} // namespace

Deadlines::Deadlines(std::span<const ProfileVersion> versions)
    : calendar_(versions.back().profile.holidays), warn_before_(std::stoi(versions.back().profile.warn_before)) {
    for (const ProfileVersion &version : versions)
        versions_.push_back({typed_day(version.profile.manual_from).value_or(always), version.profile.limits});
}

const std::vector<StepLimit> &Deadlines::limits(base::Day received) const {
    for (const Version &version : std::views::reverse(versions_))
        if (version.from <= received)
            return version.limits;
    return versions_.front().limits;
}

std::optional<base::Day> Deadlines::due(const Course &course, base::Day received) const {
    if (course.due && (course.state == State::awaiting_information || course.state == State::fact_finding))
        return course.due;
    const auto &known = limits(received);
    std::optional<base::Day> out; // of what may be done next, what has most time
    for (const Transition *step : course.possible()) {
        const auto limit = std::ranges::find(known, step->event, &StepLimit::event);
        if (!step->optional && limit != known.end())
            out = std::max(out, std::optional(calendar_.last_day(course.since, limit->number, limit->unit)));
    }
    return out;
}

Deadlines::Standing Deadlines::standing(base::Day due, base::Day today) const {
    if (due < today)
        return Standing::overdue;
    if (due == today)
        return Standing::today;
    return due.number - today.number <= warn_before_ ? Standing::soon : Standing::in_time;
}

} // namespace domain
