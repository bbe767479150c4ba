// Ed25519 signatures. Every signed message begins with its own domain string, so that a signature made for one purpose
// never serves another.
#pragma once

#include "crypto/primitives/secret.h"

namespace crypto {

struct SignPublicKey {
    Array<32> bytes{};
    auto operator<=>(const SignPublicKey &) const = default;
};
using SignSecretKey = Secret<64, struct SignSecretTag>;
using Signature = Array<64>;

struct SignPair {
    SignPublicKey public_key;
    SignSecretKey secret_key;
};

SignPair random_sign_pair();

// On the curve, in the main subgroup, canonical: anything else would verify signatures that nobody made.
bool is_safe(const SignPublicKey &key);

// Signs domain ‖ 0x00 ‖ message.
Signature sign(const SignSecretKey &key, std::string_view domain, View message);
bool verify(const SignPublicKey &key, std::string_view domain, View message, const Signature &signature);

} // namespace crypto
