#include "crypto/officer/door.h"

#include "crypto/officer/keyring.h"
#include "tests/unit/crypto/support.h"

using namespace crypto_test;

namespace {

TEST(Door, TokenMatchesItsCookieOnly) {
    const InstanceKeys keys = InstanceKeys::derive({}, InstanceKey::random());
    const std::string cookie = new_door(), token = door_token(keys, cookie);
    EXPECT_EQ(cookie.size(), 22u);
    EXPECT_EQ(token.size(), 43u);
    EXPECT_NE(cookie, new_door());
    EXPECT_TRUE(door_matches(keys, cookie, token));
    EXPECT_FALSE(door_matches(keys, new_door(), token));
    EXPECT_FALSE(door_matches(keys, cookie, ""));
    EXPECT_FALSE(door_matches(keys, cookie, token + "A"));
    EXPECT_FALSE(door_matches(InstanceKeys::derive({}, InstanceKey::random()), cookie, token));
}

TEST(Door, ACookieOfAnotherShapeHasNoToken) {
    const InstanceKeys keys = InstanceKeys::derive({}, InstanceKey::random());
    for (const std::string &cookie : {std::string(), std::string(21, 'A'), std::string(23, 'A'), std::string(22, '=')}) {
        EXPECT_EQ(door_token(keys, cookie), "") << cookie;
        EXPECT_FALSE(door_matches(keys, cookie, "")) << cookie;
    }
}

TEST(Door, TokenIsNoCsrfToken) {
    const InstanceKeys keys = InstanceKeys::derive({}, InstanceKey::random());
    const Array<16> id = base::random_id_bytes();
    EXPECT_NE(door_token(keys, base::base64url(id)), csrf_token(keys, id));
}

} // namespace
