// What the reporter's side takes for the current case key, and what it refuses to seal to.
#include "crypto/officer/epoch.h"

#include "tests/unit/crypto/support.h"

using namespace crypto_test;

namespace {

// A case in its third epoch, begun by two different officers.
struct Renewed : FiledCase {
    NextEpoch second = *begin_epoch(key(), record(), {}, clerk, readers());
    NextEpoch third = *begin_epoch(second.key, second.record, second.certificate.stored(), legal, readers());
    std::vector<Bytes> chain{second.certificate.stored(), third.certificate.stored()};

    std::vector<SlotPlan> readers() const {
        return {{clerk.officer, roster.live(clerk.officer), SlotPurpose::case_key},
                {legal.officer, roster.live(legal.officer), SlotPurpose::case_key}};
    }
    Result<CaseRecord> current(std::span<const Bytes> certificates) const {
        return current_case_key(reporter, record(), certificates, roster);
    }
    // A second epoch that `author` signed, everything else as it should be.
    Bytes link(const OfficerKeys &author, auto change) const {
        EpochCertificate certificate = second.certificate;
        certificate.author = author.officer;
        change(certificate);
        certificate.signature = sign(author.sign.secret_key, epoch_domain, certificate.signed_bytes());
        return certificate.stored();
    }
    Bytes link(const OfficerKeys &author) const {
        return link(author, [](EpochCertificate &) {});
    }
    Result<CaseRecord> current_by(Bytes one) const { return current(std::vector<Bytes>{std::move(one)}); }
};

} // namespace

TEST(CurrentCaseKey, IsTheFirstWhileNothingWasTakenAway) {
    Renewed c;
    const CaseRecord found = *c.current({});
    EXPECT_EQ(found.epoch, 1u);
    EXPECT_EQ(found.case_key, c.record().case_key);
}

TEST(CurrentCaseKey, IsTheLastThatOfficersSigned) {
    Renewed c;
    const CaseRecord found = *c.current(c.chain);
    EXPECT_EQ(found.epoch, 3u);
    EXPECT_EQ(found.case_key, c.third.record.case_key);
    EXPECT_EQ(found.commitment, c.third.record.commitment);
    EXPECT_EQ(found.reporter_key, c.reporter.pair.public_key);
    EXPECT_TRUE(c.current_by(c.link(c.clerk)));
}

TEST(CurrentCaseKey, RefusesSkippedReorderedAndRepeatedEpochs) {
    Renewed c;
    EXPECT_TRUE(fails_with(c.current(std::vector<Bytes>{c.chain[1]}), Code::refused));
    EXPECT_TRUE(fails_with(c.current(std::vector{c.chain[1], c.chain[0]}), Code::refused));
    EXPECT_TRUE(fails_with(c.current(std::vector{c.chain[0], c.chain[0]}), Code::refused));
    EXPECT_TRUE(fails_with(c.current_by(c.link(c.clerk, [](auto &e) { e.epoch = 3; })), Code::refused));
}

TEST(CurrentCaseKey, RefusesALinkThatHangsOnAnother) {
    Renewed c, other;
    // Two rightly signed second epochs: the third hangs on one of them only.
    const Bytes fork = begin_epoch(c.key(), c.record(), {}, c.legal, c.readers())->certificate.stored();
    EXPECT_TRUE(c.current_by(fork));
    EXPECT_TRUE(fails_with(c.current(std::vector{fork, c.chain[1]}), Code::refused));
    EXPECT_TRUE(fails_with(c.current_by(c.link(c.clerk, [](auto &e) { e.previous[0] ^= 1; })), Code::refused));
    const auto of_another_case = [&](auto &e) { e.case_id = other.record().case_id; };
    EXPECT_TRUE(fails_with(c.current_by(c.link(c.clerk, of_another_case)), Code::refused));
    EXPECT_TRUE(fails_with(c.current(other.chain), Code::refused));
}

TEST(CurrentCaseKey, RefusesASignerWhomTheRosterDoesNotKnowAsAReader) {
    Renewed c;
    const OfficerKeys auditor = c.agency.enrol(vouching), stranger = OfficerKeys::random(new_officer());
    const OfficerKeys in_the_clerks_name{c.clerk.officer, random_box_pair(), random_sign_pair()};
    c.roster = c.agency.roster();
    EXPECT_TRUE(fails_with(c.current_by(c.link(auditor)), Code::refused));
    EXPECT_TRUE(fails_with(c.current_by(c.link(stranger)), Code::refused));
    EXPECT_TRUE(fails_with(c.current_by(c.link(in_the_clerks_name)), Code::refused));
    Bytes unsigned_link = c.chain[0];
    unsigned_link.back() ^= 1;
    EXPECT_TRUE(fails_with(c.current_by(unsigned_link), Code::refused));
    EXPECT_TRUE(c.current_by(c.link(c.legal)));
}

TEST(CurrentCaseKey, RefusesAKeyOfThatOfficerThatNeverHadTheRight) {
    Renewed c;
    // The officer once read with other keys; the certificate of these gives vouching only.
    OfficerKeys changed = OfficerKeys::random(c.legal.officer);
    c.agency.certify(c.agency.executive, changed, vouching, {19'500});
    c.roster = c.agency.roster();
    EXPECT_TRUE(fails_with(c.current_by(c.link(changed)), Code::refused));
    EXPECT_TRUE(c.current_by(c.link(c.legal)));
}

TEST(CurrentCaseKey, HoldsAfterItsAuthorLeft) {
    Renewed c;
    const CertificateFields *certificate = c.roster.live(c.clerk.officer);
    c.agency.revocations.push_back(revoke(c.agency.outside, c.agency.instance, certificate->serial, today));
    c.roster = c.agency.roster();
    EXPECT_EQ(c.roster.live(c.clerk.officer), nullptr);
    EXPECT_TRUE(c.current(c.chain));
}

TEST(CurrentCaseKey, RefusesAFirstRecordThatTheReceiptDidNotWrite) {
    Renewed c, other;
    EXPECT_TRUE(fails_with(current_case_key(other.reporter, c.record(), c.chain, c.roster), Code::refused));
    CaseRecord rewritten = c.record();
    rewritten.case_key = other.record().case_key;
    EXPECT_TRUE(fails_with(current_case_key(c.reporter, rewritten, {}, c.roster), Code::refused));
    rewritten = c.record();
    rewritten.commitment = other.record().commitment;
    EXPECT_TRUE(fails_with(current_case_key(c.reporter, rewritten, c.chain, c.roster), Code::refused))
        << "the chain hangs on the whole record";
    rewritten = c.record();
    rewritten.identity_commitment = other.record().identity_commitment;
    EXPECT_TRUE(fails_with(current_case_key(c.reporter, rewritten, c.chain, c.roster), Code::refused));
}

TEST(CurrentCaseKey, IsNeverTakenFromALaterRowAlone) {
    Renewed c;
    EXPECT_TRUE(fails_with(verify_record(c.reporter, c.second.record), Code::refused));
    EXPECT_TRUE(fails_with(current_case_key(c.reporter, c.second.record, {}, c.roster), Code::refused));
    EXPECT_TRUE(fails_with(verify_epochs(c.second.record, {}, c.roster), Code::refused));
    EXPECT_TRUE(fails_with(verify_epochs(c.second.record, std::vector<Bytes>{c.chain[1]}, c.roster), Code::refused));
}

TEST(EpochCertificate, RefusesOtherLengthsVersionsAndDegenerateKeys) {
    Renewed c;
    const Bytes stored = c.chain[0];
    EXPECT_EQ(stored.size(), 197u);
    EXPECT_EQ(EpochCertificate::parse(stored)->stored(), stored);
    for (std::size_t size : {0u, 1u, 133u, 196u})
        EXPECT_TRUE(fails_with(EpochCertificate::parse(View(stored).first(size)), Code::refused));
    Bytes longer = stored, version = stored;
    longer.push_back(0);
    version[0] = 2;
    EXPECT_TRUE(fails_with(EpochCertificate::parse(longer), Code::refused));
    EXPECT_TRUE(fails_with(EpochCertificate::parse(version), Code::refused));
    EXPECT_TRUE(
        fails_with(c.current_by(c.link(c.clerk, [](auto &e) { e.case_key = BoxPublicKey{{1}}; })), Code::refused));
    EXPECT_TRUE(fails_with(EpochCertificate::parse(c.link(c.clerk, [](auto &e) { e.epoch = 1; })), Code::refused));
    EXPECT_TRUE(fails_with(EpochCertificate::parse(c.link(c.clerk, [](auto &e) { e.author = {}; })), Code::refused));
}

TEST(EpochCertificate, RefusesASignatureMadeForSomethingElse) {
    Renewed c;
    EpochCertificate certificate = c.second.certificate;
    certificate.signature = sign(c.clerk.sign.secret_key, certificate_domain, certificate.signed_bytes());
    EXPECT_TRUE(fails_with(c.current_by(certificate.stored()), Code::refused));
}
