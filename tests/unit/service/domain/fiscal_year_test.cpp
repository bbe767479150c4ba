#include "service/domain/fiscal_year.h"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono;
using base::Day;

TEST(FiscalYear, TurnsOnTheFirstOfOctober) {
    EXPECT_EQ(domain::fiscal_year(Day::from(2025y / September / 30)), 2568);
    EXPECT_EQ(domain::fiscal_year(Day::from(2025y / October / 1)), 2569);
    EXPECT_EQ(domain::fiscal_year(Day::from(2025y / December / 31)), 2569);
    EXPECT_EQ(domain::fiscal_year(Day::from(2026y / January / 1)), 2569);
    EXPECT_EQ(domain::fiscal_year(Day::from(2026y / September / 30)), 2569);
}

TEST(FiscalYear, TheCalendarYearTurnsOnNewYearsDay) {
    EXPECT_EQ(domain::buddhist_year(Day::from(2025y / December / 31)), 2568);
    EXPECT_EQ(domain::buddhist_year(Day::from(2026y / January / 1)), 2569);
}

TEST(FiscalYear, TurnsAtMidnightInBangkokNotInLondon) {
    constexpr base::Seconds midnight = 1'759'251'600; // 2025-10-01 00:00 in Bangkok, 17:00 the day before in UTC
    EXPECT_EQ(base::day_of(midnight), Day::from(2025y / October / 1));
    EXPECT_EQ(domain::fiscal_year(base::day_of(midnight - 1)), 2568);
    EXPECT_EQ(domain::fiscal_year(base::day_of(midnight)), 2569);
}

} // namespace
