#include "crypto/officer/passphrase.h"

#include "crypto/officer/words.h"
#include "crypto/primitives/kdf.h"

#include <sodium.h>

#include <vector>

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

namespace {

std::string proquints() {
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

constexpr std::size_t list_size = 2048, words_of_a_list = 7; // 11 bits each

// The reserved memory never moves: no piece of a passphrase stays behind in what was given back.
std::string from_list(std::string_view list) {
    Secret<2 * words_of_a_list, struct WordBitsTag> random = Secret<2 * words_of_a_list, WordBitsTag>::random();
    const auto bytes = random.reveal(raw_secret);
    std::vector<std::string_view> words;
    words.reserve(list_size);
    for (std::size_t at = 0; at < list.size();) {
        const std::size_t end = list.find(' ', at);
        words.push_back(list.substr(at, end - at));
        at = end + 1;
    }
    if (words.size() != list_size)
        base::broken("a list of words that has not its number");
    std::string out;
    out.reserve(words_of_a_list * 32);
    for (std::size_t i = 0; i < words_of_a_list; ++i) {
        const std::size_t number = (bytes[2 * i] | static_cast<std::size_t>(bytes[2 * i + 1]) << 8) % list_size;
        if (i > 0)
            out += '-';
        out += words[number];
    }
    return out;
}

} // namespace

std::string generate_passphrase(Wording wording) {
    switch (wording) {
    case Wording::proquints: return proquints();
    case Wording::thai: return from_list(thai_words());
    case Wording::english: return from_list(english_words());
    }
    base::broken("a passphrase of no kind");
}

} // namespace crypto
