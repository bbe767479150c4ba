// Byte strings, fixed-width little-endian fields, hex and base64url. Nothing here is secret: secrets live in
// crypto/primitives/secret.h.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace base {

using Byte = std::uint8_t;
using Bytes = std::vector<Byte>;
using View = std::span<const Byte>;

template <std::size_t N>
using Array = std::array<Byte, N>;

inline View view(std::string_view text) { return {reinterpret_cast<const Byte *>(text.data()), text.size()}; }
inline std::string_view text(View bytes) { return {reinterpret_cast<const char *>(bytes.data()), bytes.size()}; }
inline Bytes copy(View bytes) { return {bytes.begin(), bytes.end()}; }

// Appends fields of fixed width, little-endian.
class Writer {
public:
    Writer &u8(std::uint8_t value);
    Writer &u16(std::uint16_t value);
    Writer &u32(std::uint32_t value);
    Writer &u64(std::uint64_t value);
    Writer &raw(View bytes);
    Writer &text16(std::string_view text); // u16 length, then the bytes; longer text is a bug
    Bytes take() { return std::move(out_); }
    View seen() const { return out_; }

private:
    Bytes out_;
};

// Reads what Writer wrote. After the first field that does not fit, ok() is false and every read gives zero.
class Reader {
public:
    explicit Reader(View bytes) : left_(bytes) {}
    std::uint8_t u8();
    std::uint16_t u16();
    std::uint32_t u32();
    std::uint64_t u64();
    View raw(std::size_t size);
    std::string_view text16();
    template <std::size_t N>
    Array<N> array() {
        Array<N> out{};
        if (View v = raw(N); v.size() == N)
            std::memcpy(out.data(), v.data(), N);
        return out;
    }
    bool ok() const { return ok_; }
    bool finished() const { return ok_ && left_.empty(); } // everything was read and nothing is left over
    View rest() { return raw(left_.size()); }

private:
    View left_;
    bool ok_ = true;
};

std::string hex(View bytes); // lower case
std::optional<Bytes> from_hex(std::string_view text);
std::string base64url(View bytes); // RFC 4648 section 5, no padding
std::optional<Bytes> from_base64url(std::string_view text);

} // namespace base
