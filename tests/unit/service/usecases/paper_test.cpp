// Orders given on paper: entered by one, confirmed by another, signed by a third; and what somebody in several posts may do.
#include "tests/unit/service/usecases/agency.h"

namespace {

using namespace usecases_test;
using Why = ActRefused::Why;
using domain::Capacity;

class Paper : public AgencyTest {
protected:
    // A case before the superiors, put there by the legal officer.
    std::string waiting(std::vector<const Person *> excluded = {}) {
        receipt = file("เรื่อง", std::move(excluded));
        const auto id = case_of(legal);
        walk_to(State::pending_order, id, legal, clerk);
        return id;
    }
    std::string entered() {
        const auto id = waiting();
        EXPECT_TRUE(move(legal, id, "paper_close"));
        EXPECT_TRUE(attach(legal, id, "คำสั่ง.jpg", "JPEG ลงนาม"));
        return id;
    }
    bool lacks_a_scan(const Person &who, const std::string &id) {
        const auto done = move(who, id, "confirm_paper");
        return !done && done.error().why == Why::faults && done.error().faults.size() == 1 &&
               done.error().faults[0].field == "compared" && done.error().faults[0].key == "fault.paper.no_scan";
    }
    testing::AssertionResult faulty(const std::string &id, std::map<std::string, std::string> changed, const char *field,
                                    std::string_view key) {
        const auto done = move(legal, id, "paper_close", std::move(changed));
        if (done || done.error().why != Why::faults || done.error().faults.size() != 1)
            return testing::AssertionFailure() << "not one fault";
        const auto &fault = done.error().faults.front();
        return fault.field == field && fault.key == key ? testing::AssertionSuccess()
                                                        : testing::AssertionFailure() << fault.field << " " << fault.key;
    }
    std::map<std::string, std::string> signed_by(const Person &who, Post post) {
        return {{"signer", appointment_of(who, post).text()}};
    }
    std::vector<std::string> offered(const Person &who, const std::string &id) {
        std::vector<std::string> out;
        for (const OfferedMove &offer : open(who, id)->moves)
            out.emplace_back(offer.transition->event);
        return out;
    }
    std::string receipt;
};

TEST_F(Paper, TakesEffectWhenAnotherReaderConfirmsItAndTheReporterHearsNothingBefore) {
    const auto id = entered();
    EXPECT_EQ(open(head, id)->row.state, State::paper_recorded);
    EXPECT_EQ(queue_of(head).totals.in_progress, 1U);
    EXPECT_EQ(tracked(receipt).state, State::pending_order) << "the waiting step is not the reporter's to see";
    EXPECT_TRUE(tracked(receipt).messages.empty());
    EXPECT_EQ(open(head, id)->row.turn, (std::vector{Post::head_office, Post::executive})) << "the clerk signed it";
    EXPECT_TRUE(queue_of(head).rows[0].my_turn);
    EXPECT_EQ(offered(head, id), (std::vector<std::string>{"confirm_paper", "return_paper"}));
    ASSERT_TRUE(move(head, id, "confirm_paper"));
    const auto told = tracked(receipt);
    EXPECT_EQ(told.state, State::closed);
    ASSERT_EQ(told.messages.size(), 1U);
    EXPECT_EQ(told.messages[0].text, "หน่วยงานพิจารณาแล้ว ยุติเรื่อง") << "as it was entered";
    auto behind = database();
    auto rows = behind.query("SELECT outcome FROM case_outcome ORDER BY allegation");
    ASSERT_TRUE(rows && rows->next().value_or(false));
    EXPECT_EQ(static_cast<domain::Outcome>(rows->integer()), domain::Outcome::no_merit);
    ASSERT_TRUE(rows->next().value_or(false));
    EXPECT_EQ(static_cast<domain::Outcome>(rows->integer()), domain::Outcome::insufficient);
}

TEST_F(Paper, TheHistorySaysWhoEnteredWhoConfirmedAndWhoSigned) {
    const auto id = entered();
    ASSERT_TRUE(move(executive, id, "confirm_paper"));
    const auto view = open(legal, id);
    ASSERT_TRUE(view);
    const auto entry = std::ranges::find(view->history, std::string("confirm_paper"), &HistoryEntry::event);
    ASSERT_NE(entry, view->history.end());
    ASSERT_TRUE(entry->paper);
    EXPECT_EQ(entry->who, executive.name);
    EXPECT_EQ(entry->paper->entered_by, legal.name);
    EXPECT_EQ(entry->paper->signer.name, clerk.name);
    EXPECT_EQ(entry->paper->signer.as, as(clerk).front());
    EXPECT_EQ(entry->paper->number, "123/2569");
    EXPECT_EQ(entry->paper->date, clock.today());
}

TEST_F(Paper, IsConfirmedAgainstAScanThatSomebodyElseHasAttachedSince) {
    const auto id = waiting();
    ASSERT_TRUE(attach(legal, id, "ก่อนบันทึก.jpg", "JPEG"));
    ++clock.time;
    EXPECT_FALSE(open(legal, id)->wants_scan) << "no order waits";
    ASSERT_TRUE(move(legal, id, "paper_close"));
    EXPECT_TRUE(open(legal, id)->wants_scan && open(head, id)->wants_scan);
    EXPECT_TRUE(lacks_a_scan(head, id)) << "one from before may be of another paper";
    ASSERT_TRUE(attach(legal, id, "บันทึก.txt", "text", domain::Purpose::other));
    EXPECT_TRUE(lacks_a_scan(head, id)) << "no signed paper";
    ASSERT_TRUE(attach(head, id, "ของผู้ยืนยัน.jpg", "JPEG"));
    EXPECT_TRUE(lacks_a_scan(head, id)) << "two people are needed";
    EXPECT_TRUE(open(head, id)->scans.empty());
    EXPECT_TRUE(open(head, id)->own_scan_only);
    EXPECT_FALSE(open(executive, id)->own_scan_only);
    EXPECT_EQ(open(executive, id)->scans.size(), 1U) << "another may compare with it";
    EXPECT_FALSE(open(legal, id)->wants_scan);
    ASSERT_TRUE(send(receipt, "คำสั่งปลอม.jpg", "JPEG"));
    EXPECT_TRUE(lacks_a_scan(head, id)) << "a reporter signs no order";
    ASSERT_TRUE(attach(legal, id, "คำสั่ง.jpg", "JPEG"));
    const auto view = open(head, id);
    ASSERT_EQ(view->scans.size(), 1U);
    const auto scan = std::ranges::find(view->files, view->scans[0], &CaseFile::id);
    ASSERT_NE(scan, view->files.end());
    EXPECT_EQ(scan->record.name, "คำสั่ง.jpg");
    EXPECT_FALSE(view->own_scan_only || view->wants_scan);
    EXPECT_TRUE(move(head, id, "confirm_paper"));
    EXPECT_TRUE(open(head, id)->scans.empty()) << "none waits any more";
}

TEST_F(Paper, NeitherWhoEnteredNorWhoSignedItConfirms) {
    const auto id = entered();
    for (const Person *who : {&legal, &clerk, &outside})
        EXPECT_TRUE(refused(move(*who, id, "confirm_paper"), Why::not_found)) << who->login;
    EXPECT_EQ(open(head, id)->row.state, State::paper_recorded);
}

TEST_F(Paper, SentBackWithAReasonItWaitsForTheSuperiorsAgain) {
    const auto id = entered();
    EXPECT_TRUE(refused(move(head, id, "return_paper", {{"return_reason", " "}}), Why::faults));
    ASSERT_TRUE(move(head, id, "return_paper"));
    EXPECT_EQ(open(legal, id)->row.state, State::pending_order);
    EXPECT_TRUE(refused(move(head, id, "confirm_paper"), Why::not_found)) << "what was sent back is not there any more";
    ASSERT_TRUE(move(legal, id, "paper_close", signed_by(executive, Post::executive)));
    ASSERT_TRUE(move(clerk, id, "confirm_paper"));
    EXPECT_EQ(open(legal, id)->history.back().event, "reply");
}

TEST_F(Paper, OnlyWhoPutsCasesBeforeTheSuperiorsEntersIt) {
    const auto id = waiting();
    for (const Person *who : {&head, &clerk, &executive, &outside, &admin})
        if (who != &admin)
            EXPECT_TRUE(refused(move(*who, id, "paper_close"), Why::not_found)) << who->login;
    EXPECT_TRUE(move(legal, id, "paper_close"));
}

TEST_F(Paper, ItsDateLiesBetweenTheProposalAndToday) {
    clock.next_day();
    const auto id = waiting(); // put before the superiors on 3 March
    clock.next_day();
    EXPECT_TRUE(faulty(id, {{"order_date", "5/3/2569"}}, "order_date", "fault.date.future"));
    EXPECT_TRUE(faulty(id, {{"order_date", "2026-03-02"}}, "order_date", "fault.date.before_proposal"));
    EXPECT_TRUE(faulty(id, {{"order_date", "30/2/2569"}}, "order_date", "fault.date.invalid"));
    EXPECT_TRUE(faulty(id, {{"order_date", ""}}, "order_date", "fault.field.missing"));
    ASSERT_TRUE(move(legal, id, "paper_close", {{"order_date", "3/3/2569"}}));
    ASSERT_TRUE(move(head, id, "return_paper"));
    clock.next_day();
    EXPECT_TRUE(move(legal, id, "paper_close", {{"order_date", "๓/๓/๒๕๖๙"}})) << "sending back does not move the proposal's day";
}

TEST_F(Paper, ItsSignerIsNeitherWhoProposedNorExcludedNorOfAnotherPost) {
    appoint(legal, Post::clerk, Capacity::acting_vacancy, outside);
    const auto id = waiting({&executive});
    for (const auto &[who, post] : {std::pair{&legal, Post::clerk}, {&executive, Post::executive}, {&head, Post::head_office},
                                    {&admin, Post::admin}})
        EXPECT_TRUE(faulty(id, signed_by(*who, post), "signer", "fault.choice.unknown")) << who->login;
    EXPECT_TRUE(faulty(id, {{"signer", base::AppointmentId::random().text()}}, "signer", "fault.choice.unknown"));
    EXPECT_TRUE(faulty(id, signed_by(outside, Post::outside_officer), "signer", "fault.signer.not_that_day"))
        << "only when nobody is left before them";
    const auto view = open(legal, id);
    ASSERT_TRUE(view);
    for (const Signer &signer : view->signers)
        EXPECT_TRUE(signer.officer == clerk.id() || signer.officer == outside.id()) << signer.name;
    EXPECT_TRUE(move(legal, id, "paper_close"));
}

TEST_F(Paper, ItsSignerHeldThePostOnThatDay) {
    const auto for_one_day = appoint(head, Post::clerk, Capacity::acting_vacancy, executive, "7/2569", 0);
    const auto id = waiting();
    clock.next_day();
    EXPECT_TRUE(faulty(id, {{"order_date", "3/3/2569"}, {"signer", for_one_day.text()}}, "signer", "fault.signer.not_that_day"));
    ASSERT_TRUE(move(legal, id, "paper_close", {{"order_date", "2/3/2569"}, {"signer", for_one_day.text()}}));
    const auto paper = open(legal, id)->history.back().paper;
    ASSERT_TRUE(paper);
    EXPECT_EQ(paper->signer.as.capacity, Capacity::acting_vacancy);
    EXPECT_EQ(paper->signer.as.own, Post::head_office);
    EXPECT_TRUE(refused(move(head, id, "confirm_paper"), Why::not_found)) << "the signer, in whatever post";
}

TEST_F(Paper, WithoutAnybodyToConfirmNothingIsEntered) {
    const auto id = waiting({&head, &executive});
    ASSERT_TRUE(database().run("UPDATE officer SET disabled = 1 WHERE officer = ?", {outside.id()}));
    reload_agency();
    EXPECT_TRUE(refused(move(legal, id, "paper_close"), Why::nobody_next));
    EXPECT_EQ(open(legal, id)->row.state, State::pending_order);
}

using SeveralPosts = Paper;

TEST_F(SeveralPosts, WhoActsForAnotherIsRecordedWithOrderAndOwnPost) {
    const auto acting = appoint(head, Post::clerk, Capacity::acting_vacancy, executive);
    const auto id = waiting();
    ASSERT_TRUE(move(head, id, "close"));
    const auto view = open(legal, id);
    const auto entry = std::ranges::find(view->history, std::string("close"), &HistoryEntry::event);
    ASSERT_NE(entry, view->history.end());
    EXPECT_EQ(entry->as, (std::vector<domain::ActedAs>{{acting, Post::clerk, Capacity::acting_vacancy, "7/2569", Post::head_office}}));
    EXPECT_EQ(tracked(receipt).messages.at(0).from, Post::clerk) << "the reporter is told the post acted for";
}

TEST_F(SeveralPosts, BothThatAreNeededAreSignedOnce) {
    const auto second = appoint(legal, Post::registrar, Capacity::performing, outside, "8/2569");
    file();
    const auto id = case_of(legal);
    ASSERT_TRUE(move(legal, id, "register"));
    const auto entry = open(legal, id)->history.back();
    ASSERT_EQ(entry.as.size(), 2U);
    EXPECT_EQ(entry.as[0], (domain::ActedAs{second, Post::registrar, Capacity::performing, "8/2569", Post::legal_officer}));
    EXPECT_EQ(entry.as[1], as(legal).front());
    ASSERT_TRUE(move(legal, id, "screen"));
    EXPECT_EQ(open(legal, id)->history.back().as, as(legal)) << "only the post that may screen";
    ASSERT_TRUE(answer(legal, id, "ตอบ"));
    EXPECT_EQ(open(legal, id)->history.back().as, std::vector{entry.as[0]}) << "the post that the reporter is told";
}

TEST_F(SeveralPosts, WhoActsForTheClerkDoesNotOrderWhatTheyProposed) {
    appoint(legal, Post::clerk, Capacity::acting_vacancy, outside);
    const auto id = waiting({&clerk}); // the clerk is complained of
    EXPECT_TRUE(refused(move(legal, id, "close"), Why::not_found));
    EXPECT_EQ(open(legal, id)->row.turn, std::vector{Post::executive}) << "the next is another human";
    EXPECT_TRUE(move(executive, id, "close"));
}

TEST_F(SeveralPosts, WithoutAnotherHumanNothingIsPutBeforeAnybody) {
    appoint(legal, Post::clerk, Capacity::acting_vacancy, outside);
    file("เรื่อง", {&clerk, &executive});
    const auto id = case_of(legal);
    walk_to(State::screening, id, legal, clerk);
    ASSERT_TRUE(database().run("UPDATE officer SET disabled = 1 WHERE officer = ?", {outside.id()}));
    reload_agency();
    EXPECT_TRUE(refused(move(legal, id, "propose"), Why::nobody_next)) << "to be referred outside";
    EXPECT_EQ(open(legal, id)->row.state, State::screening);
}

TEST_F(SeveralPosts, HistoryStaysRightWhenPostsChangeLater) {
    const auto past = appoint(head, Post::clerk, Capacity::acting_vacancy, executive, "7/2569", 1);
    const auto id = waiting();
    ASSERT_TRUE(move(head, id, "close"));
    clock.time += 5 * 86400;
    const auto view = open(legal, id);
    ASSERT_TRUE(view) << "the appointment is over, and what was done under it stays";
    const auto entry = std::ranges::find(view->history, std::string("close"), &HistoryEntry::event);
    EXPECT_EQ(entry->as.front().appointment, past);
    const auto ending = crypto::end_appointment(executive.keys, instance, past, {clock.today().number - 10});
    ASSERT_TRUE(database().run("INSERT INTO appointment_ending (appointment, last_day, issuer, signature) VALUES (?, ?, ?, ?)",
                               {past, ending.last_day, ending.issuer, ending.signature}));
    reload_agency();
    EXPECT_TRUE(open(legal, id)) << "nor does an ending signed later, of an earlier day, undo it";
}

} // namespace
