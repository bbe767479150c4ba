#include "crypto/officer/recovery.h"
#include "crypto/officer/rotation.h"

#include "tests/unit/crypto/support.h"

using namespace crypto_test;

TEST(RecoveryCode, OpensTheCopyForItsOfficerGenerationAndKeysOnly) {
    const OfficerKeys keys = OfficerKeys::random(new_officer()), other = OfficerKeys::random(new_officer());
    const PaperCode code = PaperCode::random();
    const auto derived = recovery_keys(code, keys.officer);
    const Bytes sealed = seal_recovery(keys, derived, 2);
    const auto open = [&](base::OfficerId officer, std::uint32_t generation, const BoxPublicKey &box, const SignPublicKey &sign,
                          const RecoveryKeys &with) { return open_recovery(officer, generation, box, sign, with, sealed); };
    const auto right = open(keys.officer, 2, keys.box.public_key, keys.sign.public_key, recovery_keys(*PaperCode::parse(code.text()), keys.officer));
    ASSERT_TRUE(right);
    EXPECT_EQ(right->box.secret_key, keys.box.secret_key);
    EXPECT_EQ(right->sign.secret_key, keys.sign.secret_key);
    EXPECT_TRUE(fails_with(open(keys.officer, 2, keys.box.public_key, keys.sign.public_key, recovery_keys(PaperCode::random(), keys.officer)), Code::refused));
    EXPECT_TRUE(fails_with(open(keys.officer, 1, keys.box.public_key, keys.sign.public_key, derived), Code::refused));
    EXPECT_TRUE(fails_with(open(other.officer, 2, keys.box.public_key, keys.sign.public_key, derived), Code::refused));
    EXPECT_TRUE(fails_with(open(keys.officer, 2, other.box.public_key, keys.sign.public_key, derived), Code::refused));
    EXPECT_TRUE(fails_with(open(keys.officer, 2, keys.box.public_key, other.sign.public_key, derived), Code::refused));
}

TEST(RecoveryCode, IsStoredAsAHashOfThisInstanceAndOfficer) {
    const InstanceKeys here = InstanceKeys::derive({}, InstanceKey::random()), there = InstanceKeys::derive({}, InstanceKey::random());
    const base::OfficerId officer = new_officer(), other = new_officer();
    const PaperCode code = PaperCode::random();
    EXPECT_EQ(recovery_check(here, officer, recovery_keys(code, officer)), recovery_check(here, officer, recovery_keys(code, officer)));
    EXPECT_NE(recovery_check(here, officer, recovery_keys(code, officer)), recovery_check(there, officer, recovery_keys(code, officer)));
    EXPECT_NE(recovery_check(here, officer, recovery_keys(code, officer)), recovery_check(here, other, recovery_keys(code, officer)));
    EXPECT_NE(recovery_check(here, officer, recovery_keys(code, officer)), recovery_check(here, officer, recovery_keys(code, other)));
}

TEST(FormerKeys, OpenWithTheNewOnesAndAsTheirOwn) {
    const base::OfficerId officer = new_officer();
    const OfficerKeys now = OfficerKeys::random(officer), former = OfficerKeys::random(officer), stranger = OfficerKeys::random(officer);
    Bytes sealed = *seal_former(now, former, 1);
    const auto opened = open_former(now, 1, former.box.public_key, former.sign.public_key, sealed);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->box.secret_key, former.box.secret_key);
    EXPECT_TRUE(fails_with(open_former(stranger, 1, former.box.public_key, former.sign.public_key, sealed), Code::refused));
    EXPECT_TRUE(fails_with(open_former(now, 2, former.box.public_key, former.sign.public_key, sealed), Code::refused));
    EXPECT_TRUE(fails_with(open_former(now, 1, stranger.box.public_key, former.sign.public_key, sealed), Code::refused));
    sealed.back() ^= 1;
    EXPECT_TRUE(fails_with(open_former(now, 1, former.box.public_key, former.sign.public_key, sealed), Code::refused));
}

TEST(ResealedSlot, OpensWithTheNewKeyAndOnlyWhatWasASlotHere) {
    FiledCase filed;
    const OfficerKeys fresh = OfficerKeys::random(filed.legal.officer);
    const auto &slot = filed.filing.slots[0];
    const auto again = reseal_slot(filed.legal, fresh.box.public_key, SlotPurpose::case_key, filed.record().case_id, 1, slot.sealed);
    ASSERT_TRUE(again);
    EXPECT_TRUE(open_slot(fresh, filed.record(), *again));
    EXPECT_TRUE(fails_with(open_slot(filed.legal, filed.record(), *again), Code::not_found));
    const auto refused = [&](SlotPurpose purpose, base::CaseId id, Epoch epoch, const Bytes &sealed) {
        return fails_with(reseal_slot(filed.legal, fresh.box.public_key, purpose, id, epoch, sealed), Code::not_found);
    };
    EXPECT_TRUE(refused(SlotPurpose::identity_key, filed.record().case_id, 1, slot.sealed));
    EXPECT_TRUE(refused(SlotPurpose::case_key, base::CaseId::random(), 1, slot.sealed));
    EXPECT_TRUE(refused(SlotPurpose::case_key, filed.record().case_id, 2, slot.sealed));
    EXPECT_TRUE(refused(SlotPurpose::case_key, filed.record().case_id, 1, filed.filing.slots[1].sealed)) << "a colleague's, or a decoy";
}
