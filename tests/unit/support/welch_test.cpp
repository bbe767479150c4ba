// The statistics of the timing tests: they find a difference that is there, and none where there is none.
#include "tests/support/welch.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <set>

namespace testing_support {
namespace {

// Times as a busy machine gives them: 1,000 µs, a spread of 300, and one in twenty ten times as long.
class BusyMachine {
public:
    explicit BusyMachine(unsigned seed) : random_(seed) {}
    std::vector<double> samples(std::size_t count, double more) {
        std::vector<double> out;
        while (out.size() < count)
            out.push_back(more + spread_(random_) + (rare_(random_) ? 10'000 : 0));
        return out;
    }

private:
    std::mt19937 random_;
    std::normal_distribution<double> spread_{1'000, 300};
    std::bernoulli_distribution rare_{0.05};
};

TEST(Welch, AgreesWithAWorkedExample) {
    const std::vector<double> a{1, 2, 3, 4, 5}, b{2, 4, 6, 8, 10};
    // means 3 and 6, variances 2.5 and 10: (3 - 6) / sqrt(2.5 / 5 + 10 / 5)
    EXPECT_NEAR(welch_t(a, b), -3 / std::sqrt(2.5), 1e-12);
    EXPECT_NEAR(welch_t(b, a), 3 / std::sqrt(2.5), 1e-12);
}

TEST(Welch, TakesConstantSamplesAsTheyAre) {
    const std::vector<double> same(10, 7.0), other(10, 8.0), none;
    EXPECT_EQ(welch_t(same, same), 0);
    EXPECT_TRUE(std::isinf(welch_t(same, other)));
    EXPECT_TRUE(std::isinf(welch_t(same, none)));
}

TEST(Welch, FindsTwoHundredMicrosecondsAmongTheOutliersOfABusyMachine) {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        BusyMachine machine(seed);
        const auto quick = machine.samples(2'000, 0), slow = machine.samples(2'000, 200);
        EXPECT_GT(worst_t(quick, slow), welch_limit) << seed;
    }
}

TEST(Welch, FindsNothingWhereThereIsNothing) {
    for (unsigned seed = 1; seed <= 200; ++seed) {
        BusyMachine machine(seed);
        const auto one = machine.samples(500, 0), other = machine.samples(500, 0);
        EXPECT_LT(worst_t(one, other), welch_limit) << seed;
    }
}

TEST(Welch, FindsAClassThatDiffersInItsSlowHalfOnly) {
    BusyMachine machine(1);
    auto one = machine.samples(2'000, 0), other = machine.samples(2'000, 0);
    for (double &sample : other)
        if (sample > 1'000) sample += 150;
    EXPECT_GT(worst_t(one, other), welch_limit);
}

TEST(Welch, SamplesEachClassOnceInEachRoundInChangingOrder) {
    std::vector<std::size_t> asked;
    const auto samples = interleaved(3, 50, 1, [&](std::size_t one) {
        asked.push_back(one);
        return static_cast<double>(one);
    });
    ASSERT_EQ(samples.size(), 3u);
    std::set<std::vector<std::size_t>> orders;
    for (std::size_t round = 0; round < 50; ++round) {
        const std::vector<std::size_t> order(asked.begin() + static_cast<std::ptrdiff_t>(3 * round),
                                             asked.begin() + static_cast<std::ptrdiff_t>(3 * round + 3));
        EXPECT_EQ(std::set<std::size_t>(order.begin(), order.end()).size(), 3u);
        orders.insert(order);
    }
    EXPECT_GT(orders.size(), 3u);
    for (std::size_t one = 0; one < 3; ++one)
        EXPECT_EQ(samples[one], std::vector<double>(50, static_cast<double>(one)));
}

} // namespace
} // namespace testing_support
