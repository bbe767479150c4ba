#include "crypto/primitives/hash.h"

#include <sodium.h>

namespace crypto::detail {

void blake2b(std::span<Byte> out, View key, Parts parts) {
    crypto_generichash_state state;
    if (crypto_generichash_init(&state, key.data(), key.size(), out.size()) != 0)
        base::broken("blake2b: a length outside its range");
    for (View part : parts)
        crypto_generichash_update(&state, part.data(), part.size());
    crypto_generichash_final(&state, out.data(), out.size());
    sodium_memzero(&state, sizeof state);
}

} // namespace crypto::detail

namespace crypto {
namespace {

crypto_generichash_state *state_in(Byte *memory) { return reinterpret_cast<crypto_generichash_state *>(memory); }

} // namespace

HashStream::HashStream() {
    static_assert(sizeof(crypto_generichash_state) <= sizeof state_ && alignof(crypto_generichash_state) <= 64);
    crypto_generichash_init(state_in(state_.data()), nullptr, 0, 32);
}

void HashStream::add(View bytes) { crypto_generichash_update(state_in(state_.data()), bytes.data(), bytes.size()); }

Array<32> HashStream::finish() {
    Array<32> out;
    crypto_generichash_final(state_in(state_.data()), out.data(), out.size());
    return out;
}

} // namespace crypto
