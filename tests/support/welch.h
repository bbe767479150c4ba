// Can two kinds of requests be told apart by how long they take? Samples in random order, cropped alike, compared by
// Welch's t. The method is dudect's (Reparaz, Balasch, Verbauwhede 2017): |t| below 4.5 says that no difference was found.
#pragma once

#include <functional>
#include <span>
#include <vector>

namespace testing_support {

inline constexpr double welch_limit = 4.5;

// Difference of the means over its standard error. 0 when both are constant and equal, infinite when constant and different.
double welch_t(std::span<const double> a, std::span<const double> b);

// The largest |t| of `a` against `b` over several crops. Each crop leaves out, in both alike, what lies above one quantile
// of all samples together: what a busy machine adds now and then is large and says nothing. Low crops look at the least disturbed.
double worst_t(std::span<const double> a, std::span<const double> b);

// In `rounds` rounds each class gives one sample, in an order that is shuffled anew in each round: drift and bursts of
// other load reach all classes alike. `sample(c)` measures one request of class c. Element c of the answer: its samples.
std::vector<std::vector<double>> interleaved(std::size_t classes, std::size_t rounds, unsigned seed,
                                             const std::function<double(std::size_t)> &sample);

} // namespace testing_support
