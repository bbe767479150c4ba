// Working days, and where a limit ends.
#include "service/domain/work_calendar.h"

#include "service/domain/fiscal_year.h"
#include "service/domain/typed_day.h"

#include <gtest/gtest.h>

#include <map>

namespace {

using namespace domain;
using namespace std::chrono;

base::Day day(int year, unsigned month, unsigned of_month) {
    return base::Day::from(std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(of_month));
}

const WorkCalendar &shipped() {
    static const WorkCalendar calendar(shipped_holidays());
    return calendar;
}

TEST(WorkCalendar, RestsOnWeekendsAndHolidays) {
    EXPECT_TRUE(shipped().works(day(2026, 11, 20)));  // a Friday
    EXPECT_FALSE(shipped().works(day(2026, 11, 21))); // Saturday
    EXPECT_FALSE(shipped().works(day(2026, 11, 22))); // Sunday
    EXPECT_FALSE(shipped().works(day(2026, 12, 10))); // Constitution Day, a Thursday
    EXPECT_TRUE(shipped().works(day(2026, 12, 11)));
    EXPECT_TRUE(shipped().works(day(2026, 5, 1))); // Labour Day is no holiday of the offices
}

// Substitutes stand where the day itself falls on a weekend; no shipped day does, and none is missing for two whole fiscal years.
TEST(WorkCalendar, ShipsTwoWholeFiscalYears) {
    std::map<int, int> days;
    for (base::Day at = day(2025, 10, 1); at < day(2027, 10, 1); at = base::Day{at.number + 1}) {
        const weekday of_week{sys_days{std::chrono::days{at.number}}};
        if (of_week != Saturday && of_week != Sunday && !shipped().works(at))
            ++days[fiscal_year(at)];
    }
    EXPECT_EQ(days, (std::map<int, int>{{2569, 20}, {2570, 18}})); // the Royal Ploughing day of 2570 is not announced yet
    const WorkCalendar none("");
    std::string list = shipped_holidays();
    for (std::size_t at = 0; at < list.size();) {
        const auto end = std::min(list.find('\n', at), list.size());
        const std::string line = list.substr(at, end - at);
        EXPECT_TRUE(none.works(*typed_day(line.substr(0, line.find(' '))))) << line;
        at = end + 1;
    }
}

TEST(WorkCalendar, DoesNotCountTheFirstDay) {
    EXPECT_EQ(shipped().last_day(day(2026, 11, 16), 1, Unit::working_days), day(2026, 11, 17)); // Monday, Tuesday
    EXPECT_EQ(shipped().last_day(day(2026, 11, 16), 1, Unit::calendar_days), day(2026, 11, 17));
}

TEST(WorkCalendar, CountsWorkingDaysOnly) {
    EXPECT_EQ(shipped().last_day(day(2026, 11, 20), 1, Unit::working_days), day(2026, 11, 23)); // over a weekend
    EXPECT_EQ(shipped().last_day(day(2026, 12, 4), 3, Unit::working_days), day(2026, 12, 11));  // 7 and 10 December are holidays
    EXPECT_EQ(shipped().last_day(day(2026, 4, 10), 1, Unit::working_days), day(2026, 4, 16));   // Songkran
    EXPECT_EQ(shipped().last_day(day(2026, 11, 21), 1, Unit::working_days), day(2026, 11, 23)); // from a Saturday
}

TEST(WorkCalendar, ALimitThatEndsOnADayWithoutWorkEndsOnTheNextWithSome) {
    EXPECT_EQ(shipped().last_day(day(2026, 11, 15), 15, Unit::calendar_days), day(2026, 11, 30)); // a Monday
    EXPECT_EQ(shipped().last_day(day(2026, 11, 13), 15, Unit::calendar_days), day(2026, 11, 30)); // 28 is a Saturday
    EXPECT_EQ(shipped().last_day(day(2026, 11, 20), 15, Unit::calendar_days), day(2026, 12, 8));  // 5 Saturday, 7 a holiday
    EXPECT_EQ(shipped().last_day(day(2026, 11, 21), 0, Unit::at_once), day(2026, 11, 21));
}

TEST(WorkCalendar, ReadsAListHoweverItsDaysAreTyped) {
    const auto list = check_holidays("  31 ธันวาคม 2569   วันสิ้นปี\n\n2026-12-10\n10/12/2569 วันรัฐธรรมนูญ\n๑/๑/๒๕๗๐ ปีใหม่", "holidays");
    ASSERT_TRUE(list);
    EXPECT_EQ(*list, "10/12/2569 วันรัฐธรรมนูญ\n31/12/2569 วันสิ้นปี\n1/1/2570 ปีใหม่"); // in order, each day once, the last name typed
    EXPECT_EQ(*check_holidays(*list, "holidays"), *list);
    EXPECT_EQ(*check_holidays(shipped_holidays(), "holidays"), shipped_holidays());
    EXPECT_EQ(*check_holidays("", "holidays"), "");
    const WorkCalendar calendar(*list);
    EXPECT_FALSE(calendar.works(day(2026, 12, 31)));
    EXPECT_TRUE(calendar.works(day(2026, 10, 13)));
}

TEST(WorkCalendar, NamesTheLineThatHasNoDay) {
    for (const char *line : {"วันหยุด", "32/1/2570 x", "31 กุมภา 2569", "13/10 x", "1/1/2570 ปีใหม่ 2/1/2570 หยุดพิเศษ"}) {
        const auto list = check_holidays(std::string("1/1/2570 ปีใหม่\n") + line, "holidays");
        ASSERT_FALSE(list) << line;
        EXPECT_EQ(list.error().field, "holidays");
        EXPECT_EQ(list.error().key, "fault.settings.holiday");
        EXPECT_EQ(list.error().measured, line);
    }
}

} // namespace
