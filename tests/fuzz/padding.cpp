// A padded text has exactly one form: whatever unpads, pads to the same bytes or to a larger class of the same text.
#include "crypto/primitives/object.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const crypto::View bytes(data, size);
    const auto padded = crypto::pad_text(crypto::Kind::reply, bytes);
    if (padded.has_value() != (size <= crypto::max_text))
        std::abort();
    if (padded) {
        const auto plain = crypto::unpad_text(*padded);
        if (!plain || !std::ranges::equal(*plain, bytes))
            std::abort();
    }
    // The input as somebody else's padding, brought to a size class so that it gets past the first check.
    crypto::Bytes forged(bytes.begin(), bytes.end());
    forged.resize(4096);
    if (const auto plain = crypto::unpad_text(forged)) {
        const auto back = crypto::pad_text(crypto::Kind::reply, *plain);
        if (!back || !std::ranges::equal(*back, forged))
            std::abort();
    }
    return 0;
}
