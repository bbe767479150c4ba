// X25519: key pairs and sealed boxes (libsodium crypto_box_seal).
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

} // namespace crypto
