#include "service/domain/deadlines.h"

#include <algorithm>

namespace domain {

Deadlines::Deadlines(std::span<const ProfileVersion> versions)
    : manuals_(versions), calendar_(versions.back().profile.holidays), warn_before_(std::stoi(versions.back().profile.warn_before)) {}

std::optional<base::Day> Deadlines::due(const Course &course, base::Day received) const {
    auto out = step_due(course, received);
    if (course.outside_due && !is_finished(course.state))
        out = std::min(out.value_or(*course.outside_due), *course.outside_due);
    return out;
}

std::optional<base::Day> Deadlines::step_due(const Course &course, base::Day received) const {
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

Deadlines::Standing Deadlines::standing(base::Day since, base::Day due, base::Day today) const {
    if (due < today)
        return Standing::overdue;
    if (due == today)
        return Standing::today;
    const auto left = due.number - today.number;
    return left <= std::min(warn_before_, (due.number - since.number) / 2) ? Standing::soon : Standing::in_time;
}

} // namespace domain
