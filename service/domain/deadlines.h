// When a step of a case has to be done: by the version of the manual that was in force when the complaint came, and by today's calendar.
// Nothing happens by itself on that day: it is shown as overdue.
#pragma once

#include "service/domain/manual_versions.h"
#include "service/domain/work_calendar.h"

namespace domain {

class Deadlines {
public:
    // Every version that was in force, oldest first; at least one. Calendar and warning are the newest's.
    explicit Deadlines(std::span<const ProfileVersion> versions);

    const ManualVersions &manuals() const { return manuals_; }
    // The limits for what was received on a day: those of the manual that was in force on it.
    const std::vector<StepLimit> &limits(base::Day received) const { return manuals_.on(received).profile.limits; }
    // The last day of the step that a case waits for in this state: what a form set, else by the limit; nothing where it has none.
    // What another agency asked for counts beside it: the earlier of the two.
    std::optional<base::Day> due(const Course &course, base::Day received) const;

    // soon: so many days before it as the agency says, but never in the first half of the step, where a short one would begin with it.
    enum class Standing { in_time, soon, today, overdue };
    Standing standing(base::Day since, base::Day due, base::Day today) const;

private:
    std::optional<base::Day> step_due(const Course &course, base::Day received) const;
    ManualVersions manuals_;
    WorkCalendar calendar_;
    int warn_before_;
};

} // namespace domain
