// Prints are made once, one at a time, and a few are kept.
#include "web/pages/common/prints.h"

#include <gtest/gtest.h>

#include <thread>

namespace {

struct Counted {
    pages::Prints prints;
    int made = 0;
    pages::Prints::Bytes get(const std::string &name) {
        return prints.get(name, [&] {
            ++made;
            return print::Document{.title = name, .language = "th", .every_page = {}, .thai_digits = false, .blocks = {}};
        });
    }
};

TEST(Prints, AreMadeOnce) {
    Counted all;
    const auto first = all.get("a");
    ASSERT_TRUE(first && first->starts_with("%PDF-"));
    EXPECT_EQ(all.get("a"), first);
    EXPECT_NE(all.get("b"), first);
    EXPECT_EQ(all.made, 2);
}

TEST(Prints, KeepTheLatest) {
    Counted all;
    for (std::size_t i = 0; i <= pages::Prints::kept; ++i)
        (void)all.get(std::to_string(i));
    const int made = all.made;
    (void)all.get(std::to_string(pages::Prints::kept));
    EXPECT_EQ(all.made, made);
    (void)all.get("0");
    EXPECT_EQ(all.made, made + 1);
}

TEST(Prints, WhoWaitsForAnotherOfTheSameNameGetsThatOne) {
    Counted all;
    pages::Prints::Bytes one, other;
    std::thread beside;
    one = all.prints.get("a", [&] {
        beside = std::thread([&] { other = all.get("a"); });
        ++all.made;
        return print::Document{.title = "a", .language = "th", .every_page = {}, .thai_digits = false, .blocks = {}};
    });
    beside.join();
    EXPECT_EQ(one, other);
    EXPECT_EQ(all.made, 1);
}

TEST(Prints, NothingIsKeptOfWhatCouldNotBeMade) {
    pages::Prints prints;
    const auto endless = [] {
        print::Document out;
        out.blocks.assign(25'000, print::Paragraph{"ก"});
        return out;
    };
    EXPECT_FALSE(prints.get("a", endless));
    EXPECT_TRUE(prints.get("a", [] { return print::Document(); }));
}

} // namespace
