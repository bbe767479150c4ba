#include "crypto/officer/epoch.h"

#include "tests/unit/crypto/support.h"

#include <limits>

using namespace crypto_test;

namespace {

// The legal officer declared an interest: the slot became a decoy, and the clerk stays with the executive.
struct TakenAway : FiledCase {
    CaseKey old_key = key();
    NextEpoch second = next(old_key, record(), {}, clerk);

    NextEpoch next(const CaseKey &from, const CaseRecord &row, View previous, const OfficerKeys &author) const {
        return *begin_epoch(from, row, previous, author, those_who_stay());
    }
    std::vector<SlotPlan> those_who_stay() const {
        return {{legal.officer, nullptr, SlotPurpose::case_key},
                {clerk.officer, roster.live(clerk.officer), SlotPurpose::case_key},
                {agency.executive.officer, roster.live(agency.executive.officer), SlotPurpose::case_key}};
    }
    // As an officer who stays has it: from the own slot, not from the author's hands.
    CaseKey clerks_key() const { return *open_slot(clerk, second.record, second.slots[1].sealed); }
    std::vector<Bytes> chain() const { return {second.certificate.stored()}; }
    CaseRecord current() const { return *current_case_key(reporter, record(), chain(), roster); }
    ObjectHeader later(Kind kind, base::OfficerId author) const {
        return {kind, record().case_id, base::ObjectId::random(), second.record.epoch, author};
    }
};

} // namespace

TEST(Epoch, GivesEveryoneASlotAndOnlyThoseWhoStayTheKey) {
    TakenAway c;
    ASSERT_EQ(c.second.slots.size(), 3u);
    for (const SealedSlot &slot : c.second.slots)
        EXPECT_EQ(slot.sealed.size(), 176u);
    EXPECT_EQ(c.second.older_key.size(), 72u);
    EXPECT_TRUE(c.clerks_key() == c.second.key);
    EXPECT_TRUE(*open_slot(c.agency.executive, c.second.record, c.second.slots[2].sealed) == c.second.key);
    EXPECT_FALSE(c.second.key == c.old_key);
    EXPECT_EQ(c.second.record.epoch, 2u);
    EXPECT_NE(c.second.record.case_key, c.record().case_key);
    EXPECT_EQ(c.second.record.reporter_key, c.record().reporter_key);
    EXPECT_EQ(c.second.record.identity_commitment, c.record().identity_commitment);
}

TEST(Epoch, IsClosedToTheOfficerWhoseSlotBecameADecoy) {
    TakenAway c;
    for (const SealedSlot &slot : c.second.slots)
        EXPECT_TRUE(fails_with(open_slot(c.legal, c.second.record, slot.sealed), Code::not_found));
    EXPECT_TRUE(fails_with(open_slot(c.legal, c.second.record, c.filing.slots[0].sealed), Code::not_found));

    const CaseKey now = c.clerks_key();
    const ObjectHeader move_at = c.later(Kind::move, c.clerk.officer), reply_at = c.later(Kind::reply, c.clerk.officer);
    const Bytes move = seal_move(now, c.clerk, move_at, view("{}"))->sealed;
    const Bytes reply = seal_reply(now, c.clerk, reply_at, c.record().reporter_key, view("x"))->sealed;
    const SealedObject said = *seal_follow_up(c.reporter, c.current(), base::ObjectId::random(), view("เพิ่มเติม"));
    EXPECT_TRUE(open_move(now, c.roster, move_at, move));
    EXPECT_TRUE(open_reply(now, c.roster, reply_at, reply));
    EXPECT_TRUE(fails_with(open_move(c.old_key, c.roster, move_at, move), Code::refused));
    EXPECT_TRUE(fails_with(open_reply(c.old_key, c.roster, reply_at, reply), Code::refused));
    EXPECT_TRUE(
        fails_with(open_follow_up(c.old_key, c.reporter.pair.public_key, said.header, said.sealed), Code::refused));
    EXPECT_TRUE(fails_with(open_older(c.old_key, c.second.record, c.record(), c.second.older_key), Code::refused));
}

// Nobody takes back what somebody could copy. FORMAT.md says so too.
TEST(Epoch, LeavesReadableWhatTheOfficerCouldReadBefore) {
    TakenAway c;
    const CaseKey kept = *open_slot(c.legal, c.record(), c.filing.slots[0].sealed);
    EXPECT_TRUE(open_complaint(kept, c.record(), c.filing.complaint.header, c.filing.complaint.sealed));
}

TEST(Epoch, LetsThoseWhoStayReadOldAndNew) {
    TakenAway c;
    const CaseKey now = c.clerks_key();
    const CaseKey before = *open_older(now, c.second.record, c.record(), c.second.older_key);
    EXPECT_TRUE(before == c.old_key);
    const OpenedComplaint opened =
        *open_complaint(before, c.second.record, c.filing.complaint.header, c.filing.complaint.sealed);
    const SealedObject said = *seal_follow_up(c.reporter, c.current(), base::ObjectId::random(), view("เพิ่มเติม"));
    EXPECT_EQ(said.header.epoch, 2u);
    EXPECT_EQ(base::text(*open_follow_up(now, opened.reporter_key, said.header, said.sealed)), "เพิ่มเติม");
    EXPECT_TRUE(open_identity_slot(c.clerk, c.record(), c.filing.slots[2].sealed));
    EXPECT_TRUE(fails_with(open_identity_slot(c.clerk, c.second.record, c.filing.slots[2].sealed), Code::not_found))
        << "slots of the identity key belong to the first record";
}

TEST(Epoch, FollowsUponALaterOneDownToTheFirst) {
    TakenAway c;
    const NextEpoch third = c.next(c.second.key, c.second.record, c.second.certificate.stored(), c.agency.executive);
    const std::vector<Bytes> chain{c.second.certificate.stored(), third.certificate.stored()};
    const std::vector<CaseRecord> epochs = *verify_epochs(c.record(), chain, c.roster);
    ASSERT_EQ(epochs.size(), 3u);
    const CaseKey now = *open_slot(c.clerk, epochs[2], third.slots[1].sealed);
    const CaseKey before = *open_older(now, epochs[2], epochs[1], third.older_key);
    EXPECT_TRUE(*open_older(before, epochs[1], epochs[0], c.second.older_key) == c.old_key);
    EXPECT_TRUE(fails_with(open_older(now, epochs[2], epochs[0], third.older_key), Code::refused));
    EXPECT_TRUE(fails_with(open_older(now, epochs[2], epochs[1], c.second.older_key), Code::refused));
}

TEST(Epoch, GrantsItsOwnKeyFromThenOn) {
    TakenAway c;
    const CertificateFields outside = *c.roster.live(c.agency.outside.officer);
    const SealedSlot slot = *grant_slot(c.second.key, c.second.record, outside);
    EXPECT_TRUE(*open_slot(c.agency.outside, c.second.record, slot.sealed) == c.second.key);
    EXPECT_TRUE(fails_with(grant_slot(c.old_key, c.second.record, outside), Code::refused));
}

TEST(Epoch, DoesNotBeginWithoutTheKeyOfTheOneBefore) {
    TakenAway c, other;
    const auto begin = [&](const CaseKey &key, const CaseRecord &row, View previous) {
        return begin_epoch(key, row, previous, c.clerk, c.those_who_stay());
    };
    const Bytes certificate = c.second.certificate.stored();
    EXPECT_TRUE(begin(c.second.key, c.second.record, certificate));
    EXPECT_TRUE(fails_with(begin(c.old_key, c.second.record, certificate), Code::refused));
    EXPECT_TRUE(fails_with(begin(other.old_key, c.record(), {}), Code::refused));
    EXPECT_TRUE(fails_with(begin(c.second.key, c.second.record, {}), Code::refused));
    EXPECT_TRUE(fails_with(begin(c.old_key, c.record(), certificate), Code::refused));
    EXPECT_TRUE(fails_with(begin(c.second.key, c.second.record, other.second.certificate.stored()), Code::refused));
    const Bytes fork = c.next(c.old_key, c.record(), {}, c.clerk).certificate.stored();
    EXPECT_TRUE(fails_with(begin(c.second.key, c.second.record, fork), Code::refused));
    EXPECT_TRUE(fails_with(begin(c.second.key, c.second.record, View(certificate).first(196)), Code::refused));
    CaseRecord last = c.record();
    last.epoch = std::numeric_limits<Epoch>::max();
    last.commitment = commitment(c.old_key, last.case_id, last.epoch);
    EpochCertificate of_last = c.second.certificate;
    of_last.epoch = last.epoch;
    of_last.case_key = last.case_key;
    of_last.commitment = last.commitment;
    EXPECT_TRUE(fails_with(begin(c.old_key, last, of_last.stored()), Code::refused)) << "no number is left";
}

TEST(Epoch, SealsToNobodyWithoutTheRightAndNeverTheIdentityKey) {
    TakenAway c;
    CertificateFields auditor = *c.roster.live(c.clerk.officer);
    auditor.rights = vouching;
    const SlotPlan without[] = {{c.clerk.officer, &auditor, SlotPurpose::case_key}};
    EXPECT_TRUE(fails_with(begin_epoch(c.old_key, c.record(), {}, c.clerk, without), Code::refused));
    const SlotPlan identity[] = {{c.clerk.officer, c.roster.live(c.clerk.officer), SlotPurpose::identity_key}};
    EXPECT_TRUE(fails_with(begin_epoch(c.old_key, c.record(), {}, c.clerk, identity), Code::invalid));
}

TEST(OlderKey, RefusesAnotherPlaceAlterationOrCommitment) {
    TakenAway c, other;
    const auto opens = [&](const CaseRecord &row, const CaseRecord &older, View sealed) {
        return open_older(c.second.key, row, older, sealed);
    };
    const Bytes &sealed = c.second.older_key;
    ASSERT_TRUE(opens(c.second.record, c.record(), sealed));
    EXPECT_TRUE(fails_with(opens(c.second.record, c.record(), other.second.older_key), Code::refused));
    EXPECT_TRUE(fails_with(opens(c.second.record, c.second.record, sealed), Code::refused));
    for (std::size_t size : {0u, 39u, 40u, 71u})
        EXPECT_TRUE(fails_with(opens(c.second.record, c.record(), View(sealed).first(size)), Code::refused));
    CaseRecord uncommitted = c.record();
    uncommitted.commitment = other.record().commitment;
    EXPECT_TRUE(fails_with(opens(c.second.record, uncommitted, sealed), Code::refused));
    CaseRecord forked = c.second.record;
    forked.commitment = other.second.record.commitment;
    EXPECT_TRUE(fails_with(opens(forked, c.record(), sealed), Code::refused));
    // Under the right wrap at the right place, and yet not the key that the rest of the case was sealed under.
    const Bytes place = base::Writer().raw(c.record().case_id.bytes()).u32(1).u32(2).take();
    const CaseKey false_key = CaseKey::random();
    const Bytes forged = aead_seal(older_key_wrap(c.second.key), place, false_key.reveal(raw_secret));
    EXPECT_TRUE(fails_with(opens(c.second.record, c.record(), forged), Code::refused));
    const Bytes elsewhere = base::Writer().raw(other.record().case_id.bytes()).u32(1).u32(2).take();
    const Bytes moved = aead_seal(older_key_wrap(c.second.key), elsewhere, c.old_key.reveal(raw_secret));
    EXPECT_TRUE(fails_with(opens(c.second.record, c.record(), moved), Code::refused));
}
