#include "tests/unit/crypto/support.h"

using namespace crypto_test;

TEST(Roster, HoldsRootsAndWhomTheyVouchFor) {
    Agency agency;
    const OfficerKeys legal = agency.enrol(reading);
    const Roster roster = agency.roster();
    EXPECT_EQ(roster.refused(), 0u);
    EXPECT_EQ(roster.all_live().size(), 3u);
    ASSERT_TRUE(roster.live(legal.officer));
    EXPECT_EQ(roster.live(legal.officer)->box, legal.box.public_key);
    EXPECT_TRUE(std::ranges::is_sorted(roster.all_live(), {}, [](const CertificateFields *c) { return c->officer; }));
}

TEST(Roster, FollowsAChainOfVouchers) {
    Agency agency;
    const OfficerKeys head = agency.enrol(reading | Right::vouching), clerk = OfficerKeys::random(new_officer());
    agency.certify(head, clerk, reading);
    EXPECT_TRUE(agency.roster().live(clerk.officer));
}

TEST(Roster, RefusesAnIssuerWithoutTheVouchingRight) {
    Agency agency;
    const OfficerKeys admin = agency.enrol(reading | Right::custody), friend_ = OfficerKeys::random(new_officer());
    agency.certify(admin, friend_, reading);
    EXPECT_EQ(agency.roster().live(friend_.officer), nullptr);
    EXPECT_EQ(agency.roster().known(friend_.officer), nullptr);
    EXPECT_EQ(agency.roster().refused(), 1u);
}

TEST(Roster, RefusesARowThatOnlyTheDatabaseVouchesFor) {
    Agency agency;
    const OfficerKeys stranger = OfficerKeys::random(new_officer());
    agency.certify(stranger, stranger, everything);
    EXPECT_EQ(agency.roster().known(stranger.officer), nullptr);
    EXPECT_EQ(agency.roster().refused(), 1u);
}

TEST(Roster, RefusesARootWhoseKeysAreNotThoseOfTheCredentialFile) {
    Agency agency;
    const OfficerKeys impostor = OfficerKeys::random(agency.executive.officer);
    agency.certificates[0] = *issue_certificate(impostor, fields_for(agency.instance, impostor, everything));
    EXPECT_EQ(agency.roster().live(agency.executive.officer), nullptr);
    EXPECT_EQ(agency.roster().refused(), 1u);
}

TEST(Roster, RefusesOtherKeysForARootEvenFromAVoucher) {
    Agency agency;
    const OfficerKeys impostor = OfficerKeys::random(agency.executive.officer);
    agency.certify(agency.outside, impostor, everything, {19'500});
    EXPECT_EQ(agency.roster().live(agency.executive.officer)->box, agency.executive.box.public_key);
    EXPECT_EQ(agency.roster().refused(), 1u);
}

TEST(Roster, RefusesEveryAlteredByte) {
    Agency agency;
    const OfficerKeys legal = agency.enrol(reading);
    const Bytes good = agency.certificates.back();
    for (std::size_t i = 0; i < good.size(); i += 7) {
        agency.certificates.back() = good;
        agency.certificates.back()[i] ^= 1;
        EXPECT_EQ(agency.roster().live(legal.officer), nullptr) << i;
    }
}

TEST(Roster, RefusesACertificateOfAnotherInstance) {
    Agency ours;
    const OfficerKeys legal = OfficerKeys::random(new_officer());
    ours.certificates.push_back(*issue_certificate(ours.executive, fields_for(base::InstanceId::random(), legal, reading)));
    EXPECT_EQ(ours.roster().live(legal.officer), nullptr);
    EXPECT_EQ(ours.roster().refused(), 1u);
}

TEST(Roster, RefusesLowOrderKeys) {
    Agency agency;
    CertificateFields fields = fields_for(agency.instance, OfficerKeys::random(new_officer()), reading);
    fields.issuer = agency.executive.officer;
    fields.box = BoxPublicKey{{1}};
    const Signature signature = sign(agency.executive.sign.secret_key, certificate_domain, fields.encode());
    agency.certificates.push_back(stored_certificate(fields, signature));
    EXPECT_EQ(agency.roster().live(fields.officer), nullptr);
    EXPECT_EQ(agency.roster().refused(), 1u);
}

TEST(Roster, RefusesACycle) {
    Agency agency;
    const OfficerKeys a = OfficerKeys::random(new_officer()), b = OfficerKeys::random(new_officer());
    agency.certify(a, b, everything);
    agency.certify(b, a, everything);
    EXPECT_EQ(agency.roster().refused(), 2u);
}

TEST(Roster, RefusesAChainDeeperThanItsBound) {
    Agency agency;
    OfficerKeys issuer = OfficerKeys::random(new_officer());
    agency.certify(agency.executive, issuer, vouching);
    for (int depth = 2; depth <= Roster::max_depth + 1; ++depth) {
        OfficerKeys next = OfficerKeys::random(new_officer());
        agency.certify(issuer, next, vouching);
        EXPECT_EQ(agency.roster().live(next.officer) != nullptr, depth <= Roster::max_depth) << depth;
        issuer = std::move(next);
    }
}

TEST(Roster, SealsToNobodyOutsideTheirDays) {
    Agency agency;
    const OfficerKeys legal = OfficerKeys::random(new_officer());
    agency.certify(agency.executive, legal, reading, {19'990}, {20'010});
    EXPECT_EQ(agency.roster({19'989}).live(legal.officer), nullptr);
    EXPECT_TRUE(agency.roster({19'990}).live(legal.officer));
    EXPECT_TRUE(agency.roster({20'010}).live(legal.officer));
    EXPECT_EQ(agency.roster({20'011}).live(legal.officer), nullptr);
    EXPECT_TRUE(agency.roster({20'011}).known(legal.officer)) << "old signatures stay valid";
}

TEST(Roster, KnowsARevokedOfficerForOldSignaturesOnly) {
    Agency agency;
    const OfficerKeys legal = OfficerKeys::random(new_officer());
    const CertificateFields fields = agency.certify(agency.executive, legal, reading);
    const Signature old = sign(legal.sign.secret_key, "sucharit/move/v1", view("m"));
    agency.revocations.push_back(revoke(agency.outside, agency.instance, fields.serial, today));
    const Roster roster = agency.roster();
    EXPECT_EQ(roster.live(legal.officer), nullptr);
    EXPECT_TRUE(roster.known(legal.officer));
    EXPECT_TRUE(roster.signed_by(legal.officer, "sucharit/move/v1", view("m"), old));
    EXPECT_EQ(roster.refused(), 0u);
}

TEST(Roster, IgnoresARevocationFromSomebodyWhoMayNotRevoke) {
    Agency agency;
    const OfficerKeys admin = agency.enrol(reading), legal = OfficerKeys::random(new_officer());
    const CertificateFields fields = agency.certify(agency.executive, legal, reading);
    agency.revocations.push_back(revoke(admin, agency.instance, fields.serial, today));
    SignedRevocation altered = revoke(agency.outside, agency.instance, base::CertificateSerial::random(), today);
    altered.serial = fields.serial;
    agency.revocations.push_back(altered);
    agency.revocations.push_back(revoke(agency.outside, base::InstanceId::random(), fields.serial, today));
    EXPECT_TRUE(agency.roster().live(legal.officer));
}

TEST(Roster, LetsOfficersRevokeTheirOwn) {
    Agency agency;
    const OfficerKeys legal = OfficerKeys::random(new_officer());
    const CertificateFields fields = agency.certify(agency.executive, legal, reading);
    agency.revocations.push_back(revoke(legal, agency.instance, fields.serial, today));
    EXPECT_EQ(agency.roster().live(legal.officer), nullptr);
}

TEST(Roster, StopsSealingToWhomARevokedVoucherVouchedFor) {
    Agency agency;
    const OfficerKeys head = OfficerKeys::random(new_officer()), clerk = OfficerKeys::random(new_officer());
    const CertificateFields head_fields = agency.certify(agency.executive, head, vouching);
    agency.certify(head, clerk, reading);
    agency.revocations.push_back(revoke(agency.outside, agency.instance, head_fields.serial, {19'500}));
    EXPECT_EQ(agency.roster().live(clerk.officer), nullptr);
    EXPECT_TRUE(agency.roster().known(clerk.officer)) << "issued before the revocation";
    agency.certify(agency.outside, clerk, reading);
    EXPECT_TRUE(agency.roster().live(clerk.officer)) << "vouched for anew";
}

TEST(Roster, RefusesWhatARevokedVoucherIssuedAfterwards) {
    Agency agency;
    const OfficerKeys head = OfficerKeys::random(new_officer()), friend_ = OfficerKeys::random(new_officer());
    const CertificateFields head_fields = agency.certify(agency.executive, head, vouching);
    agency.certify(head, friend_, reading, {19'501});
    agency.revocations.push_back(revoke(agency.outside, agency.instance, head_fields.serial, {19'500}));
    EXPECT_EQ(agency.roster().known(friend_.officer), nullptr);
    EXPECT_EQ(agency.roster().refused(), 1u);
}

TEST(Roster, IgnoresTheRevocationsOfSomebodyRevokedEarlier) {
    Agency agency;
    const OfficerKeys head = OfficerKeys::random(new_officer()), legal = OfficerKeys::random(new_officer());
    const CertificateFields head_fields = agency.certify(agency.executive, head, vouching);
    const CertificateFields legal_fields = agency.certify(agency.executive, legal, reading);
    agency.revocations.push_back(revoke(head, agency.instance, legal_fields.serial, {19'600}));
    agency.revocations.push_back(revoke(agency.executive, agency.instance, head_fields.serial, {19'500}));
    EXPECT_TRUE(agency.roster().live(legal.officer));
}

TEST(Roster, PrefersTheLaterCertificateWhereBothVerify) {
    Agency agency;
    const base::OfficerId officer = new_officer();
    const OfficerKeys old_keys = OfficerKeys::random(officer), new_keys = OfficerKeys::random(officer);
    const OfficerKeys stranger = OfficerKeys::random(new_officer()), forged = OfficerKeys::random(officer);
    agency.certify(agency.executive, new_keys, reading, {19'800});
    agency.certify(agency.executive, old_keys, reading, {19'700});
    agency.certify(stranger, forged, reading, {19'900});
    const Roster roster = agency.roster();
    EXPECT_EQ(roster.live(officer)->box, new_keys.box.public_key);
    EXPECT_EQ(roster.refused(), 1u);
    const Signature old = sign(old_keys.sign.secret_key, "sucharit/reply/v1", view("m"));
    EXPECT_TRUE(roster.signed_by(officer, "sucharit/reply/v1", view("m"), old)) << "old acts outlive old keys";
}

TEST(Roster, NeedsEveryIssuerWithinItsDaysWhenItIssued) {
    Agency agency;
    const OfficerKeys head = OfficerKeys::random(new_officer()), early = OfficerKeys::random(new_officer());
    agency.certify(agency.executive, head, vouching, {19'500});
    agency.certify(head, early, reading, {19'499});
    EXPECT_EQ(agency.roster().known(early.officer), nullptr);
}

TEST(Roster, KnowsByWhichCertificatesAnOfficerIsSealedToToday) {
    Agency agency;
    const OfficerKeys legal = agency.enrol(reading);
    const auto before = agency.roster().live(legal.officer)->serial;
    EXPECT_TRUE(agency.roster().has_live_keys(legal.officer, before));
    EXPECT_FALSE(agency.roster().has_live_keys(agency.outside.officer, before));
    EXPECT_FALSE(agency.roster().has_live_keys(legal.officer, base::CertificateSerial::random()));
    const OfficerKeys fresh = OfficerKeys::random(legal.officer);
    agency.certify(agency.executive, fresh, reading, {19'500});
    ASSERT_EQ(agency.roster().live(legal.officer)->box, fresh.box.public_key);
    EXPECT_FALSE(agency.roster().has_live_keys(legal.officer, before)) << "the keys of before are not sealed to any more";
}
