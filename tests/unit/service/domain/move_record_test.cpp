#include "service/domain/move_record.h"

#include <gtest/gtest.h>

namespace {

using namespace domain;

const ActedAs clerk{base::AppointmentId(base::Array<16>{1}), Post::clerk, Capacity::acting_vacancy, "7/2569", Post::legal_officer};
const ActedAs legal{base::AppointmentId(base::Array<16>{2}), Post::legal_officer, Capacity::holder, "1/2569"};

TEST(MoveJson, GoesThereAndBack) {
    const MoveRecord move{"propose", 3, {{{"allegations", "ก\nข"}, {"reason", "\"\\"}}}, {}, {legal, clerk}};
    const auto after = move_from_json(move_to_json(move));
    ASSERT_TRUE(after);
    EXPECT_EQ(after->event, move.event);
    EXPECT_EQ(after->version, 3U);
    EXPECT_EQ(after->values.values, move.values.values);
    EXPECT_EQ(after->as, move.as);
}

TEST(MoveJson, HostileBytesAreRefused) {
    ASSERT_TRUE(move_from_json(R"({"event":"close","version":4,"values":{},"as":[]})"));
    for (const char *hostile :
         {"", "{}", "[]", R"({"event":"close","values":{},"as":[]})", R"({"version":4,"values":{},"as":[]})",
          R"({"event":"close","version":4,"as":[]})", R"({"event":"close","version":4,"values":{}})",
          R"({"event":1,"version":4,"values":{},"as":[]})", R"({"event":"close","version":"4","values":{},"as":[]})",
          R"({"event":"close","version":-1,"values":{},"as":[]})",
          R"({"event":"close","version":4294967296,"values":{},"as":[]})",
          R"({"event":"close","version":4.5,"values":{},"as":[]})", R"({"event":"close","version":4.0,"values":{},"as":[]})",
          R"({"event":"close","version":4,"values":[],"as":[]})", R"({"event":"close","version":4,"values":{"a":1},"as":[]})",
          R"({"event":"close","version":4,"values":{"a":{}},"as":[]})", R"({"event":"close","version":4,"values":{},"as":{}})",
          R"({"event":"close","version":4,"values":{},"as":["clerk"]})"})
        EXPECT_FALSE(move_from_json(hostile)) << hostile;
}

TEST(ActedAsJson, HostileBytesAreRefused) {
    const std::string good =
        R"([{"appointment":"01000000000000000000000000000000","post":"clerk","capacity":"holder","order":"1"}])";
    ASSERT_TRUE(acted_as_from_json(good));
    const auto with = [&](std::string_view was, std::string_view is) {
        std::string out = good;
        return out.replace(out.find(was), was.size(), is);
    };
    for (const std::string &hostile :
         {std::string(), std::string("{}"), std::string("[1]"), std::string("[{}]"), with("clerk", "mayor"), with("holder", "king"),
          with("01000000000000000000000000000000", "01"), with("\"1\"", "1"), with("\"1\"", "\"1\",\"own\":\"mayor\""),
          with("\"1\"", "\"1\",\"own\":null")})
        EXPECT_FALSE(acted_as_from_json(hostile)) << hostile;
}

Seat seat(const ActedAs &as) { return {as.appointment, as.post, as.capacity, {}, {}, as.order}; }

TEST(ActedAs, AreAllSeatsThatAreNeededAndNoOther) {
    const std::vector seats{seat(legal), seat(clerk)};
    constexpr Post both[] = {Post::clerk, Post::legal_officer, Post::executive}, superior[] = {Post::clerk, Post::executive};
    EXPECT_EQ(acted_as(seats, both), (std::vector{legal, clerk})) << "signed once, recorded as both";
    EXPECT_EQ(acted_as(seats, superior), std::vector{clerk});
    EXPECT_TRUE(acted_as(seats, {}).empty());
}

TEST(ActedAs, NameTheOwnPostOfWhoActsForAnotherWhenThereIsOne) {
    constexpr Post superior[] = {Post::clerk};
    const std::vector without{seat(clerk)};
    EXPECT_EQ(acted_as(without, superior).front().own, std::nullopt);
    const std::vector with{seat(legal), seat(clerk)};
    EXPECT_EQ(acted_as(with, superior).front().own, Post::legal_officer);
}

} // namespace
