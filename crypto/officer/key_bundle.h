// How an officer's secret keys are laid out where they are sealed: the same 64 bytes in every place, and what each place binds them to.
#pragma once

#include "crypto/officer/keyring.h"

namespace crypto {

enum class KeyPurpose : std::uint8_t { passphrase = 1, session = 2, recovery = 3, former = 5 }; // 4: the second factor

// X25519 secret key ‖ Ed25519 seed. The public halves are computed again at opening.
using KeyBundle = Secret<64, struct KeyBundleTag>;
KeyBundle bundle(const OfficerKeys &keys);
OfficerKeys unbundle(base::OfficerId officer, const KeyBundle &bundle);

// version ‖ officer ‖ purpose ‖ generation ‖ public keys.
Bytes key_place(base::OfficerId officer, KeyPurpose purpose, std::uint32_t generation, const BoxPublicKey &box,
                const SignPublicKey &sign);
// Code::refused for public keys that are not those of the secret ones.
Result<OfficerKeys> unbundle_as(base::OfficerId officer, const KeyBundle &bundle, const BoxPublicKey &box, const SignPublicKey &sign);

} // namespace crypto
