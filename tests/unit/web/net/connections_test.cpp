#include "web/net/connections.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace net {
namespace {

using namespace std::chrono_literals;
using Place = Connections::Place;
constexpr Source flood{1}, person{2}, neighbour{3};
constexpr std::size_t KiB = 1024;

// Places by name, and what they were told, in order.
class ConnectionsTest : public testing::Test {
protected:
    std::unique_ptr<Place> open(Connections &all, const std::string &name, Source source) {
        auto place = all.admit(source);
        if (place)
            place->listen([this, name](Notice notice) {
                told.push_back((notice == Notice::close      ? "close "
                                : notice == Notice::give_way ? "503 "
                                                             : "stop ") +
                               name);
            });
        return place;
    }
    // A body of which so much has come in so many seconds.
    std::unique_ptr<Place> sending(Connections &all, const std::string &name, Source source, std::size_t bytes,
                                   std::chrono::seconds for_) {
        auto place = open(all, name, source);
        EXPECT_TRUE(place->enter(Phase::body, now - for_));
        EXPECT_TRUE(place->hold(bytes, now));
        place->received(bytes);
        return place;
    }
    const Connections::Clock::time_point now = Connections::Clock::now();
    std::vector<std::string> told;
};
using Told = std::vector<std::string>;

TEST_F(ConnectionsTest, DropTheOldestOfTheSourceWithMost) {
    Connections all(4, KiB);
    const auto first = open(all, "person", person), f1 = open(all, "f1", flood), f2 = open(all, "f2", flood),
               f3 = open(all, "f3", flood);
    EXPECT_EQ(told, Told{});
    EXPECT_TRUE(open(all, "neighbour", neighbour));
    EXPECT_EQ(told, Told{"close f1"});
    EXPECT_FALSE(f1->enter(Phase::waiting)) << "it goes on";
    EXPECT_TRUE(f2->enter(Phase::waiting));
}

TEST_F(ConnectionsTest, DropOneOfTheirOwnForAFloodsNewcomers) {
    Connections all(3, KiB);
    const auto f1 = open(all, "f1", flood), f2 = open(all, "f2", flood), first = open(all, "person", person);
    const auto f3 = open(all, "f3", flood), f4 = open(all, "f4", flood);
    EXPECT_TRUE(f3 && f4);
    EXPECT_EQ(told, (Told{"close f1", "close f2"}));
}

TEST_F(ConnectionsTest, DropWhoSendsNothingBeforeABodyAndABodyBeforeAnAnswer) {
    Connections all(4, KiB);
    const auto answered = open(all, "answered", flood), sending = open(all, "sending", flood),
               silent = open(all, "silent", flood), working = open(all, "working", flood);
    answered->enter(Phase::answer);
    sending->enter(Phase::body);
    working->enter(Phase::working);
    for (int i = 0; i < 3; ++i)
        EXPECT_TRUE(all.drop_one());
    EXPECT_EQ(told, (Told{"close silent", "close sending", "close answered"}));
    EXPECT_FALSE(all.drop_one()) << "a whole request waits for its answer";
}

TEST_F(ConnectionsTest, DropWhoHasWaitedLongestSinceItsLastRequest) {
    Connections all(2, KiB);
    const auto used = open(all, "used", flood), silent = open(all, "silent", flood);
    used->enter(Phase::working);
    used->enter(Phase::waiting);
    EXPECT_TRUE(all.drop_one());
    EXPECT_EQ(told, Told{"close silent"});
}

TEST_F(ConnectionsTest, WithARequestAtWorkInEachTakeNoNewcomer) {
    Connections all(1, KiB);
    const auto working = open(all, "working", flood);
    working->enter(Phase::working);
    EXPECT_FALSE(all.admit(person));
    working->enter(Phase::answer);
    EXPECT_TRUE(all.admit(person));
}

TEST_F(ConnectionsTest, CountWhatWasDroppedUntilItIsGone) {
    Connections all(1, KiB);
    auto first = open(all, "first", flood);
    auto second = open(all, "second", flood);
    EXPECT_EQ(all.size(), 2u);
    first.reset();
    EXPECT_EQ(all.size(), 1u);
    EXPECT_FALSE(all.wait_until_empty(now));
    second.reset();
    EXPECT_TRUE(all.wait_until_empty(now));
}

TEST_F(ConnectionsTest, LetTheSlowestBodyOfTheHeaviestSourceGiveWay) {
    Connections all(10, 400 * KiB);
    const auto slow = sending(all, "slow", flood, 100 * KiB, 20s), fast = sending(all, "fast", flood, 200 * KiB, 5s),
               other = sending(all, "other", neighbour, 100 * KiB, 30s), first = open(all, "person", person);
    ASSERT_TRUE(first->enter(Phase::body, now));
    EXPECT_TRUE(first->hold(64 * KiB, now));
    EXPECT_EQ(told, Told{"503 slow"});
    EXPECT_TRUE(slow->gives_way());
    EXPECT_FALSE(slow->enter(Phase::working)) << "its bytes are no longer counted";
    EXPECT_TRUE(fast->enter(Phase::working));
}

TEST_F(ConnectionsTest, LetABodyGiveWayWhichGrowsBeyondAllOthers) {
    Connections all(10, 400 * KiB);
    const auto first = sending(all, "person", person, 100 * KiB, 5s), large = open(all, "large", flood);
    ASSERT_TRUE(large->enter(Phase::body, now - 60s));
    EXPECT_TRUE(large->hold(300 * KiB, now));
    EXPECT_FALSE(large->hold(600 * KiB, now));
    EXPECT_TRUE(large->gives_way());
    EXPECT_EQ(told, Told{});
    EXPECT_TRUE(first->hold(400 * KiB, now)) << "its bytes are counted still";
}

TEST_F(ConnectionsTest, LetTheSlowestOfASourceGiveWayHoweverLateItBegan) {
    Connections all(10, 400 * KiB);
    const auto fast = sending(all, "fast", flood, 200 * KiB, 10s), slow = sending(all, "slow", flood, 100 * KiB, 9s),
               fresh = open(all, "fresh", flood);
    ASSERT_TRUE(fresh->enter(Phase::body, now));
    EXPECT_TRUE(fresh->hold(150 * KiB, now)) << "it had no time to show how fast it is";
    EXPECT_EQ(told, Told{"503 slow"});
}

TEST_F(ConnectionsTest, MeasureABodyFromItsOwnBeginning) {
    Connections all(10, 400 * KiB);
    const auto kept = sending(all, "kept", flood, KiB, 600s), slow = sending(all, "slow", flood, 200 * KiB, 30s),
               first = open(all, "person", person);
    for (const Phase phase : {Phase::working, Phase::answer, Phase::waiting})
        ASSERT_TRUE(kept->enter(phase, now - 10s));
    ASSERT_TRUE(kept->enter(Phase::body, now - 2s) && first->enter(Phase::body, now));
    EXPECT_TRUE(kept->hold(200 * KiB, now));
    kept->received(200 * KiB);
    EXPECT_TRUE(first->hold(KiB, now));
    EXPECT_EQ(told, Told{"503 slow"});
}

TEST_F(ConnectionsTest, MeasureABodyByItsOwnBytes) {
    Connections all(10, 400 * KiB);
    const auto kept = sending(all, "kept", flood, 300 * KiB, 30s);
    for (const Phase phase : {Phase::working, Phase::answer, Phase::waiting})
        ASSERT_TRUE(kept->enter(phase, now - 25s));
    const auto other = sending(all, "other", flood, 200 * KiB, 30s), first = open(all, "person", person);
    ASSERT_TRUE(kept->enter(Phase::body, now - 20s) && first->enter(Phase::body, now));
    EXPECT_TRUE(kept->hold(200 * KiB, now)) << "of which nothing has come in 20 seconds";
    EXPECT_TRUE(first->hold(KiB, now));
    EXPECT_EQ(told, Told{"503 kept"});
}

TEST_F(ConnectionsTest, CountNoBytesOfABodyThatWasDropped) {
    Connections all(1, 400 * KiB);
    const auto dropped = sending(all, "dropped", flood, 400 * KiB, 5s), first = open(all, "person", person);
    ASSERT_EQ(told, Told{"close dropped"});
    EXPECT_FALSE(dropped->hold(400 * KiB, now)) << "it goes on";
    ASSERT_TRUE(first->enter(Phase::body, now));
    EXPECT_TRUE(first->hold(400 * KiB, now));
}

TEST_F(ConnectionsTest, LetNoWholeRequestGiveWay) {
    Connections all(10, 400 * KiB);
    const auto whole = sending(all, "whole", flood, 400 * KiB, 60s), first = open(all, "person", person);
    ASSERT_TRUE(whole->enter(Phase::working));
    ASSERT_TRUE(first->enter(Phase::body, now));
    EXPECT_FALSE(first->hold(64 * KiB, now));
    EXPECT_EQ(told, Told{});
    EXPECT_TRUE(whole->enter(Phase::answer));
    EXPECT_TRUE(first->enter(Phase::answer)); // it was told 503
    EXPECT_TRUE(first->enter(Phase::body, now));
    EXPECT_TRUE(first->hold(400 * KiB, now)) << "answered bodies are counted still";
}

TEST_F(ConnectionsTest, CloseTheOldestUnreadAnswerOfWhoHoldsMost) {
    Connections all(10, 100 * KiB);
    const auto answering = [&](const std::string &name, Source source, std::size_t bytes) {
        auto place = open(all, name, source);
        EXPECT_TRUE(place->enter(Phase::working, now) && place->enter(Phase::answer, now) && place->hold(bytes, now));
        return place;
    };
    const auto p = answering("person", person, 30 * KiB), f1 = answering("f1", flood, 30 * KiB),
               f2 = answering("f2", flood, 30 * KiB);
    EXPECT_EQ(told, Told{});
    const auto n = answering("neighbour", neighbour, 30 * KiB);
    EXPECT_EQ(told, Told{"close f1"});
    EXPECT_FALSE(f1->hold(1, now)) << "it is gone";
    EXPECT_TRUE(p->enter(Phase::waiting) && n->enter(Phase::waiting)) << "their memory is free again";
    const auto f3 = answering("f3", flood, 60 * KiB);
    EXPECT_EQ(told, Told{"close f1"});
}

TEST_F(ConnectionsTest, RefuseNoAnswerThatIsReady) {
    Connections all(10, 100 * KiB);
    const auto place = open(all, "person", person);
    EXPECT_TRUE(place->enter(Phase::working, now) && place->enter(Phase::answer, now));
    EXPECT_TRUE(place->hold(300 * KiB, now));
    EXPECT_EQ(told, Told{});
}

TEST_F(ConnectionsTest, LetABodyGiveWayBeforeAnAnswerOfTheSameSource) {
    Connections all(10, 100 * KiB);
    const auto body = sending(all, "body", flood, 50 * KiB, 10s);
    const auto answer = open(all, "answer", flood);
    EXPECT_TRUE(answer->enter(Phase::working, now) && answer->enter(Phase::answer, now));
    EXPECT_TRUE(answer->hold(60 * KiB, now));
    EXPECT_EQ(told, Told{"503 body"});
}

TEST_F(ConnectionsTest, LetTheSlowestStreamOfTheSourceWithMostGiveWay) {
    Connections all(10, 100'000 * KiB, 3);
    const auto streaming = [&](const std::string &name, Source source, std::size_t bytes, std::chrono::seconds for_) {
        auto place = sending(all, name, source, bytes, for_);
        EXPECT_TRUE(place->begin_stream(now)) << name;
        return place;
    };
    const auto fast = streaming("fast", flood, 9000 * KiB, 100s), slow = streaming("slow", flood, 3000 * KiB, 100s),
               p = streaming("person", person, 900 * KiB, 100s);
    EXPECT_EQ(told, Told{});
    const auto n = streaming("neighbour", neighbour, 0, 0s);
    EXPECT_EQ(told, Told{"503 slow"}) << "faster than the person's, but its source has most";
    EXPECT_FALSE(slow->enter(Phase::working, now));
    EXPECT_FALSE(slow->begin_stream(now));
}

TEST_F(ConnectionsTest, LetNoStreamGiveWayToItsOwnSourceUnlessItIsSlow) {
    Connections all(10, 100'000 * KiB, 2);
    const auto first = sending(all, "first", flood, 3000 * KiB, 100s), second = sending(all, "second", flood, 2000 * KiB, 100s),
               third = sending(all, "third", flood, 0, 0s);
    EXPECT_TRUE(first->begin_stream(now) && second->begin_stream(now));
    EXPECT_FALSE(third->begin_stream(now)) << "20 kB a second is no reason to be cut off";
    EXPECT_EQ(told, Told{});
    const auto fourth = sending(all, "fourth", flood, 0, 0s);
    EXPECT_TRUE(fourth->begin_stream(now + 100s)) << "the second has only 10 kB a second by now";
    EXPECT_EQ(told, Told{"503 second"});
}

TEST_F(ConnectionsTest, CountNoStreamWhoseAnswerGoesOut) {
    Connections all(10, 100'000 * KiB, 1);
    const auto first = sending(all, "first", flood, 3000 * KiB, 100s), second = sending(all, "second", flood, 0, 0s),
               third = sending(all, "third", flood, 0, 0s);
    EXPECT_TRUE(first->begin_stream(now));
    EXPECT_TRUE(first->enter(Phase::working, now));
    EXPECT_FALSE(second->begin_stream(now)) << "its thread still works on it";
    EXPECT_TRUE(first->enter(Phase::answer, now));
    EXPECT_TRUE(third->begin_stream(now));
    EXPECT_EQ(told, Told{});
}

} // namespace
} // namespace net
