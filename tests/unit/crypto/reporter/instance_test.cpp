#include "crypto/reporter/instance.h"

#include "tests/unit/crypto/support.h"

#include <set>

using namespace crypto_test;

TEST(InstanceKeys, AreDerivedNotStored) {
    const InstanceKey key = InstanceKey::random();
    const InstanceKeys a = InstanceKeys::derive({}, key), b = InstanceKeys::derive({}, key);
    EXPECT_TRUE(a.pepper == b.pepper && a.audit == b.audit && a.once_mac == b.once_mac && a.token == b.token &&
                a.receipt_source == b.receipt_source && a.database_wrap == b.database_wrap);
}

// A key with two purposes would let what is made for one pass for the other.
TEST(InstanceKeys, AreAllDifferent) {
    const InstanceKeys keys = InstanceKeys::derive({}, InstanceKey::random());
    std::set<Bytes> different;
    const auto add = [&](const auto &...key) { (different.insert(base::copy(key.reveal(raw_secret))), ...); };
    add(keys.database_wrap, keys.pepper, keys.audit, keys.once_mac, keys.receipt_source, keys.token, keys.known_browser);
    EXPECT_EQ(different.size(), 7u);
}

TEST(DatabaseKey, OpensUnderItsInstanceOnly) {
    const InstanceKey key = InstanceKey::random();
    const InstanceKeys ours = InstanceKeys::derive(base::InstanceId::random(), key);
    const DatabaseKey database = DatabaseKey::random();
    Bytes wrapped = wrap_database_key(ours, database);
    EXPECT_TRUE(*unwrap_database_key(ours, wrapped) == database);
    EXPECT_TRUE(fails_with(unwrap_database_key(InstanceKeys::derive(base::InstanceId::random(), key), wrapped), Code::refused));
    EXPECT_TRUE(fails_with(unwrap_database_key(InstanceKeys::derive(ours.instance, InstanceKey::random()), wrapped), Code::refused));
    EXPECT_TRUE(fails_with(unwrap_database_key(ours, View(wrapped).first(71)), Code::refused));
    wrapped[40] ^= 1;
    EXPECT_TRUE(fails_with(unwrap_database_key(ours, wrapped), Code::refused));
}
