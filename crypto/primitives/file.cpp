#include "crypto/primitives/file.h"

#include <algorithm>
#include <bit>

namespace crypto {
namespace {

// Keeps as many leading bits of a length as its exponent has: at most 12 % more, and a few dozen lengths for each power
// of two.
std::uint64_t padme(std::uint64_t length) {
    const auto exponent = static_cast<unsigned>(std::bit_width(length) - 1);
    const std::uint64_t rest = (std::uint64_t{1} << (exponent - std::bit_width(exponent))) - 1;
    return (length + rest) & ~rest;
}

} // namespace

FileShape FileShape::of(std::uint64_t length) {
    if (length > max_file_length) base::broken("the shape of a file longer than the format knows");
    FileShape out;
    out.padded = padme(std::max<std::uint64_t>(length, file_chunk));
    out.chunks = (out.padded + file_chunk - 1) / file_chunk;
    out.stored = out.padded + out.chunks * aead_overhead;
    return out;
}

std::size_t FileShape::plain_size(std::uint64_t chunk) const {
    return is_last(chunk) ? static_cast<std::size_t>(padded - chunk * file_chunk) : file_chunk;
}

Bytes chunk_place(const FilePlace &place, std::uint64_t number, bool last) {
    return base::Writer()
        .u8(format_version)
        .u8(static_cast<std::uint8_t>(Kind::file))
        .raw(place.case_id.bytes())
        .raw(place.object_id.bytes())
        .u64(number)
        .u8(last ? 1 : 0)
        .take();
}

} // namespace crypto
