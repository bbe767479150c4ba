#include "crypto/officer/passphrase.h"
#include "crypto/officer/words.h"

#include "tests/unit/crypto/support.h"

#include <set>

using namespace crypto_test;

namespace {
constexpr PasswordCost cheap{.operations = 1, .memory_bytes = 8192};
}

TEST(Passphrase, GivesTheSameKeysForTheSameWordsSaltAndCost) {
    const Salt salt = random_salt();
    const PassphraseKeys a = *derive_passphrase("lusab-babad", salt, cheap), b = *derive_passphrase("lusab-babad", salt, cheap);
    EXPECT_TRUE(a.authentication == b.authentication && a.wrapping == b.wrapping);
    EXPECT_FALSE(a.authentication == derive_passphrase("lusab-babaf", salt, cheap)->authentication);
    EXPECT_FALSE(a.authentication == derive_passphrase("lusab-babad", random_salt(), cheap)->authentication);
    EXPECT_FALSE(a.authentication == derive_passphrase("lusab-babad", salt, {2, 8192})->authentication);
}

TEST(Passphrase, SaysSoWhenTheMemoryCannotBeHad) {
    EXPECT_TRUE(fails_with(derive_passphrase("x", random_salt(), {1, 1024}), Code::invalid));
    EXPECT_TRUE(fails_with(derive_passphrase("x", random_salt(), {0, 8192}), Code::invalid));
}

TEST(AuthenticationHash, IsBoundToOfficerAndInstance) {
    const InstanceKeys here = InstanceKeys::derive({}, InstanceKey::random()), there = InstanceKeys::derive({}, InstanceKey::random());
    const PassphraseKeys keys = *derive_passphrase("words", random_salt(), cheap);
    const base::OfficerId officer = new_officer();
    EXPECT_TRUE(equal(authentication_hash(here, officer, keys), authentication_hash(here, officer, keys)));
    EXPECT_FALSE(equal(authentication_hash(here, officer, keys), authentication_hash(there, officer, keys)));
    EXPECT_FALSE(equal(authentication_hash(here, officer, keys), authentication_hash(here, new_officer(), keys)));
}

TEST(GeneratedPassphrase, IsFivePronounceableWords) {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const std::string words = generate_passphrase();
        ASSERT_EQ(words.size(), 29u);
        for (std::size_t k = 0; k < words.size(); ++k) {
            const std::size_t place = k % 6;
            const std::string_view allowed = place == 5 ? "-" : place % 2 == 0 ? "bdfghjklmnprstvz" : "aiou";
            ASSERT_NE(allowed.find(words[k]), allowed.npos) << words;
        }
        seen.insert(words);
    }
    EXPECT_EQ(seen.size(), 1000u);
}

TEST(GeneratedPassphrase, IsSevenWordsOfAListWithoutDoubles) {
    for (const auto &[wording, list] : {std::pair{Wording::thai, thai_words()}, std::pair{Wording::english, english_words()}}) {
        std::set<std::string_view> words;
        for (std::size_t at = 0; at < list.size();) {
            const std::size_t end = list.find(' ', at);
            ASSERT_NE(end, list.npos);
            words.insert(list.substr(at, end - at));
            at = end + 1;
        }
        EXPECT_EQ(words.size(), 2048u) << "11 bits each";
        std::set<std::string> seen;
        for (int i = 0; i < 500; ++i) {
            const std::string all = generate_passphrase(wording);
            std::size_t count = 0;
            for (std::size_t at = 0; at <= all.size(); ++count) {
                const std::size_t end = std::min(all.find('-', at), all.size());
                ASSERT_TRUE(words.contains(std::string_view(all).substr(at, end - at))) << all;
                at = end + 1;
            }
            ASSERT_EQ(count, 7u);
            seen.insert(all);
        }
        EXPECT_EQ(seen.size(), 500u);
    }
}
