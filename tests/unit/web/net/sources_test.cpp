#include "web/net/sources.h"

#include <gtest/gtest.h>

namespace net {
namespace {

using namespace std::chrono_literals;
using Time = Sources::Clock::time_point;

class SourcesTest : public testing::Test {
protected:
    Source of(const char *address) { return sources.of(boost::asio::ip::make_address(address), now); }
    // How long the last of `count` connections opened at once waits.
    std::chrono::duration<double> wait_of_last(Source source, int count) {
        Sources::Clock::duration last{};
        for (int i = 0; i < count; ++i)
            last = sources.admit(source, now);
        return last;
    }
    Sources sources;
    Time now = Sources::Clock::now();
};

TEST_F(SourcesTest, AreTheSameForOneAddressAndDifferForOthers) {
    EXPECT_EQ(of("203.0.113.7"), of("203.0.113.7"));
    EXPECT_NE(of("203.0.113.7"), of("203.0.113.8"));
    EXPECT_EQ(of("203.0.113.7"), of("::ffff:203.0.113.7"));
    EXPECT_NE(of("203.0.113.7"), of("::203.0.113.7"));
}

TEST_F(SourcesTest, CountANetworkOfIpv6AsOne) {
    EXPECT_EQ(of("2001:db8:0:1200::1"), of("2001:db8:0:12ff:ffff::9"));
    EXPECT_NE(of("2001:db8:0:1200::1"), of("2001:db8:0:1300::1"));
}

TEST_F(SourcesTest, AreOtherOnesInAnotherServerAndAfterAnHour) {
    const Source before = of("203.0.113.7");
    Sources others;
    EXPECT_NE(others.of(boost::asio::ip::make_address("203.0.113.7"), now), before);
    now += Sources::key_life - 1s;
    EXPECT_EQ(of("203.0.113.7"), before);
    now += 2s;
    EXPECT_NE(of("203.0.113.7"), before);
}

TEST_F(SourcesTest, OpenABurstWithoutWaiting) {
    EXPECT_EQ(wait_of_last(of("203.0.113.7"), 256), 0s);
    EXPECT_GT(wait_of_last(of("203.0.113.7"), 1), 0s);
}

TEST_F(SourcesTest, WaitEachForItsTurnBeyondTheBurst) {
    const Source flood = of("203.0.113.7");
    EXPECT_NEAR(wait_of_last(flood, 256 + 32).count(), 0.25, 1e-6) << "128 a second";
    now += 125ms; // in which 16 of them had their turn
    EXPECT_NEAR(wait_of_last(flood, 1).count(), 17.0 / 128, 1e-6);
}

TEST_F(SourcesTest, NeverWaitLongerThanHalfASecond) {
    const Source flood = of("203.0.113.7");
    EXPECT_NEAR(wait_of_last(flood, 100'000).count(), 0.5, 1e-6);
    now += 1s; // and nothing of the flood's length is held against whoever comes from there later
    EXPECT_EQ(wait_of_last(flood, 1), 0s);
}

TEST_F(SourcesTest, DelayNobodyElse) {
    wait_of_last(of("203.0.113.7"), 100'000);
    EXPECT_EQ(wait_of_last(Source{static_cast<std::uint64_t>(of("203.0.113.7")) + 1}, 1), 0s);
}

} // namespace
} // namespace net
