#include "crypto/primitives/aead.h"

#include <sodium.h>

namespace crypto::detail {
namespace {

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
static_assert(nonce_size + crypto_aead_xchacha20poly1305_ietf_ABYTES == aead_overhead);

} // namespace

void aead_seal_into(std::span<const Byte, 32> key, View associated, View plain, std::span<Byte> out) {
    if (out.size() != plain.size() + aead_overhead) base::broken("sealed into something of another size");
    randombytes_buf(out.data(), nonce_size);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out.data() + nonce_size, nullptr, plain.data(), plain.size(),
                                               associated.data(), associated.size(), nullptr, out.data(), key.data());
}

Result<> aead_open_into(std::span<const Byte, 32> key, View associated, View sealed, std::span<Byte> out) {
    if (sealed.size() != out.size() + aead_overhead ||
        crypto_aead_xchacha20poly1305_ietf_decrypt(out.data(), nullptr, nullptr, sealed.data() + nonce_size,
                                                   sealed.size() - nonce_size, associated.data(), associated.size(),
                                                   sealed.data(), key.data()) != 0)
        return base::fail(base::Code::refused, "open: altered, or sealed for another place or key");
    return {};
}

} // namespace crypto::detail
