// What somebody can do who writes to the database with its key, and what comes of it.
#include "crypto/primitives/aead.h"
#include "tests/unit/service/usecases/tampering.h"

namespace {

using namespace usecases_test;

TEST_F(Tampering, AnotherCaseKeyInTheRowGetsNoFollowUp) {
    const auto receipt = file();
    const auto form_token = tracked(receipt).once;
    change("UPDATE complaint_case SET case_key = ?", {admin.keys.box.public_key.bytes});
    reporter_is_refused(receipt, form_token);
}

TEST_F(Tampering, AnotherCaseKeyGetsNoChangedFormEither) {
    const auto form_token = once();
    auto context = reporter();
    ASSERT_TRUE(file_complaint(context, form("เดิม"), form_token));
    change("UPDATE complaint_case SET case_key = ?", {admin.keys.box.public_key.bytes});
    EXPECT_TRUE(refused(file_complaint(context, form("แก้"), form_token), FilingRefused::Why::storage_failed));
}

TEST_F(Tampering, AnotherReporterKeyIsRefusedOnBothSides) {
    const auto receipt = file();
    const auto form_token = tracked(receipt).once;
    const auto id = case_of(legal);
    change("UPDATE complaint_case SET reporter_key = ?", {admin.keys.box.public_key.bytes});
    reporter_is_refused(receipt, form_token);
    is_refused(id, legal);
}

TEST_F(Tampering, TheRecordOfAnotherCaseIsRefused) {
    const auto receipt = file("หนึ่ง", {&head});
    const auto form_token = tracked(receipt).once;
    const auto id = *base::CaseId::from_text(case_of(legal));
    file("สอง", {&legal});
    change("UPDATE complaint_case SET (case_key, record_mac) = (SELECT case_key, record_mac FROM complaint_case "
           "WHERE case_id <> ?1) WHERE case_id = ?1", {id});
    reporter_is_refused(receipt, form_token);
}

TEST_F(Tampering, ASlotCopiedFromAnotherOfficerOpensNothing) {
    file();
    const auto id = case_of(legal);
    change("UPDATE slot SET sealed = (SELECT sealed FROM slot WHERE officer = ?1 AND purpose = 1) "
           "WHERE officer = ?2 AND purpose = 1", {legal.id(), clerk.id()});
    is_gone(id, clerk);
    change("UPDATE slot SET sealed = (SELECT sealed FROM slot WHERE officer = ?1 AND purpose = 1) "
           "WHERE officer = ?2 AND purpose = 1", {head.id(), legal.id()});
    is_gone(id, legal);
    EXPECT_TRUE(open(head, id)) << "the others still read it";
}

TEST_F(Tampering, ASlotOfAnotherCaseOpensNothing) {
    file("หนึ่ง", {&head});
    const auto id = case_of(legal);
    file("สอง", {&clerk});
    change("UPDATE slot SET sealed = (SELECT sealed FROM slot AS o WHERE o.officer = ?1 AND o.purpose = 1 AND "
           "o.case_id <> slot.case_id) WHERE officer = ?1 AND purpose = 1 AND case_id = ?2",
           {legal.id(), *base::CaseId::from_text(id)});
    EXPECT_TRUE(fails_with(open(legal, id), Code::not_found));
}

TEST_F(Tampering, AKeyOfSomebodyElsesMakingOpensNothingAndReadsNothing) {
    file();
    const auto id = case_of(legal);
    const auto forged = crypto::CaseKey::random();
    auto context = reporter();
    const auto agency_now = context.snapshot();
    ASSERT_TRUE(agency_now);
    crypto::CaseRecord record;
    record.case_id = *base::CaseId::from_text(id);
    record.commitment = crypto::commitment(forged, record.case_id, record.epoch);
    const auto slot = crypto::grant_slot(forged, record, *(*agency_now)->roster.live(legal.id()));
    ASSERT_TRUE(slot);
    change("UPDATE slot SET sealed = ? WHERE officer = ? AND purpose = 1", {slot->sealed, legal.id()});
    EXPECT_TRUE(fails_with(open(legal, id), Code::not_found));
    change("UPDATE complaint_case SET commitment = ?", {record.commitment});
    is_refused(id, legal);
    is_gone(id, head);
}

TEST_F(Tampering, EveryObjectThatIsChangedIsRefused) {
    const auto receipt = file();
    const auto id = case_of(legal);
    ASSERT_TRUE(write(receipt, tracked(receipt).once));
    ASSERT_TRUE(move(legal, id, "register"));
    ASSERT_TRUE(answer(legal, id, "ตอบ"));
    for (int kind = 1; kind <= 5; ++kind) {
        SCOPED_TRACE(kind);
        const auto before = bytes_of("SELECT sealed FROM object WHERE kind = ?", {kind});
        auto after = before;
        after[after.size() / 2] ^= 1;
        change("UPDATE object SET sealed = ? WHERE kind = ?", {after, kind});
        is_refused(id, legal);
        change("UPDATE object SET sealed = ? WHERE kind = ?", {before, kind});
        EXPECT_TRUE(open(legal, id));
    }
}

TEST_F(Tampering, EveryObjectThatIsMissingIsRefused) {
    const auto receipt = file();
    const auto id = case_of(legal);
    ASSERT_TRUE(write(receipt, tracked(receipt).once));
    ASSERT_TRUE(move(legal, id, "register"));
    ASSERT_TRUE(answer(legal, id, "ตอบ"));
    set_aside("CREATE TABLE gone AS SELECT * FROM object");
    for (int kind = 1; kind <= 5; ++kind) {
        SCOPED_TRACE(kind);
        change("DELETE FROM object WHERE kind = ?", {kind});
        is_refused(id, legal);
        change("INSERT INTO object SELECT * FROM gone WHERE kind = ?", {kind});
        EXPECT_TRUE(open(legal, id));
    }
    change("UPDATE object SET visible_from = visible_from + 100 WHERE kind = 1");
    is_refused(id, legal);
}

TEST_F(Tampering, AnObjectThatIsHeldBackLongerThanAnyAgencyHoldsItIsRefused) {
    const auto receipt = file();
    const auto id = case_of(legal);
    ASSERT_TRUE(write(receipt, tracked(receipt).once));
    ASSERT_TRUE(move(legal, id, "register"));
    for (int day = 0; day <= ports::longest_queue_delay; ++day)
        clock.next_day();
    change("UPDATE object SET visible_from = day + ? WHERE kind = 3", {ports::longest_queue_delay});
    EXPECT_TRUE(open(legal, id)) << "as agreed on that day, perhaps";
    change("UPDATE object SET visible_from = day + ? WHERE kind = 3", {ports::longest_queue_delay + 1});
    is_refused(id, legal);
    change("UPDATE object SET visible_from = day WHERE kind = 3");
    EXPECT_TRUE(open(legal, id));
    change("UPDATE object SET visible_from = day + 1 WHERE kind = 5");
    is_refused(id, legal);
}

TEST_F(Tampering, AnObjectWhoseAuditEntryIsMissingIsRefused) {
    const auto receipt = file();
    const auto id = case_of(legal);
    ASSERT_TRUE(move(legal, id, "register"));
    ASSERT_TRUE(write(receipt, tracked(receipt).once));
    set_aside("CREATE TABLE gone AS SELECT * FROM audit_waiting");
    change("DELETE FROM audit_waiting WHERE object = (SELECT object_id FROM object WHERE kind = 3)");
    is_refused(id, legal);
    change("INSERT OR IGNORE INTO audit_waiting SELECT * FROM gone");
    EXPECT_TRUE(open(legal, id));
    change("DELETE FROM audit WHERE object = (SELECT object_id FROM object WHERE kind = 5)");
    is_refused(id, legal);
}

TEST_F(Tampering, StateVersionAndCategoryAreBelievedOnlyAsTheSignedMovesSay) {
    file();
    const auto id = case_of(legal);
    walk_to(State::screening, id, legal, clerk);
    change("UPDATE complaint_case SET state = 5");
    is_refused(id, legal);
    change("UPDATE complaint_case SET state = 11, closed_on = received");
    is_refused(id, legal);
    change("UPDATE complaint_case SET state = 3, closed_on = NULL");
    EXPECT_TRUE(open(legal, id));
    change("UPDATE complaint_case SET version = version - 1");
    is_refused(id, legal);
    change("UPDATE complaint_case SET version = version + 1, category = 'other'");
    is_refused(id, legal);
    change("UPDATE complaint_case SET category = 'procurement'");
    EXPECT_TRUE(open(legal, id));
}

// Limits count from these days.
TEST_F(Tampering, DaysAndTimesAreBelievedOnlyAsTheLogSays) {
    const auto receipt = file();
    const auto id = case_of(legal);
    auto context = reporter();
    ASSERT_TRUE(write_more(context, receipt, "เพิ่ม", tracked(receipt).once));
    ASSERT_TRUE(move(legal, id, "register"));
    ASSERT_TRUE(answer(legal, id, "รับแล้ว"));
    ASSERT_TRUE(open(legal, id));
    const storage::Sql ways[][2] = {
        {"UPDATE complaint_case SET received = received - 1", "UPDATE complaint_case SET received = received + 1"},
        {"UPDATE complaint_case SET state_since = state_since + 1", "UPDATE complaint_case SET state_since = state_since - 1"},
        {"UPDATE object SET day = day - 1 WHERE kind = 1", "UPDATE object SET day = day + 1 WHERE kind = 1"},
        {"UPDATE object SET day = day - 1 WHERE kind = 3", "UPDATE object SET day = day + 1 WHERE kind = 3"},
        {"UPDATE object SET day = day - 1 WHERE kind = 4", "UPDATE object SET day = day + 1 WHERE kind = 4"},
        {"UPDATE object SET day = day - 1 WHERE kind = 5", "UPDATE object SET day = day + 1 WHERE kind = 5"},
        {"UPDATE object SET time = time - 1 WHERE kind = 4", "UPDATE object SET time = time + 1 WHERE kind = 4"},
        {"UPDATE object SET time = time - 1 WHERE kind = 5", "UPDATE object SET time = time + 1 WHERE kind = 5"},
    };
    for (const auto &[forth, back] : ways) {
        SCOPED_TRACE(forth.text());
        change(forth);
        is_refused(id, legal);
        change(back);
        EXPECT_TRUE(open(legal, id));
    }
}

TEST_F(Tampering, AMoveSignedBySomebodyOutsideTheRosterIsRefused) {
    file();
    const auto id = case_of(legal);
    ASSERT_TRUE(move(legal, id, "register"));
    change("DELETE FROM certificate WHERE officer = ?", {legal.id()});
    reload_agency();
    is_refused(id, head);
}

// Who can write to the database sees the case's public key, can seal to it, and can leave a fitting entry of the log.
TEST_F(Tampering, AFollowUpThatTheReceiptDidNotSealIsRefusedEvenWhenItStandsInTheLog) {
    file();
    const auto id = case_of(legal);
    const auto record = record_of(id, legal);
    const crypto::ObjectHeader header{crypto::Kind::follow_up, record.case_id, base::ObjectId::random(), record.epoch, {}};
    const auto message = crypto::MessageKey::random();
    const auto boxed = crypto::box_seal(record.case_key, message.reveal(crypto::raw_secret));
    const auto padded = crypto::pad_text(header.kind, base::view(forged_words()));
    ASSERT_TRUE(boxed && padded);
    const auto body = crypto::aead_seal(message, header.associated_data(), *padded);
    put_in_the_log({header, base::Writer().raw(*boxed).raw(body).take()});
    is_refused(id, legal);
}

TEST_F(Tampering, AFollowUpSealedWithAnotherReceiptIsRefused) {
    file();
    const auto id = case_of(legal);
    const auto record = record_of(id, legal);
    const auto own = crypto::ReceiptKeys::derive(crypto::Once::issue(keys, clock.now()).receipt(keys));
    auto object = crypto::seal_follow_up(own, record, base::ObjectId::random(), base::view(forged_words()));
    ASSERT_TRUE(object);
    put_in_the_log(std::move(*object));
    is_refused(id, legal);
    change("UPDATE complaint_case SET reporter_key = ?", {own.pair.public_key.bytes});
    is_refused(id, legal);
}

// The rows of one day come in the order of their random ids; a clock that was set back puts a follow-up first for certain.
TEST_F(Tampering, AFollowUpIsKnownByItsReporterWhereverItsRowStands) {
    const auto receipt = file();
    const auto id = case_of(legal);
    const auto shown = tracked(receipt).once;
    clock.time -= 86400;
    ASSERT_TRUE(write(receipt, shown));
    clock.next_day();
    const auto view = open(legal, id);
    ASSERT_TRUE(view);
    ASSERT_EQ(view->history.size(), 2U);
    EXPECT_EQ(view->history[0].text, "ความลับ");
}

TEST_F(Tampering, AReplacedReplyIsSaidToBeDamagedInsteadOfShown) {
    const auto receipt = file();
    const auto id = case_of(legal);
    ASSERT_TRUE(answer(legal, id, "จริง"));
    auto sealed = bytes_of("SELECT sealed FROM object WHERE kind = 4");
    sealed.back() ^= 1;
    change("UPDATE object SET sealed = ? WHERE kind = 4", {sealed});
    auto view = tracked(receipt);
    ASSERT_EQ(view.messages.size(), 1U);
    EXPECT_TRUE(view.messages[0].damaged);
    EXPECT_TRUE(view.messages[0].text.empty());
    sealed.back() ^= 1;
    change("UPDATE object SET sealed = ?, author = ? WHERE kind = 4", {sealed, clerk.id()});
    EXPECT_TRUE(tracked(receipt).messages.at(0).damaged) << "another officer's name under the same words";
    is_refused(id, legal);
}

TEST_F(Tampering, AReplyOfAnotherCaseIsDamagedInThisOne) {
    const auto first = file("หนึ่ง", {&head});
    const auto id = case_of(legal);
    ASSERT_TRUE(answer(legal, id, "ของคดีแรก"));
    const auto second = file("สอง", {&legal});
    change("UPDATE object SET case_id = (SELECT case_id FROM complaint_case WHERE case_id <> ?1) WHERE kind = 4",
           {*base::CaseId::from_text(id)});
    ASSERT_EQ(tracked(second).messages.size(), 1U);
    EXPECT_TRUE(tracked(second).messages[0].damaged);
    EXPECT_TRUE(tracked(first).messages.empty());
    EXPECT_TRUE(fails_with(open(legal, id), Code::refused));
}

TEST_F(Tampering, OneDamagedCaseDoesNotHideTheOthers) {
    file("หนึ่ง", {&head});
    const auto id = case_of(legal);
    file("สอง", {&clerk});
    change("UPDATE complaint_case SET state = 2 WHERE case_id = ?", {*base::CaseId::from_text(id)});
    const auto view = queue_of(legal);
    ASSERT_EQ(view.rows.size(), 2U);
    EXPECT_EQ(std::ranges::count(view.rows, true, &QueueRow::damaged), 1);
}

} // namespace
