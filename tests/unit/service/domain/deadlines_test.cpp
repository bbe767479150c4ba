// When a step has to be done.
#include "service/domain/deadlines.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace {

using namespace domain;

base::Day november(int day) { return base::Day::from(std::chrono::year{2026} / 11 / day); }

ProfileVersion with(std::uint64_t version, std::string from, int days) {
    ProfileVersion out{version, {}};
    out.profile.manual_from = std::move(from);
    for (StepLimit &limit : out.profile.limits)
        limit.number = days;
    return out;
}

Course in(State state, base::Day since) {
    Course out;
    out.state = state;
    out.since = since;
    return out;
}

TEST(Deadlines, GoByTheShippedLimits) {
    const std::vector<ProfileVersion> versions(1);
    const Deadlines deadlines(versions);
    EXPECT_EQ(deadlines.due(in(State::submitted, november(16)), november(16)), november(17));
    EXPECT_EQ(deadlines.due(in(State::screening, november(19)), november(16)), november(23)); // two working days
    EXPECT_EQ(deadlines.due(in(State::closed, november(19)), november(16)), std::nullopt);
    EXPECT_EQ(deadlines.due(in(State::set_aside, november(19)), november(16)), std::nullopt);
}

TEST(Deadlines, WhatAnotherAgencyAskedForCountsBesideTheLimitUntilTheEnd) {
    const std::vector<ProfileVersion> versions(1);
    const Deadlines deadlines(versions);
    Course course = in(State::screening, november(19));
    course.outside_due = november(20);
    EXPECT_EQ(deadlines.due(course, november(16)), november(20)) << "earlier than the limit";
    course.outside_due = november(30);
    EXPECT_EQ(deadlines.due(course, november(16)), november(23)) << "later";
    course.state = State::action; // has no limit
    EXPECT_EQ(deadlines.due(course, november(16)), november(30));
    course.state = State::closed;
    EXPECT_EQ(deadlines.due(course, november(16)), std::nullopt);
}

TEST(Deadlines, GoByTheDayThatAnOrderSet) {
    const std::vector<ProfileVersion> versions(1);
    Course course = in(State::fact_finding, november(2));
    EXPECT_EQ(Deadlines(versions).due(course, november(1)), base::Day{november(2).number + 30});
    course.due = november(12);
    EXPECT_EQ(Deadlines(versions).due(course, november(1)), november(12));
    course.state = State::pending_decision; // seven days
    course.since = november(9);
    EXPECT_EQ(Deadlines(versions).due(course, november(1)), november(16));
}

TEST(Deadlines, OfAnOpenCaseStayThoseOfTheManualThatWasInForceWhenItCame) {
    const std::vector<ProfileVersion> versions{with(0, "", 1), with(1, "18/11/2569", 5), with(2, "1/12/2569", 9)};
    const Deadlines deadlines(versions);
    const auto days = [&](int received) { return deadlines.limits(november(received)).front().number; };
    EXPECT_EQ(days(17), 1);
    EXPECT_EQ(days(18), 5);
    EXPECT_EQ(days(30), 5);
    EXPECT_EQ(deadlines.limits(base::Day{november(30).number + 1}).front().number, 9);
    EXPECT_EQ(deadlines.due(in(State::submitted, november(19)), november(17)), november(20)) << "it came before the new limits";
    EXPECT_EQ(deadlines.due(in(State::submitted, november(19)), november(18)), november(26));
}

TEST(Deadlines, OfTwoVersionsFromOneDayTheLaterCounts) {
    const std::vector<ProfileVersion> versions{with(0, "", 1), with(1, "18/11/2569", 5), with(2, "18/11/2569", 7)};
    EXPECT_EQ(Deadlines(versions).limits(november(18)).front().number, 7);
}

TEST(Deadlines, AreMovedByTheNewestCalendar) {
    std::vector<ProfileVersion> versions(2);
    versions[1].version = 1;
    versions[1].profile.holidays = "17/11/2569 วันหยุดพิเศษ";
    EXPECT_EQ(Deadlines(versions).due(in(State::submitted, november(16)), november(16)), november(18));
}

TEST(Deadlines, SayHowNearTheyAre) {
    const std::vector<ProfileVersion> versions(1); // warned three days before
    const Deadlines deadlines(versions);
    using Standing = Deadlines::Standing;
    EXPECT_EQ(deadlines.standing(november(2), november(20), november(16)), Standing::in_time);
    EXPECT_EQ(deadlines.standing(november(2), november(20), november(17)), Standing::soon);
    EXPECT_EQ(deadlines.standing(november(2), november(20), november(20)), Standing::today);
    EXPECT_EQ(deadlines.standing(november(2), november(20), november(21)), Standing::overdue);
}

TEST(Deadlines, AStepThatHasJustBegunIsNotNearItsEnd) {
    const std::vector<ProfileVersion> versions(1); // warned three days before
    const Deadlines deadlines(versions);
    using Standing = Deadlines::Standing;
    EXPECT_EQ(deadlines.standing(november(16), november(17), november(16)), Standing::in_time);
    EXPECT_EQ(deadlines.standing(november(16), november(17), november(17)), Standing::today);
    EXPECT_EQ(deadlines.standing(november(16), november(18), november(16)), Standing::in_time);
    EXPECT_EQ(deadlines.standing(november(16), november(18), november(17)), Standing::soon);
    EXPECT_EQ(deadlines.standing(november(14), november(20), november(16)), Standing::in_time);
    EXPECT_EQ(deadlines.standing(november(14), november(20), november(17)), Standing::soon);
}

} // namespace
