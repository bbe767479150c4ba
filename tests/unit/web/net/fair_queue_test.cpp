#include "web/net/fair_queue.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace net {
namespace {

constexpr Source flood{1}, person{2}, neighbour{3};
using Queue = FairQueue<std::string>;

void fill(Queue &queue, Source source, const std::string &name, int count) {
    for (int i = 1; i <= count; ++i)
        EXPECT_FALSE(queue.push(name + std::to_string(i), source));
}

std::vector<std::string> drain(Queue &queue) {
    std::vector<std::string> out;
    while (!queue.empty())
        out.push_back(queue.pop());
    return out;
}

using Texts = std::vector<std::string>;

TEST(FairQueue, ServesSourcesInTurnAndEachInItsOrder) {
    Queue queue(10);
    fill(queue, flood, "f", 4);
    fill(queue, person, "p", 2);
    fill(queue, neighbour, "n", 1);
    EXPECT_EQ(drain(queue), (Texts{"f1", "p1", "n1", "f2", "p2", "f3", "f4"}));
}

TEST(FairQueue, LetsANewcomerWaitForOneOfEachOtherSourceAtMost) {
    Queue queue(1000);
    fill(queue, flood, "f", 900);
    EXPECT_EQ(queue.pop(), "f1");
    fill(queue, person, "p", 1);
    EXPECT_EQ(queue.pop(), "f2");
    EXPECT_EQ(queue.pop(), "p1");
}

TEST(FairQueue, WhenFullLeavesOutTheNewestOfTheSourceWithMost) {
    Queue queue(4);
    fill(queue, flood, "f", 3);
    fill(queue, neighbour, "n", 1);
    EXPECT_EQ(queue.push("p1", person), "f3");
    EXPECT_EQ(drain(queue), (Texts{"f1", "n1", "p1", "f2"}));
}

TEST(FairQueue, WhenFullLeavesOutTheNewcomerOfTheSourceWithMost) {
    Queue queue(4);
    fill(queue, person, "p", 1);
    fill(queue, flood, "f", 3);
    EXPECT_EQ(queue.push("f4", flood), "f4");
    EXPECT_EQ(drain(queue), (Texts{"p1", "f1", "f2", "f3"}));
}

TEST(FairQueue, WhenFullOfOneFromEachLeavesOutTheNewcomer) {
    Queue queue(2);
    fill(queue, flood, "f", 1);
    fill(queue, neighbour, "n", 1);
    EXPECT_EQ(queue.push("p1", person), "p1");
    EXPECT_EQ(drain(queue), (Texts{"f1", "n1"}));
    fill(queue, person, "p", 2); // the one left out left nothing behind
    EXPECT_EQ(drain(queue), (Texts{"p1", "p2"}));
}

TEST(FairQueue, RefusesNobodyWhileThereIsRoom) {
    Queue queue(500);
    fill(queue, flood, "f", 500);
}

TEST(FairQueue, WithoutPlacesLeavesOutEverybody) {
    Queue queue(0);
    EXPECT_EQ(queue.push("p1", person), "p1");
    EXPECT_TRUE(queue.empty());
}

} // namespace
} // namespace net
