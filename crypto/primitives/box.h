// X25519: key pairs, sealed boxes (libsodium crypto_box_seal) and boxes that show their sender (crypto_box_easy).
#pragma once

#include "crypto/primitives/secret.h"

namespace crypto {

struct BoxPublicKey {
    Array<32> bytes{};
    auto operator<=>(const BoxPublicKey &) const = default;
};
using BoxSecretKey = SecretKey<struct BoxSecretTag>;
using BoxSeed = SecretKey<struct BoxSeedTag>;

struct BoxPair {
    BoxPublicKey public_key;
    BoxSecretKey secret_key;
};

BoxPair random_box_pair();
BoxPair box_pair_from(const BoxSeed &seed);
BoxPublicKey public_half(const BoxSecretKey &key);

// Low-order and otherwise degenerate keys make every sender's box readable: refused wherever a key enters.
bool is_safe(const BoxPublicKey &key);

inline constexpr std::size_t box_overhead = 48;

// 48 bytes longer than the message. Code::refused for a key that is not safe, and for whatever does not open.
Result<Bytes> box_seal(const BoxPublicKey &to, View message);
Result<Bytes> box_seal_open(const BoxPair &pair, View sealed);
// The same for secrets: straight into `out`, whose size the message must have. Nothing is written on failure.
Result<> box_seal_open_into(const BoxPair &pair, View sealed, std::span<Byte> out);

inline constexpr std::size_t box_from_overhead = 40;

// Only who holds one of the two secret keys makes a box that opens, so the receiver could have made it too: it proves the
// sender to the receiver and to nobody else. Random nonce (24 bytes) ‖ tag (16) ‖ ciphertext.
// Code::refused as above, for either key.
Result<Bytes> box_to(const BoxPublicKey &to, const BoxPair &from, View message);
// Straight into `out`, whose size the message must have. Nothing is written on failure.
Result<> box_from_into(const BoxPublicKey &from, const BoxPair &to, View boxed, std::span<Byte> out);

} // namespace crypto
