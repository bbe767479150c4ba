// An order that tells nothing, from the system's generator.
#pragma once

#include "crypto/base/ids.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <random>

namespace storage {

struct RandomBits {
    using result_type = std::uint64_t;
    static constexpr result_type min() { return 0; }
    static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }
    result_type operator()() const {
        const auto bytes = base::random_id_bytes();
        result_type out = 0;
        std::memcpy(&out, bytes.data(), sizeof out);
        return out;
    }
};

template <class Container> void shuffle(Container &rows) { std::shuffle(rows.begin(), rows.end(), RandomBits{}); }

} // namespace storage
