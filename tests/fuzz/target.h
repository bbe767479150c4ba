// What the targets share: how an invariant is demanded, and how choices are taken out of the input.
#pragma once

#include "crypto/base/bytes.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <source_location>
#include <string_view>

namespace fuzz {

// libFuzzer and the replay both take an abort for a finding and keep its input.
inline void demand(bool holds, std::source_location where = std::source_location::current()) {
    if (holds) return;
    std::fprintf(stderr, "%s:%u: does not hold\n", where.file_name(), static_cast<unsigned>(where.line()));
    std::abort();
}

inline bool same(base::View a, base::View b) { return std::ranges::equal(a, b); }

inline std::string_view text(const std::uint8_t *data, std::size_t size) {
    return {reinterpret_cast<const char *>(data), size};
}

// Takes fields from the front; what is missing reads as zero, so that every input means something.
class Input {
public:
    Input(const std::uint8_t *data, std::size_t size) : left_(data, size) {}
    bool empty() const { return left_.empty(); }
    std::uint8_t byte() {
        const base::View one = bytes(1);
        return one.empty() ? 0 : one[0];
    }
    std::uint32_t u32() {
        std::uint32_t out = 0;
        for (int i = 0; i < 4; ++i)
            out |= std::uint32_t{byte()} << (8 * i);
        return out;
    }
    base::View bytes(std::size_t most) {
        const base::View out = left_.first(std::min(most, left_.size()));
        left_ = left_.subspan(out.size());
        return out;
    }
    base::View rest() { return bytes(left_.size()); }
    template <std::size_t N> base::Array<N> array() {
        base::Array<N> out{};
        std::ranges::copy(bytes(N), out.begin());
        return out;
    }

private:
    base::View left_;
};

} // namespace fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);
