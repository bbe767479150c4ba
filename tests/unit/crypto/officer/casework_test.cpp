#include "crypto/officer/casework.h"

#include "tests/unit/crypto/support.h"

using namespace crypto_test;

TEST(Filing, IsReadByEveryReaderAndNobodyElse) {
    FiledCase c;
    const auto &filing = c.filing;
    for (std::size_t i = 0; i < 2; ++i) {
        const OfficerKeys &reader = i == 0 ? c.legal : c.clerk;
        const CaseKey key = *open_slot(reader, filing.record, filing.slots[i].sealed);
        const OpenedComplaint opened = *open_complaint(key, filing.record, filing.complaint.header, filing.complaint.sealed);
        EXPECT_EQ(base::text(opened.json), R"({"facts":"ถนนไม่ได้มาตรฐาน"})");
        EXPECT_EQ(opened.reporter_key, c.reporter.pair.public_key);
    }
    EXPECT_TRUE(fails_with(open_slot(c.agency.executive, filing.record, filing.slots[0].sealed), Code::not_found));
    EXPECT_TRUE(fails_with(open_slot(c.clerk, filing.record, filing.slots[0].sealed), Code::not_found));
}

TEST(Filing, ShowsNoLengthsBeyondClasses) {
    FiledCase c;
    EXPECT_EQ(c.filing.complaint.sealed.size(), 16384 + aead_overhead);
    EXPECT_EQ(c.filing.identity.sealed.size(), 4096 + aead_overhead);
    const SealedFiling anonymous = *seal_filing(c.reporter, view("{}"), {}, c.plans());
    EXPECT_EQ(anonymous.identity.sealed.size(), c.filing.identity.sealed.size());
    EXPECT_EQ(anonymous.complaint.sealed.size(), c.filing.complaint.sealed.size());
    for (const SealedSlot &slot : c.filing.slots)
        EXPECT_EQ(slot.sealed.size(), 176u);
}

TEST(Filing, RefusesATextLongerThanItsClass) {
    FiledCase c;
    EXPECT_TRUE(seal_filing(c.reporter, Bytes(max_json), Bytes(max_identity), c.plans()));
    EXPECT_TRUE(fails_with(seal_filing(c.reporter, Bytes(max_text), {}, c.plans()), Code::invalid));
    EXPECT_TRUE(fails_with(seal_filing(c.reporter, {}, Bytes(max_identity + 1), c.plans()), Code::invalid));
}

TEST(Filing, RefusesAReaderWhoseCertificateDoesNotSaySo) {
    FiledCase c;
    const std::vector<SlotPlan> plans{{c.legal.officer, c.roster.live(c.legal.officer), SlotPurpose::identity_key}};
    EXPECT_TRUE(fails_with(seal_filing(c.reporter, {}, {}, plans), Code::refused));
    const std::vector<SlotPlan> swapped{{c.legal.officer, c.roster.live(c.clerk.officer), SlotPurpose::case_key}};
    EXPECT_TRUE(fails_with(seal_filing(c.reporter, {}, {}, swapped), Code::refused));
}

TEST(Decoy, LooksLikeASlotAndOpensForNobody) {
    FiledCase c;
    const std::vector<SlotPlan> plans{{c.legal.officer, nullptr, SlotPurpose::case_key},
                                      {c.clerk.officer, c.roster.live(c.clerk.officer), SlotPurpose::case_key}};
    const SealedFiling filing = *seal_filing(c.reporter, view("{}"), {}, plans);
    ASSERT_EQ(filing.slots.size(), 2u);
    EXPECT_EQ(filing.slots[0].sealed.size(), filing.slots[1].sealed.size());
    EXPECT_EQ(filing.slots[0].officer, c.legal.officer);
    EXPECT_TRUE(fails_with(open_slot(c.legal, filing.record, filing.slots[0].sealed), Code::not_found));
}

// On the processor's clock, which does not run while others work.
TEST(Decoy, CostsWhatTryingNoSlotCosts) {
    FiledCase c;
    const std::vector<SlotPlan> decoy{{c.legal.officer, nullptr, SlotPurpose::case_key}};
    const SealedFiling filing = *seal_filing(c.reporter, {}, {}, decoy);
    const auto cost_of = [](const auto &work) {
        const auto now = [] {
            timespec at{};
            ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
            return static_cast<double>(at.tv_sec) + 1e-9 * static_cast<double>(at.tv_nsec);
        };
        double best = 1;
        for (int i = 0; i < 50; ++i) {
            const double before = now();
            work();
            best = std::min(best, now() - before);
        }
        return best;
    };
    const double tried = cost_of([&] { EXPECT_FALSE(open_slot(c.legal, filing.record, filing.slots[0].sealed)); });
    const double none = cost_of([&] { open_no_slot(c.legal); });
    EXPECT_LT(none, 1.5 * tried);
    EXPECT_GT(none, tried / 1.5);
}

TEST(Slot, RefusesAnotherCaseEpochPurposeOrCommitment) {
    FiledCase c, other;
    const Bytes &sealed = c.filing.slots[1].sealed;
    const auto try_with = [&](auto change) {
        CaseRecord record = c.record();
        change(record);
        return open_slot(c.clerk, record, sealed);
    };
    EXPECT_TRUE(try_with([](CaseRecord &) {}));
    EXPECT_TRUE(fails_with(try_with([&](CaseRecord &r) { r.case_id = other.record().case_id; }), Code::not_found));
    EXPECT_TRUE(fails_with(try_with([](CaseRecord &r) { r.epoch = 2; }), Code::not_found));
    EXPECT_TRUE(fails_with(try_with([&](CaseRecord &r) { r.commitment = other.record().commitment; }), Code::not_found));
    EXPECT_TRUE(fails_with(try_with([&](CaseRecord &r) { r = other.record(); }), Code::not_found));
    EXPECT_TRUE(fails_with(open_identity_slot(c.clerk, c.record(), sealed), Code::not_found));
    EXPECT_TRUE(fails_with(open_slot(c.clerk, c.record(), c.filing.slots[2].sealed), Code::not_found));
    EXPECT_TRUE(open_identity_slot(c.clerk, c.record(), c.filing.slots[2].sealed));
}

TEST(Slot, RefusesAKeyOtherThanTheCommittedOne) {
    // Somebody who can write rows gives one officer another key than the rest.
    FiledCase c;
    FiledCase forged;
    CaseRecord record = c.record();
    const SealedSlot slot = *grant_slot(forged.key(), forged.record(), *c.roster.live(c.legal.officer));
    EXPECT_TRUE(fails_with(open_slot(c.legal, record, slot.sealed), Code::not_found));
}

TEST(Slot, RefusesAnyBytesWithoutHarm) {
    FiledCase c;
    for (int i = 0; i < 300; ++i) {
        Bytes noise(static_cast<std::size_t>(i));
        detail::fill_random(noise.data(), noise.size());
        EXPECT_TRUE(fails_with(open_slot(c.legal, c.record(), noise), Code::not_found));
        Bytes altered = c.filing.slots[0].sealed;
        altered[static_cast<std::size_t>(i) % altered.size()] ^= 4;
        EXPECT_TRUE(fails_with(open_slot(c.legal, c.record(), altered), Code::not_found));
    }
}

TEST(Grant, GivesOneMoreReaderTheSameKey) {
    FiledCase c;
    const SealedSlot slot = *grant_slot(c.key(), c.record(), *c.roster.live(c.agency.executive.officer));
    EXPECT_EQ(slot.sealed.size(), 176u);
    EXPECT_TRUE(*open_slot(c.agency.executive, c.record(), slot.sealed) == c.key());
}

TEST(Grant, RefusesAnotherKeyAndAnOfficerWithoutTheReadingRight) {
    FiledCase c;
    EXPECT_TRUE(fails_with(grant_slot(CaseKey::random(), c.record(), *c.roster.live(c.clerk.officer)), Code::refused));
    CertificateFields auditor = *c.roster.live(c.clerk.officer);
    auditor.rights = vouching;
    EXPECT_TRUE(fails_with(grant_slot(c.key(), c.record(), auditor), Code::refused));
}

TEST(Complaint, RefusesASwapTruncationOrAnotherPlace) {
    FiledCase c, other;
    const CaseKey key = c.key();
    const ObjectHeader header = c.filing.complaint.header;
    const Bytes &sealed = c.filing.complaint.sealed;
    EXPECT_TRUE(fails_with(open_complaint(key, c.record(), header, other.filing.complaint.sealed), Code::refused));
    EXPECT_TRUE(fails_with(open_complaint(key, c.record(), header, View(sealed).first(sealed.size() - 1)), Code::refused));
    EXPECT_TRUE(fails_with(open_complaint(other.key(), c.record(), header, sealed), Code::refused));
    for (int field = 0; field < 5; ++field) {
        ObjectHeader moved = header;
        if (field == 0)
            moved.kind = Kind::follow_up;
        if (field == 1)
            moved.case_id = other.record().case_id;
        if (field == 2)
            moved.object_id = base::ObjectId::random();
        if (field == 3)
            moved.epoch = 2;
        if (field == 4)
            moved.author = c.legal.officer;
        EXPECT_TRUE(fails_with(open_complaint(key, c.record(), moved, sealed), Code::refused)) << field;
    }
}

TEST(Complaint, RefusesARowWithSomebodyElsesReporterKey) {
    FiledCase c;
    CaseRecord record = c.record();
    record.reporter_key = new_reporter().pair.public_key;
    EXPECT_TRUE(fails_with(open_complaint(c.key(), record, c.filing.complaint.header, c.filing.complaint.sealed), Code::refused));
}

TEST(Identity, OpensForCustodiansOnly) {
    FiledCase c;
    const IdentityKey key = *open_identity_slot(c.clerk, c.record(), c.filing.slots[2].sealed);
    EXPECT_EQ(base::text(*open_identity(key, c.filing.identity.header, c.filing.identity.sealed)), R"({"name":"ก"})");
    const CaseKey case_key = c.key();
    const IdentityKey not_it = IdentityKey::from(raw_secret, case_key.reveal(raw_secret));
    EXPECT_TRUE(fails_with(open_identity(not_it, c.filing.identity.header, c.filing.identity.sealed), Code::refused));
    EXPECT_TRUE(fails_with(open_identity(key, c.filing.complaint.header, c.filing.identity.sealed), Code::refused));
}

TEST(FollowUp, ReachesTheReadersOfItsCase) {
    FiledCase c, other;
    const BoxPublicKey reporter = c.reporter.pair.public_key;
    const SealedObject object = *seal_follow_up(c.reporter, c.record(), base::ObjectId::random(), view("เพิ่มเติม"));
    EXPECT_EQ(object.sealed.size(), 120 + 4096 + aead_overhead);
    EXPECT_EQ(base::text(*open_follow_up(c.key(), reporter, object.header, object.sealed)), "เพิ่มเติม");
    EXPECT_TRUE(fails_with(open_follow_up(other.key(), reporter, object.header, object.sealed), Code::refused));
    for (std::size_t size : {0u, 31u, 72u, 80u, 119u, 120u, 159u, 4000u})
        EXPECT_TRUE(
            fails_with(open_follow_up(c.key(), reporter, object.header, View(object.sealed).first(size)), Code::refused));
}

TEST(FollowUp, StaysAtItsPlace) {
    FiledCase c, other;
    const SealedObject object = *seal_follow_up(c.reporter, c.record(), base::ObjectId::random(), view("x"));
    const auto opens_at = [&](const ObjectHeader &header) {
        return open_follow_up(c.key(), c.reporter.pair.public_key, header, object.sealed);
    };
    ASSERT_TRUE(opens_at(object.header));
    for (int field = 0; field < 5; ++field) {
        ObjectHeader header = object.header;
        if (field == 0)
            header.object_id = base::ObjectId::random();
        if (field == 1)
            header.case_id = other.record().case_id;
        if (field == 2)
            header.epoch = 2;
        if (field == 3)
            header.author = c.clerk.officer;
        if (field == 4)
            header.kind = Kind::complaint;
        EXPECT_TRUE(fails_with(opens_at(header), Code::refused)) << field;
    }
}

TEST(FollowUp, IsRefusedWhenAnotherReporterSealedIt) {
    FiledCase c, other;
    const SealedObject forged = *seal_follow_up(other.reporter, c.record(), base::ObjectId::random(), view("ขอถอนเรื่อง"));
    EXPECT_TRUE(
        fails_with(open_follow_up(c.key(), c.reporter.pair.public_key, forged.header, forged.sealed), Code::refused));
    const SealedObject own = *seal_follow_up(c.reporter, c.record(), base::ObjectId::random(), view("x"));
    EXPECT_TRUE(fails_with(open_follow_up(c.key(), other.reporter.pair.public_key, own.header, own.sealed), Code::refused));
    EXPECT_TRUE(fails_with(open_follow_up(c.key(), BoxPublicKey{}, own.header, own.sealed), Code::refused))
        << "no complaint was opened";
}

TEST(FollowUp, IsRefusedWhenNobodySealedIt) {
    FiledCase c;
    const ObjectHeader header = c.header(Kind::follow_up, {});
    const MessageKey message = MessageKey::random();
    const Bytes body = aead_seal(message, header.associated_data(), *pad_text(header.kind, view("x")));
    const Bytes boxed = *box_seal(c.record().case_key, message.reveal(raw_secret));
    const Bytes sealed = base::Writer().raw(boxed).raw(body).take();
    EXPECT_TRUE(fails_with(open_follow_up(c.key(), c.reporter.pair.public_key, header, sealed), Code::refused));
}

// A receipt taken by force, and a copy of the database: what was said stays closed.
TEST(FollowUp, DoesNotOpenForTheReceiptThatSealedIt) {
    FiledCase c;
    const SealedObject object = *seal_follow_up(c.reporter, c.record(), base::ObjectId::random(), view("x"));
    Bytes out(MessageKey::size);
    for (std::size_t at = 0; at < 200; ++at) {
        const View part = View(object.sealed).subspan(at);
        EXPECT_FALSE(box_from_into(c.record().case_key, c.reporter.pair, part.first(out.size() + box_from_overhead), out)) << at;
        EXPECT_FALSE(box_seal_open_into(c.reporter.pair, part.first(out.size() + box_overhead), out)) << at;
    }
}

TEST(FollowUp, IsNeverSealedToADegenerateCaseKey) {
    FiledCase c;
    CaseRecord record = c.record();
    record.case_key = BoxPublicKey{{1}};
    EXPECT_TRUE(fails_with(seal_follow_up(c.reporter, record, base::ObjectId::random(), view("x")), Code::refused));
}

TEST(Record, RefusesSomebodyElsesCaseKeyReporterKeyCaseOrEpoch) {
    FiledCase c, other;
    EXPECT_TRUE(verify_record(c.reporter, c.record()));
    for (int field = 0; field < 5; ++field) {
        CaseRecord record = c.record();
        if (field == 0)
            record.case_key = other.record().case_key;
        if (field == 1)
            record.reporter_key = other.record().reporter_key;
        if (field == 2)
            record.case_id = other.record().case_id;
        if (field == 3)
            record.epoch = 2;
        if (field == 4)
            record.record_mac[31] ^= 1;
        EXPECT_TRUE(fails_with(verify_record(c.reporter, record), Code::refused)) << field;
    }
    EXPECT_TRUE(fails_with(verify_record(other.reporter, c.record()), Code::refused));
    EXPECT_TRUE(fails_with(verify_record(c.reporter, other.record()), Code::refused));
}

TEST(Move, IsReadWithItsAuthorVerified) {
    FiledCase c;
    const ObjectHeader header = c.header(Kind::move, c.legal.officer);
    const SealedObject move = *seal_move(c.key(), c.legal, header, view(R"({"to":"screening"})"));
    EXPECT_EQ(base::text(*open_move(c.key(), c.roster, header, move.sealed)), R"({"to":"screening"})");
}

TEST(AccessObject, IsNoMoveAndIsReadWithItsAuthorVerified) {
    FiledCase c;
    const ObjectHeader header = c.header(Kind::access, c.legal.officer), as_move = c.header(Kind::move, c.legal.officer);
    const SealedObject access = *seal_access(c.key(), c.legal, header, view("{}"));
    EXPECT_EQ(base::text(*open_access(c.key(), c.roster, header, access.sealed)), "{}");
    EXPECT_TRUE(fails_with(open_move(c.key(), c.roster, as_move, access.sealed), Code::refused));
    EXPECT_TRUE(fails_with(open_access(c.key(), c.roster, as_move, access.sealed), Code::refused));
    EXPECT_TRUE(fails_with(seal_access(c.key(), c.legal, c.header(Kind::access, c.clerk.officer), view("{}")), Code::refused));
}

TEST(Slot, ADecoyOpensForNobodyAndLooksLikeAnother) {
    FiledCase c;
    const SealedSlot decoy = *decoy_slot(c.legal.officer, SlotPurpose::case_key);
    EXPECT_EQ(decoy.sealed.size(), c.filing.slots.front().sealed.size());
    EXPECT_TRUE(fails_with(open_slot(c.legal, c.record(), decoy.sealed), Code::not_found));
}

TEST(Move, RefusesAnAuthorWhoDidNotSign) {
    FiledCase c;
    const ObjectHeader in_clerks_name = c.header(Kind::move, c.clerk.officer);
    EXPECT_TRUE(fails_with(seal_move(c.key(), c.legal, in_clerks_name, view("{}")), Code::refused));
    // A reader without scruples seals under CK in the clerk's name with a key of his own.
    const OfficerKeys forged{c.clerk.officer, random_box_pair(), random_sign_pair()};
    const SealedObject move = *seal_move(c.key(), forged, in_clerks_name, view("{}"));
    EXPECT_TRUE(fails_with(open_move(c.key(), c.roster, in_clerks_name, move.sealed), Code::refused));
}

TEST(Move, IsSealedUnderItsOwnKindOnly) {
    FiledCase c;
    const CaseKey key = c.key();
    const BoxPublicKey reporter = c.record().reporter_key;
    EXPECT_TRUE(fails_with(seal_move(key, c.legal, c.header(Kind::reply, c.legal.officer), view("{}")), Code::refused));
    EXPECT_TRUE(fails_with(seal_reply(key, c.legal, c.header(Kind::move, c.legal.officer), reporter, view("{}")), Code::refused));
}

TEST(Move, RefusesAnotherPlaceKindOrCase) {
    FiledCase c, other;
    const ObjectHeader header = c.header(Kind::move, c.legal.officer);
    const Bytes sealed = seal_move(c.key(), c.legal, header, view("{}"))->sealed;
    for (int field = 0; field < 5; ++field) {
        ObjectHeader moved = header;
        if (field == 0)
            moved.kind = Kind::reply;
        if (field == 1)
            moved.case_id = other.record().case_id;
        if (field == 2)
            moved.object_id = base::ObjectId::random();
        if (field == 3)
            moved.epoch = 9;
        if (field == 4)
            moved.author = c.clerk.officer;
        EXPECT_TRUE(fails_with(open_move(c.key(), c.roster, moved, sealed), Code::refused)) << field;
    }
    EXPECT_TRUE(fails_with(open_move(other.key(), c.roster, header, sealed), Code::refused));
    EXPECT_TRUE(fails_with(open_move(c.key(), c.roster, header, View(sealed).first(100)), Code::refused));
    EXPECT_TRUE(fails_with(seal_move(c.key(), c.legal, header, Bytes(max_json + 1)), Code::invalid));
}

TEST(Reply, IsReadByTheReporterAndByTheReaders) {
    FiledCase c;
    const ObjectHeader header = c.header(Kind::reply, c.clerk.officer);
    const SealedObject reply = *seal_reply(c.key(), c.clerk, header, c.record().reporter_key, view("ขอเอกสารเพิ่ม"));
    EXPECT_EQ(base::text(*open_reply_as_reporter(c.reporter, c.roster, header, reply.sealed)), "ขอเอกสารเพิ่ม");
    EXPECT_EQ(base::text(*open_reply(c.key(), c.roster, header, reply.sealed)), "ขอเอกสารเพิ่ม");
}

TEST(Reply, RefusesStrangersForgersAndOtherPlaces) {
    FiledCase c, other;
    const ObjectHeader header = c.header(Kind::reply, c.clerk.officer);
    const Bytes sealed = seal_reply(c.key(), c.clerk, header, c.record().reporter_key, view("x"))->sealed;
    EXPECT_TRUE(fails_with(open_reply_as_reporter(other.reporter, c.roster, header, sealed), Code::refused));
    EXPECT_TRUE(fails_with(open_reply(other.key(), c.roster, header, sealed), Code::refused));
    EXPECT_TRUE(fails_with(open_reply_as_reporter(c.reporter, other.roster, header, sealed), Code::refused));
    ObjectHeader moved = header;
    moved.object_id = base::ObjectId::random();
    EXPECT_TRUE(fails_with(open_reply_as_reporter(c.reporter, c.roster, moved, sealed), Code::refused));
    EXPECT_TRUE(fails_with(open_reply(c.key(), c.roster, moved, sealed), Code::refused));
    const OfficerKeys forged{c.clerk.officer, random_box_pair(), random_sign_pair()};
    const Bytes forgery = seal_reply(c.key(), forged, header, c.record().reporter_key, view("x"))->sealed;
    EXPECT_TRUE(fails_with(open_reply_as_reporter(c.reporter, c.roster, header, forgery), Code::refused));
    for (std::size_t size : {0u, 79u, 152u, 183u, 184u, 4000u})
        EXPECT_TRUE(fails_with(open_reply_as_reporter(c.reporter, c.roster, header, View(sealed).first(size)), Code::refused));
}

TEST(Reply, RefusesAKeyOtherThanTheCommittedOne) {
    // Its author could otherwise show the reporter one text and the file another.
    FiledCase c;
    const ObjectHeader header = c.header(Kind::reply, c.clerk.officer);
    const Bytes one = seal_reply(c.key(), c.clerk, header, c.record().reporter_key, view("one"))->sealed;
    Bytes mixed = seal_reply(c.key(), c.clerk, header, c.record().reporter_key, view("two"))->sealed;
    std::copy(one.begin(), one.begin() + 80, mixed.begin());
    EXPECT_TRUE(fails_with(open_reply_as_reporter(c.reporter, c.roster, header, mixed), Code::refused));
    EXPECT_EQ(base::text(*open_reply(c.key(), c.roster, header, mixed)), "two");
}

TEST(Reply, StaysReadableAfterItsAuthorLeft) {
    FiledCase c;
    const ObjectHeader header = c.header(Kind::reply, c.clerk.officer);
    const Bytes sealed = seal_reply(c.key(), c.clerk, header, c.record().reporter_key, view("x"))->sealed;
    const CertificateFields *certificate = c.roster.live(c.clerk.officer);
    c.agency.revocations.push_back(revoke(c.agency.outside, c.agency.instance, certificate->serial, today));
    const Roster later = c.agency.roster();
    EXPECT_EQ(later.live(c.clerk.officer), nullptr);
    EXPECT_TRUE(open_reply_as_reporter(c.reporter, later, header, sealed));
}
