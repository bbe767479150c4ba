#include "tests/unit/service/usecases/agency.h"

namespace {

using namespace usecases_test;

class Queue : public AgencyTest {
protected:
    void sees_nothing(const Person &who, const std::string &id) {
        SCOPED_TRACE(who.login);
        const auto view = queue_of(who);
        for (const QueueRow &row : view.rows)
            EXPECT_NE(row.id.text(), id);
        const auto real = open(who, id), random = open(who, base::CaseId::random().text()), wrong = open(who, "not an id");
        for (const auto *answer : {&real, &random, &wrong})
            EXPECT_TRUE(fails_with(*answer, Code::not_found));
        for (const char *event : {"register", "screen", "propose", "close"})
            EXPECT_TRUE(refused(move(who, id, event), ActRefused::Why::not_found));
        EXPECT_TRUE(refused(answer(who, id, "x"), ActRefused::Why::not_found));
    }
};

TEST_F(Queue, SaysWhoseTurnItIsAndPutsMineFirst) {
    const auto older = file("เก่า");
    const auto id = case_of(legal);
    clock.next_day();
    file("ใหม่");
    walk_to(State::pending_order, id, legal, clerk);
    const auto mine = queue_of(legal);
    ASSERT_EQ(mine.rows.size(), 2U);
    EXPECT_TRUE(mine.rows[0].my_turn);
    EXPECT_EQ(mine.rows[0].state, State::submitted) << "the newer one, because it waits for the viewer";
    EXPECT_EQ(mine.rows[0].turn, std::vector{Post::legal_officer});
    EXPECT_FALSE(mine.rows[1].my_turn);
    EXPECT_EQ(mine.rows[1].turn, (std::vector{Post::clerk, Post::executive}));
    EXPECT_EQ(mine.rows[1].category, "procurement");
    ASSERT_TRUE(mine.rows[1].number);
    EXPECT_EQ(mine.rows[1].number->number, 1U);
    const auto theirs = queue_of(clerk);
    ASSERT_EQ(theirs.rows.size(), 1U) << "the clerk sees what was put before the superiors";
    EXPECT_TRUE(theirs.rows[0].my_turn);
}

TEST_F(Queue, TotalsCountWhatTheViewerOpensInThisFiscalYear) {
    file("หนึ่ง");
    const auto id = case_of(legal);
    file("สอง");
    file("ไม่ให้เห็น", {&legal});
    walk_to(State::closed, id, legal, clerk);
    const auto totals = queue_of(legal).totals;
    EXPECT_EQ(totals.fiscal_year, 2569);
    EXPECT_EQ(totals.total, 2U);
    EXPECT_EQ(totals.in_progress, 1U);
    EXPECT_EQ(totals.finished, 1U);
    EXPECT_EQ(queue_of(head).totals.total, 3U);
    EXPECT_EQ(queue_of(clerk).totals.total, 2U) << "the closed one, and the one the clerk reads in the legal officer's place";
    clock.time += 300 * 86400; // beyond 1 October
    EXPECT_EQ(queue_of(legal).totals.fiscal_year, 2570);
    EXPECT_EQ(queue_of(legal).totals.total, 0U);
    EXPECT_EQ(queue_of(legal).rows.size(), 2U) << "last year's cases stay in the queue";
}

TEST_F(Queue, AnExcludedLegalOfficerSeesNothingAndTheHeadActsInstead) {
    file("นิติกรเกี่ยวข้อง", {&legal});
    const auto id = case_of(head);
    sees_nothing(legal, id);
    EXPECT_EQ(queue_of(legal).totals.total, 0U);
    EXPECT_TRUE(queue_of(head).rows[0].my_turn);
    EXPECT_EQ(open(head, id)->excluded_names, std::vector<std::string>{"นางสาวสุดา ใจซื่อ"});
    walk_to(State::closed, id, head, clerk);
    sees_nothing(legal, id);
}

TEST_F(Queue, AnExcludedClerkSeesNothingAndTheExecutiveCloses) {
    file("ปลัดเกี่ยวข้อง", {&clerk});
    const auto id = case_of(legal);
    walk_to(State::pending_order, id, legal, executive);
    sees_nothing(clerk, id);
    EXPECT_EQ(open(legal, id)->row.turn, std::vector{Post::executive});
    EXPECT_TRUE(move(executive, id, "close"));
    sees_nothing(clerk, id);
}

TEST_F(Queue, WithBothSuperiorsExcludedTheOutsideOfficerDecides) {
    file("ผู้บริหารเกี่ยวข้อง", {&clerk, &executive});
    const auto id = case_of(legal);
    sees_nothing(outside, id);
    walk_to(State::closed, id, legal, outside);
    sees_nothing(clerk, id);
    sees_nothing(executive, id);
}

TEST_F(Queue, WithBothIntakePostsExcludedTheCaseGoesUpTheLine) {
    const auto receipt = file("สำนักปลัดเกี่ยวข้อง", {&legal, &head});
    EXPECT_EQ(case_of(clerk), case_of(executive));
    const auto id = case_of(clerk);
    sees_nothing(legal, id);
    sees_nothing(head, id);
    sees_nothing(outside, id);
    walk_to(State::pending_order, id, clerk, executive);
    EXPECT_TRUE(refused(move(clerk, id, "close"), ActRefused::Why::not_found)) << "who proposed it does not decide it";
    EXPECT_TRUE(move(executive, id, "close"));
    EXPECT_EQ(tracked(receipt).state, State::closed);
}

TEST_F(Queue, TheIdentityStaysSealedForEverybodyInTheQueue) {
    auto named = form();
    named.anonymous = false;
    named.name = "นางสาวกานดา เปิดเผยตัว";
    file(named);
    const auto view = open(legal, case_of(legal));
    ASSERT_TRUE(view);
    EXPECT_FALSE(view->complaint.anonymous);
    EXPECT_EQ(domain::to_json(view->complaint).find("กานดา"), std::string::npos);
}

TEST_F(Queue, AnOfficerWhoWasDisabledIsNoLongerInTheLine) {
    const auto receipt = file();
    const auto id = case_of(legal);
    ASSERT_TRUE(database().run("UPDATE officer SET disabled = 1 WHERE officer = ?", {legal.id()}));
    reload_agency();
    EXPECT_EQ(open(head, id)->row.turn, std::vector{Post::head_office});
    EXPECT_TRUE(move(head, id, "register"));
    auto context = reporter();
    const auto excluding_the_disabled = file_complaint(context, form("x", {&legal}), once());
    ASSERT_TRUE(refused(excluding_the_disabled, FilingRefused::Why::faults));
    file("หลังจากนั้น");
    EXPECT_EQ(queue_of(clerk).rows.size(), 1U) << "two readers again: head of office and clerk";
    EXPECT_EQ(tracked(receipt).state, State::registered);
}

TEST_F(Queue, EachOpeningOfACaseIsLogged) {
    file();
    const auto id = case_of(legal);
    const auto opened = [&] {
        std::size_t out = 0;
        auto behind = database();
        auto rows = behind.query("SELECT entry FROM audit ORDER BY sequence");
        while (rows && rows->next().value_or(false)) {
            const auto entry = crypto::AuditEntry::decode(rows->blob());
            out += entry && entry->event == crypto::AuditEvent::case_opened && entry->actor == legal.id() &&
                   entry->subject == crypto::case_pseudonym(keys, *base::CaseId::from_text(id)) && entry->time != 0;
        }
        return out;
    };
    EXPECT_EQ(opened(), 0U) << "the queue alone does not open it";
    ASSERT_TRUE(open(legal, id));
    ASSERT_TRUE(open(legal, id));
    EXPECT_EQ(opened(), 2U);
    EXPECT_TRUE(fails_with(open(clerk, id), Code::not_found));
    EXPECT_EQ(opened(), 2U);
}

} // namespace
