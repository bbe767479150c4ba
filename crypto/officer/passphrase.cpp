#include "crypto/officer/passphrase.h"

#include "crypto/primitives/kdf.h"

#include <sodium.h>

namespace crypto {

static_assert(sizeof(Salt) == crypto_pwhash_SALTBYTES);

Salt random_salt() {
    Salt out;
    randombytes_buf(out.data(), out.size());
    return out;
}

Result<PassphraseKeys> derive_passphrase(std::string_view passphrase, const Salt &salt, PasswordCost cost) {
    if (cost.operations < crypto_pwhash_OPSLIMIT_MIN || cost.memory_bytes < crypto_pwhash_MEMLIMIT_MIN ||
        cost.memory_bytes > crypto_pwhash_MEMLIMIT_MAX)
        return base::fail(base::Code::invalid, "passphrase: a cost outside its range");
    SecretKey<struct PassphraseRootTag> root;
    if (crypto_pwhash(root.fill(raw_secret).data(), root.size, passphrase.data(), passphrase.size(), salt.data(),
                      cost.operations, cost.memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return base::fail(base::Code::unavailable, "passphrase: no memory for Argon2id");
    return PassphraseKeys{
        .authentication = subkey<SecretKey<AuthenticationTag>>(root, kdf_passphrase, 1),
        .wrapping = subkey<SecretKey<WrappingTag>>(root, kdf_passphrase, 2),
    };
}

Array<32> authentication_hash(const InstanceKeys &keys, base::OfficerId officer, const PassphraseKeys &passphrase) {
    return keyed_hash(keys.pepper, {base::view("sucharit/authentication/v1"), officer.bytes(),
                                    passphrase.authentication.reveal(raw_secret)});
}

std::string generate_passphrase() {
    constexpr std::string_view consonants = "bdfghjklmnprstvz", vowels = "aiou";
    constexpr std::size_t words = 5;
    Secret<2 * words, struct PassphraseBitsTag> random = Secret<2 * words, PassphraseBitsTag>::random();
    const auto bytes = random.reveal(raw_secret);
    std::string out;
    out.reserve(words * 6);
    for (std::size_t i = 0; i < words; ++i) {
        const unsigned bits = bytes[2 * i] | static_cast<unsigned>(bytes[2 * i + 1]) << 8;
        if (i > 0)
            out += '-';
        out += consonants[bits >> 12];
        out += vowels[bits >> 10 & 3];
        out += consonants[bits >> 6 & 15];
        out += vowels[bits >> 4 & 3];
        out += consonants[bits & 15];
    }
    return out;
}

} // namespace crypto
