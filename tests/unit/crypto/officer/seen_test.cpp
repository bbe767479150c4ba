#include "crypto/officer/seen.h"

#include "tests/unit/crypto/support.h"

using namespace crypto_test;

namespace {

const base::InstanceId instance = base::InstanceId::random();
struct Made {
    OfficerKeys keys = (crypto::start(), OfficerKeys::random(new_officer()));
    Serials serials{base::CertificateSerial::random(), base::CertificateSerial::random(), base::CertificateSerial::random()};
    Bytes stored = sign_seen(keys, instance, serials);
    Result<Serials> read(View bytes) const { return read_seen(instance, keys.officer, keys.sign.public_key, bytes); }
};

} // namespace

TEST(SeenCertificates, AreReadByWhoeverSignedThem) {
    const Made made;
    EXPECT_EQ(made.read(made.stored).value(), made.serials);
    EXPECT_TRUE(made.read(sign_seen(made.keys, instance, {})).value().empty());
}

TEST(SeenCertificates, AreNotAddedByWhoeverWritesTheRow) {
    const Made made;
    for (std::size_t i = 0; i < made.stored.size(); ++i) {
        Bytes changed = made.stored;
        changed[i] ^= 1;
        EXPECT_FALSE(made.read(changed)) << i;
    }
    Bytes longer = base::copy(base::CertificateSerial::random().bytes());
    longer.insert(longer.end(), made.stored.begin(), made.stored.end());
    EXPECT_TRUE(fails_with(made.read(longer), Code::refused));
    EXPECT_TRUE(fails_with(made.read(View(made.stored).subspan(1)), Code::invalid));
    EXPECT_TRUE(fails_with(made.read({}), Code::invalid));
    const Made other;
    EXPECT_TRUE(fails_with(made.read(sign_seen(other.keys, instance, made.serials)), Code::refused)) << "another officer's";
    EXPECT_TRUE(fails_with(made.read(sign_seen(made.keys, base::InstanceId::random(), made.serials)), Code::refused));
}
