#include "service/domain/typed_day.h"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
const base::Day day = base::Day::from(2026y / 3 / 2);

TEST(TypedDay, IsTakenInBothErasAndAllSpellings) {
    for (const char *text : {"2/3/2569", "02/03/2569", " 2/3/2026 ", "2.3.2569", "2-3-2569", "2026-03-02",
                             "2569-3-2", "๒/๓/๒๕๖๙", "2 มีนาคม 2569", "๒ มีนาคม ๒๕๖๙", "2  March  2026"})
        EXPECT_EQ(domain::typed_day(text), day) << text;
    EXPECT_EQ(domain::day_to_type(day), "2/3/2569");
}

TEST(TypedDay, IsRefusedWhereNoCalendarHasIt) {
    for (const char *text : {"", "2", "2/3", "2/3/", "/3/2569", "2/3/2569/1", "30/2/2569", "29/2/2569", "0/1/2569", "1/13/2569",
                             "2/3/69", "2/3-2569", "a/3/2569", "2//2569", "2/3/25690", "2 /3/2569", "\xe0\xb9",
                             "มีนาคม", "2 มีนาคม", "2 มีนาคม 2569 2569", "31 มิถุนายน 2569", "2 มี.ค. 2569",
                             "2 3 2569"})
        EXPECT_EQ(domain::typed_day(text), std::nullopt) << text;
    EXPECT_TRUE(domain::typed_day("29/2/2571")) << "2028 is a leap year";
}

} // namespace
