// New keys that the old ones vouch for: they count as the old certificate does, and give nothing more.
#include "crypto/officer/rotation.h"

#include "tests/unit/crypto/support.h"

using namespace crypto_test;

namespace {

struct Rotation : testing::Test {
    Agency agency;
    base::OfficerId officer = new_officer();
    OfficerKeys old = OfficerKeys::random(officer), fresh = OfficerKeys::random(officer);
    CertificateFields present = agency.certify(agency.executive, old, reading | Right::vouching, {19'500}, {20'100});

    CertificateFields changed() const {
        CertificateFields fields = fields_for(agency.instance, fresh, present.rights, {19'900}, present.not_after);
        fields.display_name = present.display_name;
        return fields;
    }
    // Whether the new keys are sealed to.
    bool live(const OfficerKeys &signer, const CertificateFields &fields, base::Day day = today) {
        agency.certificates.push_back(*issue_certificate(signer, fields));
        const Roster roster = agency.roster(day);
        agency.certificates.pop_back();
        const CertificateFields *found = roster.live(officer);
        return found && found->box == fields.box;
    }
    bool known(const OfficerKeys &signer, const CertificateFields &fields, base::Day day = today) {
        agency.certificates.push_back(*issue_certificate(signer, fields));
        const Roster roster = agency.roster(day);
        agency.certificates.pop_back();
        const Signature signature = sign(fresh.sign.secret_key, "sucharit/move/v1", view("m"));
        return roster.signed_by(officer, "sucharit/move/v1", view("m"), signature);
    }
};

} // namespace

TEST_F(Rotation, SealsToTheNewKeysAndKnowsTheOldOnes) {
    agency.certificates.push_back(*rotate_certificate(old, present, fresh, today));
    const Roster roster = agency.roster();
    EXPECT_EQ(roster.refused(), 0u);
    EXPECT_EQ(roster.live(officer)->box, fresh.box.public_key);
    EXPECT_EQ(roster.live(officer)->rights, present.rights);
    for (const OfficerKeys *keys : {&old, &fresh}) {
        const Signature signature = sign(keys->sign.secret_key, "sucharit/move/v1", view("m"));
        EXPECT_TRUE(roster.signed_by(officer, "sucharit/move/v1", view("m"), signature));
        EXPECT_TRUE(roster.signed_by_live(officer, "sucharit/move/v1", view("m"), signature)) << "posts signed before go on";
    }
}

TEST_F(Rotation, OnTheFirstDayOfTheOldCertificateTheNewOneWins) {
    for (int i = 0; i < 20; ++i) {
        const OfficerKeys first = OfficerKeys::random(new_officer()), second = OfficerKeys::random(first.officer);
        const CertificateFields fields = agency.certify(agency.executive, first, reading, today);
        agency.certificates.push_back(*rotate_certificate(first, fields, second, today));
        EXPECT_EQ(agency.roster().live(first.officer)->box, second.box.public_key);
    }
}

TEST_F(Rotation, TakesLessButNeverMore) {
    EXPECT_TRUE(live(old, changed()));
    CertificateFields fields = changed();
    fields.rights = reading;
    fields.not_after = {20'050};
    EXPECT_TRUE(live(old, fields)) << "fewer rights, an earlier end";
    fields = changed();
    fields.rights = everything;
    EXPECT_FALSE(known(old, fields)) << "a right more";
    fields = changed();
    fields.not_after = {20'101};
    EXPECT_FALSE(known(old, fields)) << "a day more";
    fields = changed();
    fields.display_name = "นายก";
    EXPECT_FALSE(known(old, fields)) << "another name";
    fields = changed();
    fields.not_before = {19'499};
    EXPECT_FALSE(known(old, fields)) << "before the old one began";
    fields = changed();
    fields.instance = base::InstanceId::random();
    EXPECT_FALSE(known(old, fields)) << "another instance";
}

TEST_F(Rotation, IsSignedWithTheOldKeysOfTheSameOfficer) {
    EXPECT_FALSE(known(fresh, changed())) << "with the new ones";
    const OfficerKeys stranger = OfficerKeys::random(officer);
    EXPECT_FALSE(known(stranger, changed())) << "with keys that no certificate holds";
    const OfficerKeys colleague = agency.enrol(reading);
    CertificateFields fields = changed();
    EXPECT_FALSE(known(colleague, fields)) << "by a colleague without the vouching right";
}

TEST_F(Rotation, DoesNotNeedTheVouchingRightForOneself) {
    const OfficerKeys legal = agency.enrol(reading), next = OfficerKeys::random(legal.officer);
    const CertificateFields fields = StoredCertificate::parse(agency.certificates.back())->fields;
    agency.certificates.push_back(*rotate_certificate(legal, fields, next, today));
    EXPECT_EQ(agency.roster().live(legal.officer)->box, next.box.public_key);
}

TEST_F(Rotation, AVoucherGivesThemselvesNoMoreThanTheyHad) {
    CertificateFields fields = changed();
    fields.rights = everything; // `old` may vouch, but not for this
    EXPECT_FALSE(live(old, fields));
}

TEST_F(Rotation, GoesWithTheOldCertificate) {
    agency.certificates.push_back(*rotate_certificate(old, present, fresh, {19'900}));
    EXPECT_EQ(agency.roster({20'101}).live(officer), nullptr) << "expired";
    agency.revocations.push_back(revoke(agency.outside, agency.instance, present.serial, {19'950}));
    const Roster roster = agency.roster();
    EXPECT_EQ(roster.live(officer), nullptr) << "revoked";
    const Signature signature = sign(fresh.sign.secret_key, "sucharit/move/v1", view("m"));
    EXPECT_TRUE(roster.signed_by(officer, "sucharit/move/v1", view("m"), signature)) << "what was signed stays signed";
    EXPECT_FALSE(roster.signed_by_live(officer, "sucharit/move/v1", view("m"), signature));
}

TEST_F(Rotation, OfARevokedCertificateIsNothing) {
    agency.revocations.push_back(revoke(agency.outside, agency.instance, present.serial, {19'850}));
    EXPECT_FALSE(known(old, changed()));
}

TEST_F(Rotation, GoesWithWhoVouchedForTheOldOne) {
    const OfficerKeys next = OfficerKeys::random(new_officer()), last = OfficerKeys::random(next.officer);
    const CertificateFields fields = agency.certify(old, next, reading, {19'600});
    agency.certificates.push_back(*rotate_certificate(next, fields, last, today));
    EXPECT_EQ(agency.roster().live(next.officer)->box, last.box.public_key);
    agency.revocations.push_back(revoke(agency.outside, agency.instance, present.serial, today));
    EXPECT_EQ(agency.roster().live(next.officer), nullptr);
}

TEST_F(Rotation, WhatAVoucherSignedBeforeStaysLive) {
    const OfficerKeys legal = OfficerKeys::random(new_officer());
    agency.certify(old, legal, reading, {19'600});
    agency.certificates.push_back(*rotate_certificate(old, present, fresh, today));
    EXPECT_TRUE(agency.roster().live(legal.officer));
}

TEST_F(Rotation, RootsKeepTheKeysOfTheCredentialFile) {
    const OfficerKeys next = OfficerKeys::random(agency.executive.officer);
    const CertificateFields fields = StoredCertificate::parse(agency.certificates.front())->fields;
    agency.certificates.push_back(*rotate_certificate(agency.executive, fields, next, today));
    const Roster roster = agency.roster();
    EXPECT_EQ(roster.live(agency.executive.officer)->box, agency.executive.box.public_key);
    EXPECT_EQ(roster.refused(), 1u);
}

TEST_F(Rotation, IsNotSignedForADayOutsideOrWithOtherKeys) {
    EXPECT_TRUE(fails_with(rotate_certificate(old, present, fresh, {20'101}), Code::refused));
    EXPECT_TRUE(fails_with(rotate_certificate(old, present, fresh, {19'499}), Code::refused));
    EXPECT_TRUE(fails_with(rotate_certificate(fresh, present, old, today), Code::refused));
    EXPECT_TRUE(fails_with(rotate_certificate(old, present, OfficerKeys::random(new_officer()), today), Code::refused));
}
