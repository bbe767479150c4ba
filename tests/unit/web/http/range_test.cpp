#include "web/http/range.h"

#include <gtest/gtest.h>

namespace http {
namespace {

TEST(Range, IsOneStretchOfBytes) {
    EXPECT_EQ(parse_range("bytes=0-0", 10), (Part{206, 0, 1}));
    EXPECT_EQ(parse_range("bytes=2-4", 10), (Part{206, 2, 3}));
    EXPECT_EQ(parse_range("Bytes = 2 - 4 ", 10), (Part{206, 2, 3}));
    EXPECT_EQ(parse_range("bytes=0-", 10), (Part{206, 0, 10}));
    EXPECT_EQ(parse_range("bytes=9-", 10), (Part{206, 9, 1}));
    EXPECT_EQ(parse_range("bytes=5-99999999999999999999999", 10), (Part{206, 5, 5}));
    EXPECT_EQ(parse_range("bytes=-3", 10), (Part{206, 7, 3}));
    EXPECT_EQ(parse_range("bytes=-11", 10), (Part{206, 0, 10}));
}

TEST(Range, BehindTheEndIsNotThere) {
    for (const char *range : {"bytes=10-", "bytes=10-12", "bytes=99999999999999999999999-", "bytes=-0"})
        EXPECT_EQ(parse_range(range, 10), (Part{416, 0, 0})) << range;
    EXPECT_EQ(parse_range("bytes=0-", 0), (Part{416, 0, 0}));
    EXPECT_EQ(parse_range("bytes=-1", 0), (Part{416, 0, 0}));
}

TEST(Range, OfAnotherKindIsEverything) {
    for (const char *range : {"", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=4-2", "bytes=1", "bytes=0-1,3-4", "bytes=+1-2",
                              "bytes=1--2", "lines=1-2", "bytes:1-2", "1-2", "=1-2", "-", "bytes=0x1-2"})
        EXPECT_EQ(parse_range(range, 10), (Part{200, 0, 10})) << range;
}

TEST(Range, IsNamedInTheAnswer) {
    EXPECT_EQ(content_range({200, 0, 10}, 10), "");
    EXPECT_EQ(content_range({206, 2, 3}, 10), "bytes 2-4/10");
    EXPECT_EQ(content_range({416, 0, 0}, 10), "bytes */10");
}

} // namespace
} // namespace http
