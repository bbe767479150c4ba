// Officers' passphrases: made of words, hashed by Argon2id, split into a key that proves and a key that unwraps.
#pragma once

#include "crypto/primitives/hash.h"
#include "crypto/reporter/instance.h"

namespace crypto {

struct PasswordCost { // Argon2id, libsodium units
    std::uint32_t operations = 3;
    std::size_t memory_bytes = std::size_t{256} << 20;
    auto operator<=>(const PasswordCost &) const = default;
};

using Salt = Array<16>;
Salt random_salt();

struct PassphraseKeys {
    SecretKey<struct AuthenticationTag> authentication; // kdf "scrtpass" 1
    SecretKey<struct WrappingTag> wrapping;             // kdf "scrtpass" 2
};
// NFKC is not applied: the caller normalises (NFC). Code::unavailable when the memory cannot be had, Code::invalid for a
// cost outside libsodium's range (1 operation and 8 KiB at least).
Result<PassphraseKeys> derive_passphrase(std::string_view passphrase, const Salt &salt, PasswordCost cost);

// What is stored: BLAKE2b("sucharit/authentication/v1" ‖ officer id ‖ authentication, key = pepper). Compare with equal()
// of crypto/primitives/hash.h.
Array<32> authentication_hash(const InstanceKeys &keys, base::OfficerId officer, const PassphraseKeys &passphrase);

// Parts joined by hyphens, at least 77 bits, that can be read aloud and typed on a telephone; domain::fold_passphrase() leaves
// them as they are. Five proquints (arXiv:0901.4016; consonant-vowel-consonant-vowel-consonant, 16 bits each), or seven
// words of a list of 2048.
enum class Wording : std::uint8_t { proquints, thai, english };
std::string generate_passphrase(Wording wording = Wording::proquints);

} // namespace crypto
