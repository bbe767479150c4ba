// Subkeys by crypto_kdf: BLAKE2b-256 keyed by the parent, salt = number, personal = context. Contexts and numbers are
// registered in crypto/FORMAT.md; a number is never used twice under one context.
#pragma once

#include "crypto/primitives/secret.h"

namespace crypto {

// Exactly eight characters: one context for each kind of parent key.
struct KdfContext {
    char bytes[8];
    consteval KdfContext(const char (&text)[9]) : bytes{} {
        for (std::size_t i = 0; i < 8; ++i)
            bytes[i] = text[i];
    }
};

inline constexpr KdfContext kdf_instance{"scrtinst"};
inline constexpr KdfContext kdf_passphrase{"scrtpass"};
inline constexpr KdfContext kdf_receipt{"scrtrcpt"};
inline constexpr KdfContext kdf_case{"scrtcase"};
inline constexpr KdfContext kdf_identity{"scrtiden"};
inline constexpr KdfContext kdf_recovery{"scrtreco"};
inline constexpr KdfContext kdf_file{"scrtfile"};
inline constexpr KdfContext kdf_officer{"scrtoffi"};

namespace detail {
void derive(std::span<Byte, 32> child, std::span<const Byte, 32> parent, const KdfContext &context,
            std::uint64_t number);
}

// subkey<Child>(parent, kdf_case, 3)
template <class Child, class ParentTag>
Child subkey(const SecretKey<ParentTag> &parent, const KdfContext &context, std::uint64_t number) {
    Child out;
    detail::derive(out.fill(raw_secret), parent.reveal(raw_secret), context, number);
    return out;
}

} // namespace crypto
