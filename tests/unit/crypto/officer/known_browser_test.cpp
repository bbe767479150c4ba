#include "crypto/officer/known_browser.h"

#include "crypto/officer/keyring.h"
#include "tests/unit/crypto/support.h"

#include <set>

using namespace crypto_test;

namespace {

const base::InstanceId instance = base::InstanceId::random();
const InstanceKeys &keys() {
    static const InstanceKeys made = (crypto::start(), InstanceKeys::derive(instance, InstanceKey::random()));
    return made;
}

} // namespace

TEST(KnownBrowser, NamesItsOfficerThroughItsLastDay) {
    const base::OfficerId officer = new_officer();
    const std::string token = known_browser(keys(), officer, today);
    EXPECT_EQ(token.size(), 80u);
    EXPECT_EQ(*known_officer(keys(), token, {today.number - 1}), officer);
    EXPECT_EQ(*known_officer(keys(), token, today), officer);
    EXPECT_TRUE(fails_with(known_officer(keys(), token, {today.number + 1}), Code::expired));
}

TEST(KnownBrowser, IsMadeByThisInstanceOnly) {
    const base::OfficerId officer = new_officer();
    const InstanceKeys other_key = InstanceKeys::derive(instance, InstanceKey::random());
    EXPECT_TRUE(fails_with(known_officer(keys(), known_browser(other_key, officer, today), today), Code::refused));
    const InstanceKey key = InstanceKey::random();
    const InstanceKeys here = InstanceKeys::derive(instance, key);
    const InstanceKeys elsewhere = InstanceKeys::derive(base::InstanceId::random(), key);
    EXPECT_TRUE(known_officer(here, known_browser(here, officer, today), today));
    EXPECT_TRUE(fails_with(known_officer(here, known_browser(elsewhere, officer, today), today), Code::refused));
}

TEST(KnownBrowser, RefusesEveryChangeOfOneCharacter) {
    const std::string token = known_browser(keys(), new_officer(), today);
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string changed = token;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(known_officer(keys(), changed, today)) << i;
    }
}

TEST(KnownBrowser, RefusesAnyOtherShape) {
    const std::string token = known_browser(keys(), new_officer(), today);
    for (std::size_t i = 0; i < token.size(); ++i)
        EXPECT_TRUE(fails_with(known_officer(keys(), token.substr(0, i), today), Code::invalid));
    EXPECT_TRUE(fails_with(known_officer(keys(), token + "A", today), Code::invalid));
    EXPECT_TRUE(fails_with(known_officer(keys(), SessionCookie::random().field(), today), Code::invalid));
    EXPECT_TRUE(fails_with(known_officer(keys(), std::string(80, '='), today), Code::invalid));
    EXPECT_TRUE(fails_with(known_officer(keys(), known_browser(keys(), {}, today), today), Code::refused)) << "nobody's";
}

TEST(KnownBrowser, SaysNothingToWhoeverFindsIt) {
    const base::OfficerId officer = new_officer();
    std::set<std::string> beginnings, ends;
    for (int i = 0; i < 100; ++i) {
        const std::string token = known_browser(keys(), officer, today);
        const auto bytes = *base::from_base64url(token);
        EXPECT_EQ(std::ranges::search(bytes, officer.bytes()).size(), 0u);
        beginnings.insert(token.substr(0, 32)); // the nonce
        ends.insert(token.substr(32));
    }
    EXPECT_EQ(beginnings.size(), 100u);
    EXPECT_EQ(ends.size(), 100u) << "two tokens of one officer must not look related";
}
