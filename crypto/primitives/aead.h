// XChaCha20-Poly1305 (IETF variant). Sealed = random nonce (24 bytes) ‖ ciphertext ‖ tag (16 bytes).
#pragma once

#include "crypto/primitives/secret.h"

namespace crypto {

inline constexpr std::size_t aead_overhead = 40;

namespace detail {
void aead_seal_into(std::span<const Byte, 32> key, View associated, View plain, std::span<Byte> out);
Result<> aead_open_into(std::span<const Byte, 32> key, View associated, View sealed, std::span<Byte> out);
} // namespace detail

// Into `out`, whose size is that of `plain` and aead_overhead.
template <class Tag>
void aead_seal_into(const SecretKey<Tag> &key, View associated, View plain, std::span<Byte> out) {
    detail::aead_seal_into(key.reveal(raw_secret), associated, plain, out);
}

template <class Tag>
Bytes aead_seal(const SecretKey<Tag> &key, View associated, View plain) {
    Bytes out(plain.size() + aead_overhead);
    aead_seal_into(key, associated, plain, out);
    return out;
}

// Code::refused for whatever does not open; nothing of it is given out.
template <class Tag>
Result<Bytes> aead_open(const SecretKey<Tag> &key, View associated, View sealed) {
    if (sealed.size() < aead_overhead)
        return base::fail(base::Code::refused, "open: shorter than nonce and tag");
    Bytes out(sealed.size() - aead_overhead);
    RETURN_IF_FAILED(detail::aead_open_into(key.reveal(raw_secret), associated, sealed, out));
    return out;
}

// The same for secrets: straight into `out`, whose size the plaintext must have.
template <class Tag>
Result<> aead_open_into(const SecretKey<Tag> &key, View associated, View sealed, std::span<Byte> out) {
    return detail::aead_open_into(key.reveal(raw_secret), associated, sealed, out);
}

} // namespace crypto
