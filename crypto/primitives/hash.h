// BLAKE2b (RFC 7693), unkeyed and keyed, over the concatenation of parts.
#pragma once

#include "crypto/primitives/secret.h"

#include <initializer_list>

namespace crypto {

using Parts = std::initializer_list<View>;

namespace detail {
// 16 to 64 bytes out; a key of 0 to 64 bytes.
void blake2b(std::span<Byte> out, View key, Parts parts);
} // namespace detail

inline Array<32> hash(Parts parts) {
    Array<32> out;
    detail::blake2b(out, {}, parts);
    return out;
}

template <std::size_t N = 32, class Tag>
Array<N> keyed_hash(const SecretKey<Tag> &key, Parts parts) {
    Array<N> out;
    detail::blake2b(out, key.reveal(raw_secret), parts);
    return out;
}

// For tags and MACs: takes the same time wherever the difference stands.
template <std::size_t N>
bool equal(const Array<N> &a, const Array<N> &b) {
    return detail::equal(a.data(), b.data(), N);
}

} // namespace crypto
