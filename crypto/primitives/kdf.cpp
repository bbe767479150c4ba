#include "crypto/primitives/kdf.h"

#include <sodium.h>

namespace crypto::detail {

static_assert(crypto_kdf_CONTEXTBYTES == 8 && crypto_kdf_KEYBYTES == 32);

void derive(std::span<Byte, 32> child, std::span<const Byte, 32> parent, const KdfContext &context,
            std::uint64_t number) {
    if (crypto_kdf_derive_from_key(child.data(), child.size(), number, context.bytes, parent.data()) != 0)
        base::broken("crypto_kdf: a length outside its range");
}

} // namespace crypto::detail
