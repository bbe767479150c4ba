// Slots and epochs change together, and nobody loses a slot unseen.
#include "tests/unit/storage/fixtures.h"

namespace storage_test {
namespace {

class AccessStoreTest : public StoreTest {
protected:
    AccessStoreTest() {
        for (ports::NewOfficer *person : {&anna, &boon})
            EXPECT_TRUE(succeeded(store->officer_writes().add_officer(*person, {})));
        id = file_one({anna.row.id, boon.row.id});
    }
    crypto::SealedSlot slot(const ports::NewOfficer &of) { return {of.row.id, crypto::SlotPurpose::case_key, random_bytes(176)}; }
    ports::AccessChange grant(std::uint32_t records, std::vector<crypto::SealedSlot> slots) {
        ports::AccessChange out{.case_id = id, .expected_epoch = 1, .expected_records = records, .today = day_one,
                                .object = sealed_object(crypto::Kind::access, id, anna.row.id), .slots = std::move(slots),
                                .next = {}, .audit = {}};
        out.audit = {entry_for(crypto::AuditEvent::access_recorded, out.object, day_one, 1000, anna.row.id)};
        return out;
    }
    ports::AccessChange next(std::uint32_t records, std::vector<crypto::SealedSlot> slots) {
        auto out = grant(records, std::move(slots));
        out.object.header.epoch = 2;
        out.next = {{random_bytes(197), random_bytes(72)}, 1};
        auto begun = entry_for(crypto::AuditEvent::epoch_begun, out.object, day_one, 1000, anna.row.id);
        begun.digest = crypto::digest(out.next->epoch.certificate);
        out.audit.push_back(begun);
        return out;
    }
    auto change(ports::AccessChange made) { return store->officer_writes().access().change({std::move(made)}); }

    ports::NewOfficer anna = officer("anna"), boon = officer("boon"), chai = officer("chai");
    base::CaseId id;
};

TEST_F(AccessStoreTest, AGrantIsRecordedAndReplacesARow) {
    const auto given = slot(boon);
    ASSERT_TRUE(succeeded(change(grant(0, {given}))));
    EXPECT_EQ(officers->slot(id, boon.row.id, day_one).value()->sealed, given.sealed);
    EXPECT_TRUE(failed_with(change(grant(0, {given})), Code::conflict)) << "somebody recorded access meanwhile";
    EXPECT_TRUE(succeeded(change(grant(1, {given}))));
    EXPECT_EQ(officers->objects(id, day_one)->size(), 4U);
    EXPECT_EQ(officers->digests(subject_of(id), id, day_one)->size(), 4U);
}

TEST_F(AccessStoreTest, AnEpochHasItsOwnSlotsAndTheOldOnesGo) {
    const auto made = next(0, {slot(anna), slot(boon)});
    ASSERT_TRUE(succeeded(change(made)));
    const auto found = officers->slot(id, boon.row.id, day_one).value();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->sealed, made.slots[1].sealed);
    EXPECT_EQ(found->row.epoch, 2U);
    EXPECT_EQ(found->row.record.epoch, 1U) << "the record of the filing stays";
    ASSERT_EQ(found->row.later.size(), 1U);
    EXPECT_EQ(found->row.later[0].certificate, made.next->epoch.certificate);
    EXPECT_EQ(count("SELECT count(*) FROM slot WHERE epoch = 1 AND purpose = 1"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM slot WHERE epoch = 1 AND purpose = 2"), 2);
    EXPECT_EQ(officers->access().logged_epochs(subject_of(id)).value(),
              std::vector{crypto::digest(made.next->epoch.certificate)});
    EXPECT_EQ(officers->slots_of(anna.row.id, day_one)->size(), 1U);
    EXPECT_TRUE(failed_with(change(grant(1, {slot(anna)})), Code::conflict)) << "sealed under the older key";
    EXPECT_TRUE(failed_with(store->officer_writes().move(move_of(id, 1, day_one)), Code::conflict));
    EXPECT_TRUE(failed_with(store->reporter_writes().add_follow_up(follow_up(id, day_one, day_one)), Code::unavailable));
}

TEST_F(AccessStoreTest, AnEpochThatForgetsSomebodyIsRefused) {
    EXPECT_TRUE(failed_with(change(next(0, {slot(anna)})), Code::conflict));
    auto late = next(0, {slot(anna), slot(boon)});
    late.next->expected_version = 2;
    EXPECT_TRUE(failed_with(change(late), Code::conflict));
    EXPECT_EQ(count("SELECT count(*) FROM case_epoch"), 0);
    EXPECT_EQ(officers->slot(id, boon.row.id, day_one).value()->row.epoch, 1U);
}

TEST_F(AccessStoreTest, OfSeveralCasesAllChangeOrNone) {
    const auto other = file_one({anna.row.id, boon.row.id});
    auto second = grant(0, {slot(boon)});
    second.case_id = second.object.header.case_id = other;
    second.expected_records = 1; // of which nothing is recorded
    EXPECT_TRUE(failed_with(store->officer_writes().access().change({grant(0, {slot(boon)}), second}), Code::conflict));
    EXPECT_EQ(count("SELECT count(*) FROM object WHERE kind = 6"), 0);
    second.expected_records = 0;
    ASSERT_TRUE(succeeded(store->officer_writes().access().change({grant(0, {slot(boon)}), second})));
    EXPECT_EQ(count("SELECT count(*) FROM object WHERE kind = 6"), 2);
}

TEST_F(AccessStoreTest, PartsThatDoNotBelongTogetherAreRefused) {
    auto another = grant(0, {slot(anna)});
    another.object.header.kind = crypto::Kind::move;
    EXPECT_TRUE(failed_with(change(another), Code::invalid));
    auto older = next(0, {slot(anna), slot(boon)});
    older.object.header.epoch = 1;
    EXPECT_TRUE(failed_with(change(older), Code::invalid));
    auto nobody = grant(0, {slot(anna)});
    nobody.case_id = nobody.object.header.case_id = base::CaseId::random();
    EXPECT_TRUE(failed_with(change(nobody), Code::not_found));
}

} // namespace
} // namespace storage_test
