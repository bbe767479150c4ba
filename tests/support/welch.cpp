#include "tests/support/welch.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

namespace testing_support {
namespace {

struct Moments {
    double mean = 0, variance = 0, count = 0;
};

constexpr std::size_t fewest = 30; // fewer in a crop say little, and t is wide

Moments moments(std::span<const double> samples) {
    Moments out;
    double squares = 0; // Welford's: stable for times that differ by little
    for (const double sample : samples) {
        const double before = sample - out.mean;
        out.mean += before / ++out.count;
        squares += before * (sample - out.mean);
    }
    out.variance = out.count > 1 ? squares / (out.count - 1) : 0;
    return out;
}

std::vector<double> up_to(std::span<const double> samples, double limit) {
    std::vector<double> out;
    std::ranges::copy_if(samples, std::back_inserter(out), [&](double sample) { return sample <= limit; });
    return out;
}

} // namespace

double welch_t(std::span<const double> a, std::span<const double> b) {
    const Moments x = moments(a), y = moments(b);
    if (x.count == 0 || y.count == 0) return x.count == y.count ? 0 : std::numeric_limits<double>::infinity();
    const double difference = x.mean - y.mean;
    const double error = std::sqrt(x.variance / x.count + y.variance / y.count);
    if (error == 0) return difference == 0 ? 0 : std::copysign(std::numeric_limits<double>::infinity(), difference);
    return difference / error;
}

double worst_t(std::span<const double> a, std::span<const double> b) {
    std::vector<double> all(a.begin(), a.end());
    all.insert(all.end(), b.begin(), b.end());
    if (all.empty()) return 0;
    std::ranges::sort(all);
    double worst = 0;
    for (const double quantile : {0.1, 0.25, 0.5, 0.75, 0.9}) {
        const double limit = all[static_cast<std::size_t>(quantile * static_cast<double>(all.size() - 1))];
        const auto x = up_to(a, limit), y = up_to(b, limit);
        if (quantile == 0.9 || std::min(x.size(), y.size()) >= fewest) worst = std::max(worst, std::abs(welch_t(x, y)));
    }
    return worst;
}

std::vector<std::vector<double>> interleaved(std::size_t classes, std::size_t rounds, unsigned seed,
                                             const std::function<double(std::size_t)> &sample) {
    std::mt19937 random(seed);
    std::vector<std::size_t> order(classes);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::vector<std::vector<double>> out(classes);
    for (std::size_t round = 0; round < rounds; ++round) {
        std::ranges::shuffle(order, random);
        for (const std::size_t one : order)
            out[one].push_back(sample(one));
    }
    return out;
}

} // namespace testing_support
