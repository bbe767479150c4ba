// Prints are made once, one at a time, and kept; few wait for one.
#include "web/pages/common/prints.h"

#include <gtest/gtest.h>

#include <optional>
#include <thread>
#include <utility>

namespace {

using Asked = pages::Prints::Asked;

print::Document document(const std::string &name) {
    return {.title = name, .language = "th", .every_page = {}, .thai_digits = false, .blocks = {}};
}

struct Counted {
    pages::Prints prints;
    int made = 0;
    pages::Prints::Bytes get(const std::string &name, Asked asked = Asked::seldom) {
        return prints.get(
            name,
            [&] {
                ++made;
                return document(name);
            },
            asked);
    }
    bool has(const std::string &name) { return get(name), std::exchange(made, 0) == 0; }
};

// Bytes for so many, of names that are a letter longer or two.
std::size_t room(std::size_t count) { return count * Counted().get("0")->size() + 100; }

TEST(Prints, AreMadeOnce) {
    Counted all;
    const auto first = all.get("a");
    ASSERT_TRUE(first && first->starts_with("%PDF-"));
    EXPECT_EQ(all.get("a"), first);
    EXPECT_NE(all.get("b"), first);
    EXPECT_EQ(all.made, 2);
}

TEST(Prints, AreAllKeptAsLongAsThereIsRoom) {
    Counted all;
    for (int i = 0; i < 100; ++i)
        (void)all.get(std::to_string(i));
    for (int i = 0; i < 100; ++i)
        (void)all.get(std::to_string(i));
    EXPECT_EQ(all.made, 100);
}

TEST(Prints, GiveUpTheOldestForWantOfRoomButNotWhatIsAskedForOften) {
    Counted all{.prints = pages::Prints(room(6))};
    (void)all.get("now", Asked::often);
    for (int i = 0; i < 9; ++i)
        (void)all.get(std::to_string(i));
    all.made = 0;
    EXPECT_TRUE(all.has("8"));
    EXPECT_TRUE(all.has("now"));
    EXPECT_FALSE(all.has("0"));
}

TEST(Prints, WhatWasAskedForOftenOnceIsGivenUpInTheEnd) {
    Counted all{.prints = pages::Prints(room(pages::Prints::most_often + 2))};
    for (std::size_t i = 0; i <= pages::Prints::most_often; ++i)
        (void)all.get("now " + std::to_string(i), Asked::often);
    for (int i = 0; i < 9; ++i)
        (void)all.get(std::to_string(i));
    all.made = 0;
    EXPECT_TRUE(all.has("now " + std::to_string(pages::Prints::most_often)));
    EXPECT_FALSE(all.has("now 0"));
}

TEST(Prints, OnlyFewWaitAndTheOthersAreToldAtOnce) {
    pages::Prints prints;
    std::vector<std::thread> patient;
    std::vector<pages::Prints::Bytes> got(pages::Prints::most_waiting);
    std::optional<std::chrono::steady_clock::duration> refused_after;
    const auto first = prints.get("a", [&] {
        for (auto &mine : got)
            patient.emplace_back([&] { mine = prints.get("b", [] { return document("b"); }); });
        while (prints.waiting() < pages::Prints::most_waiting)
            std::this_thread::yield();
        std::thread([&] {
            const auto asked = std::chrono::steady_clock::now();
            if (!prints.get("c", [] { return document("c"); })) refused_after = std::chrono::steady_clock::now() - asked;
        }).join();
        return document("a");
    });
    for (std::thread &one : patient)
        one.join();
    ASSERT_TRUE(refused_after);
    EXPECT_LT(*refused_after, pages::Prints::patience) << "it did not wait";
    EXPECT_TRUE(first);
    for (const auto &mine : got)
        EXPECT_TRUE(mine);
    EXPECT_EQ(prints.waiting(), 0u);
    EXPECT_TRUE(prints.get("c", [] { return document("c"); }));
}

TEST(Prints, WhoWaitsForAnotherOfTheSameNameGetsThatOne) {
    Counted all;
    pages::Prints::Bytes one, other;
    std::thread beside;
    one = all.prints.get("a", [&] {
        beside = std::thread([&] { other = all.get("a"); });
        ++all.made;
        return document("a");
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
