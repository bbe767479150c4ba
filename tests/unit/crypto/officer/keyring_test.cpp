#include "crypto/officer/keyring.h"

#include "tests/unit/crypto/support.h"

using namespace crypto_test;

namespace {

PassphraseKeys passphrase(std::string_view words) { return *derive_passphrase(words, Salt{}, {1, 8192}); }

bool same(const OfficerKeys &a, const OfficerKeys &b) {
    return a.officer == b.officer && a.box.public_key == b.box.public_key && a.box.secret_key == b.box.secret_key &&
           a.sign.public_key == b.sign.public_key && a.sign.secret_key == b.sign.secret_key;
}

} // namespace

TEST(OfficerKeys, ComeBackUnderTheirPassphrase) {
    const OfficerKeys keys = OfficerKeys::random(new_officer());
    const Bytes sealed = seal_keys(keys, passphrase("right"), 3);
    EXPECT_TRUE(same(keys, *open_keys(keys.officer, 3, keys.box.public_key, keys.sign.public_key, passphrase("right"), sealed)));
}

TEST(OfficerKeys, RefuseAnotherPassphraseOfficerGenerationOrPublicKey) {
    const OfficerKeys keys = OfficerKeys::random(new_officer()), other = OfficerKeys::random(new_officer());
    const PassphraseKeys right = passphrase("right");
    Bytes sealed = seal_keys(keys, right, 3);
    const auto open = [&](base::OfficerId officer, std::uint32_t generation, const BoxPublicKey &box, const SignPublicKey &sign,
                          const PassphraseKeys &with) { return open_keys(officer, generation, box, sign, with, sealed); };
    EXPECT_TRUE(fails_with(open(keys.officer, 3, keys.box.public_key, keys.sign.public_key, passphrase("wrong")), Code::refused));
    EXPECT_TRUE(fails_with(open(other.officer, 3, keys.box.public_key, keys.sign.public_key, right), Code::refused));
    EXPECT_TRUE(fails_with(open(keys.officer, 2, keys.box.public_key, keys.sign.public_key, right), Code::refused));
    EXPECT_TRUE(fails_with(open(keys.officer, 3, other.box.public_key, keys.sign.public_key, right), Code::refused));
    EXPECT_TRUE(fails_with(open(keys.officer, 3, keys.box.public_key, other.sign.public_key, right), Code::refused));
    sealed.pop_back();
    EXPECT_TRUE(fails_with(open(keys.officer, 3, keys.box.public_key, keys.sign.public_key, right), Code::refused));
}

TEST(OfficerKeys, RefusePublicKeysThatAreNotTheirs) {
    OfficerKeys keys = OfficerKeys::random(new_officer());
    keys.box.public_key = random_box_pair().public_key;
    const Bytes sealed = seal_keys(keys, passphrase("right"), 1);
    EXPECT_TRUE(fails_with(open_keys(keys.officer, 1, keys.box.public_key, keys.sign.public_key, passphrase("right"), sealed),
                           Code::refused));
}

TEST(Session, OpensWithItsCookieOnly) {
    const OfficerKeys keys = OfficerKeys::random(new_officer());
    const SessionCookie cookie = SessionCookie::random();
    const Bytes sealed = seal_session_keys(keys, cookie);
    const SessionCookie returned = *SessionCookie::parse(cookie.field());
    EXPECT_TRUE(same(keys, *open_session_keys(returned, keys.officer, sealed)));
    EXPECT_TRUE(fails_with(open_session_keys(SessionCookie::random(), keys.officer, sealed), Code::refused));
    EXPECT_TRUE(fails_with(open_session_keys(cookie, new_officer(), sealed), Code::refused));
    SessionCookie other_id{base::random_id_bytes(), cookie.key.clone()};
    EXPECT_TRUE(fails_with(open_session_keys(other_id, keys.officer, sealed), Code::refused));
}

TEST(Session, KeysAreNotOpenedAsPassphraseKeys) {
    const OfficerKeys keys = OfficerKeys::random(new_officer());
    const SessionCookie cookie = SessionCookie::random();
    PassphraseKeys same_key;
    std::ranges::copy(cookie.key.reveal(raw_secret), same_key.wrapping.fill(raw_secret).begin());
    EXPECT_TRUE(fails_with(open_keys(keys.officer, 1, keys.box.public_key, keys.sign.public_key, same_key,
                                     seal_session_keys(keys, cookie)),
                           Code::refused));
}

TEST(SessionCookie, RefusesAnyOtherShape) {
    const std::string field = SessionCookie::random().field();
    EXPECT_EQ(field.size(), 64u);
    for (std::size_t i = 0; i < field.size(); ++i)
        EXPECT_TRUE(fails_with(SessionCookie::parse(field.substr(0, i)), Code::invalid));
    EXPECT_TRUE(fails_with(SessionCookie::parse(field + "A"), Code::invalid));
    EXPECT_TRUE(fails_with(SessionCookie::parse(std::string(64, '=')), Code::invalid));
    for (int i = 0; i < 5000; ++i) {
        Array<64> noise;
        detail::fill_random(noise.data(), noise.size());
        (void)SessionCookie::parse(base::text(noise));
    }
}

TEST(Csrf, MatchesItsSessionOnly) {
    const InstanceKeys keys = InstanceKeys::derive({}, InstanceKey::random());
    const Array<16> session = base::random_id_bytes();
    const std::string token = csrf_token(keys, session);
    EXPECT_TRUE(csrf_matches(keys, session, token));
    EXPECT_FALSE(csrf_matches(keys, base::random_id_bytes(), token));
    EXPECT_FALSE(csrf_matches(keys, session, ""));
    EXPECT_FALSE(csrf_matches(keys, session, token + "A"));
    EXPECT_FALSE(csrf_matches(InstanceKeys::derive({}, InstanceKey::random()), session, token));
}

TEST(HeadMessage, NamesInstanceSequenceHeadRosterAndDay) {
    const base::InstanceId instance = base::InstanceId::random();
    const Bytes message = head_message(instance, 5, {}, 2, today);
    EXPECT_EQ(message.size(), 68u);
    EXPECT_NE(message, head_message(instance, 6, {}, 2, today));
    EXPECT_NE(message, head_message(instance, 5, {1}, 2, today));
    EXPECT_NE(message, head_message(instance, 5, {}, 3, today));
    EXPECT_NE(message, head_message(instance, 5, {}, 2, {1}));
}
