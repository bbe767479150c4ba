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
