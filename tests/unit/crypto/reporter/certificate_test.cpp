#include "crypto/reporter/certificate.h"

#include "tests/unit/crypto/support.h"

using namespace crypto_test;

namespace {

CertificateFields sample() {
    CertificateFields fields = fields_for(base::InstanceId::random(), OfficerKeys::random(new_officer()), reading);
    fields.issuer = new_officer();
    return fields;
}

} // namespace

TEST(Certificate, ReadsBackWhatItWrote) {
    const CertificateFields fields = sample();
    const CertificateFields read = *CertificateFields::decode(fields.encode());
    EXPECT_EQ(read.encode(), fields.encode());
    EXPECT_EQ(read.display_name, fields.display_name);
    EXPECT_EQ(read.not_after, fields.not_after);
}

TEST(Certificate, RefusesBytesThatBreakItsFormat) {
    const Bytes good = sample().encode();
    ASSERT_TRUE(CertificateFields::decode(good));
    for (std::size_t i = 0; i < good.size(); ++i)
        EXPECT_FALSE(CertificateFields::decode(View(good).first(i))) << i;
    Bytes longer = good;
    longer.push_back(0);
    EXPECT_FALSE(CertificateFields::decode(longer));
    Bytes version = good;
    version[0] = 2;
    EXPECT_FALSE(CertificateFields::decode(version));
}

TEST(Certificate, RefusesUnknownRightsAndDaysInReverse) {
    CertificateFields fields = sample();
    fields.rights.bits = 8;
    EXPECT_TRUE(fails_with(CertificateFields::decode(fields.encode()), Code::invalid));
    fields.rights.bits = 7;
    fields.not_after = {fields.not_before.number - 1};
    EXPECT_TRUE(fails_with(CertificateFields::decode(fields.encode()), Code::invalid));
}

TEST(Certificate, TakesOnlyReadableNames) {
    for (const char *good : {"นายสมชาย", "A", "😀", "\xc2\xa0x"})
        EXPECT_TRUE(is_display_name(good)) << good;
    EXPECT_FALSE(is_display_name(""));
    EXPECT_FALSE(is_display_name(std::string(201, 'a')));
    for (const char *bad : {"a\nb", "\x7f", "\xc2\x85", "\xff", "\xe0\xb8", "\xed\xa0\x80", "\xc0\xaf", "\xf5\x80\x80\x80", "\xe0\x80\x80"})
        EXPECT_FALSE(is_display_name(bad));
}

TEST(Certificate, DecodesAnyBytesWithoutHarm) {
    const Bytes good = stored_certificate(sample(), Signature{});
    for (int i = 0; i < 20'000; ++i) {
        Bytes altered = good;
        Array<4> where;
        detail::fill_random(where.data(), where.size());
        altered[(where[0] | where[1] << 8) % altered.size()] = where[2];
        altered.resize(altered.size() - (where[3] % 8 == 0 ? where[3] : 0));
        (void)StoredCertificate::parse(altered);
    }
}

TEST(Fingerprint, IsReadAloudInGroupsAndCoversBothKeys) {
    CertificateFields fields = sample();
    const std::string shown = fingerprint(fields);
    EXPECT_EQ(shown.size(), 39u);
    EXPECT_EQ(std::ranges::count(shown, ' '), 7);
    fields.sign = random_sign_pair().public_key;
    EXPECT_NE(fingerprint(fields), shown);
}

TEST(IssueCertificate, RefusesWhatNobodyCouldUse) {
    const OfficerKeys issuer = OfficerKeys::random(new_officer());
    CertificateFields fields = sample();
    EXPECT_TRUE(issue_certificate(issuer, fields));
    fields.display_name = "a\tb";
    EXPECT_TRUE(fails_with(issue_certificate(issuer, fields), Code::invalid));
    fields = sample();
    fields.box = {};
    EXPECT_TRUE(fails_with(issue_certificate(issuer, fields), Code::invalid));
    fields = sample();
    fields.sign = {};
    EXPECT_TRUE(fails_with(issue_certificate(issuer, fields), Code::invalid));
}
