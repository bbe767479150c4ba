// Padded texts as the input chooses them, mostly well-formed, and a second reading of the padding rule
// (crypto/FORMAT.md).
#pragma once

#include "crypto/primitives/object.h"
#include "tests/fuzz/target.h"

#include <optional>

namespace fuzz {

inline std::optional<base::Bytes> reference_unpad(base::View padded) {
    if (padded.size() != 4096 && padded.size() != 16384 && padded.size() != 65536) return std::nullopt;
    const std::size_t length = padded[0] + 256u * padded[1] + 65536u * padded[2] + 16777216u * std::size_t{padded[3]};
    if (length > padded.size() - 4) return std::nullopt;
    for (std::size_t i = 4 + length; i < padded.size(); ++i)
        if (padded[i] != 0) return std::nullopt;
    return base::copy(padded.subspan(4, length));
}

// length ‖ front ‖ the rest of the input ‖ zeros, with a size, a length and a byte of padding that may be wrong.
inline base::Bytes chosen_padding(Input &in, base::View front) {
    static constexpr std::size_t sizes[] = {4096, 4096, 4096, 16384, 4096, 65536, 4095, 4097};
    const std::uint8_t choice = in.byte(), off_by = in.byte(), spot = in.byte(), value = in.byte();
    const base::View text = in.rest();
    base::Bytes out(sizes[choice % 8]);
    std::uint32_t length = static_cast<std::uint32_t>(front.size() + text.size());
    if (choice & 8) length += off_by;
    if (choice & 16) length = 0u - length;
    for (std::size_t i = 0; i < 4; ++i)
        out[i] = static_cast<base::Byte>(length >> (8 * i));
    std::ranges::copy(front, out.begin() + 4);
    std::ranges::copy(text.first(std::min(text.size(), out.size() - 4 - front.size())),
                      out.begin() + 4 + static_cast<std::ptrdiff_t>(front.size()));
    if (choice & 32) out[out.size() - 1 - spot % 8] = value;
    return out;
}

} // namespace fuzz
