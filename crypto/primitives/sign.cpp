#include "crypto/primitives/sign.h"

#include <sodium.h>

namespace crypto {
namespace {

Bytes with_domain(std::string_view domain, View message) {
    Bytes out;
    out.reserve(domain.size() + 1 + message.size());
    View head = base::view(domain);
    out.insert(out.end(), head.begin(), head.end());
    out.push_back(0);
    out.insert(out.end(), message.begin(), message.end());
    return out;
}

} // namespace

SignPair random_sign_pair() {
    SignPair out;
    crypto_sign_keypair(out.public_key.bytes.data(), out.secret_key.fill(raw_secret).data());
    return out;
}

bool is_safe(const SignPublicKey &key) { return crypto_core_ed25519_is_valid_point(key.bytes.data()) == 1; }

Signature sign(const SignSecretKey &key, std::string_view domain, View message) {
    const Scratch whole(with_domain(domain, message));
    Signature out;
    crypto_sign_detached(out.data(), nullptr, whole.view().data(), whole.view().size(), key.reveal(raw_secret).data());
    return out;
}

bool verify(const SignPublicKey &key, std::string_view domain, View message, const Signature &signature) {
    const Scratch whole(with_domain(domain, message));
    return crypto_sign_verify_detached(signature.data(), whole.view().data(), whole.view().size(), key.bytes.data()) == 0;
}

} // namespace crypto
