// Where a picture is cut, and what an arrow's head is.
#include "web/print/picture.h"

#include <gtest/gtest.h>

namespace {

print::Picture picture_with(std::vector<double> breaks, double height) {
    print::Picture out;
    out.height = height;
    out.breaks = std::move(breaks);
    return out;
}

TEST(Picture, IsCutAtTheLastBreakThatFits) {
    EXPECT_EQ(print::cuts(picture_with({40, 90, 130, 190}, 230), 100), (std::vector<double>{0, 90, 190, 230}));
}

TEST(Picture, IsOnePartWhenItFits) {
    EXPECT_EQ(print::cuts(picture_with({40}, 100), 100), (std::vector<double>{0, 100}));
}

TEST(Picture, KeepsWholeWhatNoBreakParts) {
    EXPECT_EQ(print::cuts(picture_with({40, 300}, 320), 100), (std::vector<double>{0, 40, 300, 320}));
    EXPECT_EQ(print::cuts(picture_with({}, 300), 100), (std::vector<double>{0, 300}));
}

TEST(Picture, HasHeadsBehindTheTipsOfItsArrows) {
    const auto [left, right] = print::arrow_head({{{0, 0}, {0, 30}}, true, 0, false});
    EXPECT_LT(left.y, 30);
    EXPECT_EQ(left.y, right.y);
    EXPECT_EQ(left.x, -right.x);
}

} // namespace
