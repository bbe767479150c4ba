// A padded text has exactly one form: whatever unpads, pads to the same bytes or to a larger class of the same text.
#include "crypto/primitives/object.h"
#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    using fuzz::demand;
    const crypto::View bytes(data, size);
    for (const auto kind : {crypto::Kind::reply, crypto::Kind::identity}) {
        const auto padded = crypto::pad_text(kind, bytes);
        demand(padded.has_value() == (size <= (kind == crypto::Kind::reply ? crypto::max_text : crypto::max_identity)));
        if (!padded) continue;
        const auto plain = crypto::unpad_text(*padded);
        demand(plain && fuzz::same(*plain, bytes));
    }
    demand(size == 4096 || size == 16384 || size == 65536 || !crypto::unpad_text(bytes));
    // The input as somebody else's padding, brought to a size class so that it gets past the first check.
    crypto::Bytes forged(bytes.begin(), bytes.end());
    forged.resize(4096);
    if (const auto plain = crypto::unpad_text(forged)) {
        const auto back = crypto::pad_text(crypto::Kind::reply, *plain);
        demand(back && fuzz::same(*back, forged));
    }
    return 0;
}
