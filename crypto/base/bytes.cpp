#include "crypto/base/bytes.h"

#include "crypto/base/result.h"

#include <sodium.h>

#include <algorithm>
#include <limits>

namespace base {
namespace {

template <class T>
void append(Bytes &out, T value) {
    for (std::size_t i = 0; i < sizeof(T); ++i)
        out.push_back(static_cast<Byte>(static_cast<std::uint64_t>(value) >> (8 * i)));
}

template <class T>
T number(View bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        value |= static_cast<std::uint64_t>(bytes[i]) << (8 * i);
    return static_cast<T>(value);
}

} // namespace

Writer &Writer::u8(std::uint8_t value) { append(out_, value); return *this; }
Writer &Writer::u16(std::uint16_t value) { append(out_, value); return *this; }
Writer &Writer::u32(std::uint32_t value) { append(out_, value); return *this; }
Writer &Writer::u64(std::uint64_t value) { append(out_, value); return *this; }

Writer &Writer::raw(View bytes) {
    out_.insert(out_.end(), bytes.begin(), bytes.end());
    return *this;
}

Writer &Writer::text16(std::string_view text) {
    if (text.size() > std::numeric_limits<std::uint16_t>::max())
        broken("text16 longer than its length field");
    return u16(static_cast<std::uint16_t>(text.size())).raw(view(text));
}

std::uint8_t Reader::u8() { return number<std::uint8_t>(raw(1)); }
std::uint16_t Reader::u16() { return number<std::uint16_t>(raw(2)); }
std::uint32_t Reader::u32() { return number<std::uint32_t>(raw(4)); }
std::uint64_t Reader::u64() { return number<std::uint64_t>(raw(8)); }

View Reader::raw(std::size_t size) {
    if (!ok_ || left_.size() < size) {
        ok_ = false;
        left_ = {};
        return {};
    }
    View out = left_.first(size);
    left_ = left_.subspan(size);
    return out;
}

std::string_view Reader::text16() { return text(raw(u16())); }

std::string hex(View bytes) {
    std::string out(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), bytes.data(), bytes.size());
    out.pop_back();
    return out;
}

std::optional<Bytes> from_hex(std::string_view text) {
    Bytes out(text.size() / 2 + 1); // never null, which libsodium's declarations demand
    std::size_t size = 0;
    const char *end = nullptr;
    if (text.size() % 2 != 0 ||
        sodium_hex2bin(out.data(), out.size(), text.data(), text.size(), nullptr, &size, &end) != 0 ||
        end != text.data() + text.size())
        return std::nullopt;
    out.resize(size);
    return out;
}

std::string base64url(View bytes) {
    std::string out(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
    sodium_bin2base64(out.data(), out.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    out.pop_back();
    return out;
}

std::optional<Bytes> from_base64url(std::string_view text) {
    // libsodium 1.0.18 takes bytes outside ASCII for '_' where char is signed: a text would have several spellings.
    if (std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
        return std::nullopt;
    Bytes out(text.size() / 4 * 3 + 3);
    std::size_t size = 0;
    const char *end = nullptr;
    if (sodium_base642bin(out.data(), out.size(), text.data(), text.size(), nullptr, &size, &end,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        end != text.data() + text.size())
        return std::nullopt;
    out.resize(size);
    return out;
}

} // namespace base
