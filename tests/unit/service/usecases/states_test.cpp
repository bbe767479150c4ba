// Each path of the manual from its first state to its end, with real keys: who is offered what, who can open it, what is counted
// and what the reporter is told.
#include "tests/unit/service/usecases/states.h"

namespace {

using namespace usecases_test;
using Why = ActRefused::Why;

TEST_F(States, AcceptedFactFindingMeritDisciplineClosed) {
    Person finder = this->finder();
    const auto id = waiting_for_order();
    EXPECT_TRUE(fails_with(open(finder, id), Code::not_found)) << "a fact-finder reads what is assigned, and nothing before";
    EXPECT_TRUE(queue_of(finder).rows.empty());
    does(clerk, id, "order_facts", State::fact_finding, {{"fact_finders", finder.id().text()}});
    EXPECT_EQ(tracked(receipt).state, State::fact_finding);
    for (const Person *who : {&finder, &legal, &head, &clerk, &executive})
        EXPECT_TRUE(open(*who, id)) << who->login << " keeps or gets access with the order";
    EXPECT_TRUE(fails_with(open(outside, id), Code::not_found));
    EXPECT_EQ(offered(finder, id), std::set<std::string>{"report"});
    EXPECT_FALSE(offered(head, id).contains("report")) << "the order does not name the head";
    const auto view = open(finder, id);
    EXPECT_EQ(view->row.turn, std::vector{Post::fact_finder});
    EXPECT_TRUE(view->row.my_turn);
    EXPECT_FALSE(view->may_reply) << "who finds facts does not write to the reporter";
    EXPECT_TRUE(view->may_attach);
    EXPECT_TRUE(refused(answer(finder, id, "ข้อความ"), Why::not_found));
    EXPECT_TRUE(attach(finder, id, "พยาน.jpg", "JPEG พยาน", domain::Purpose::letter));
    file("อีกเรื่อง");
    EXPECT_EQ(queue_of(finder).rows.size(), 1U) << "the assigned case only";
    does(executive, id, "extend", State::fact_finding);
    does(finder, id, "report", State::pending_decision);
    EXPECT_EQ(tracked(receipt).state, State::pending_decision);
    EXPECT_TRUE(open(finder, id)) << "and keeps reading it";
    EXPECT_TRUE(offered(finder, id).empty());
    EXPECT_FALSE(offered(clerk, id).contains("merit")) << "the executive decides";
    does(executive, id, "merit", State::action);
    EXPECT_TRUE(tracked(receipt).messages.empty());
    does(legal, id, "finish", State::closing);
    EXPECT_TRUE(tracked(receipt).messages.empty()) << "a proposal tells nobody";
    EXPECT_TRUE(refused(move(legal, id, "confirm_ending"), Why::not_found));
    does(clerk, id, "return_ending", State::action);
    does(legal, id, "finish", State::closing, {{"notice", "ดำเนินการแล้วเสร็จ"}});
    does(clerk, id, "confirm_ending", State::closed);
    EXPECT_EQ(outcomes(), (std::vector{Outcome::merit_discipline, Outcome::no_merit})) << "as they were decided";
    ASSERT_EQ(tracked(receipt).messages.size(), 1U);
    EXPECT_EQ(tracked(receipt).messages[0].text, "ดำเนินการแล้วเสร็จ") << "in the words that were proposed";
    EXPECT_EQ(tracked(receipt).messages[0].from, Post::clerk);
    const auto history = open(head, id)->history;
    const auto ordered = std::ranges::find(history, std::string("order_facts"), &HistoryEntry::event);
    ASSERT_NE(ordered, history.end());
    EXPECT_TRUE(std::ranges::any_of(ordered->fields, [&](const FieldValue &value) {
        return value.name == "fact_finders" && value.value == finder.name;
    })) << "by name, not by id";
}

TEST_F(States, NoMeritEndsWithTheDecision) {
    const auto id = waiting_for_order();
    does(executive, id, "order_facts", State::fact_finding);
    does(head, id, "report", State::pending_decision);
    does(executive, id, "no_merit", State::closed, {{"notice", "ไม่มีมูล"}});
    EXPECT_EQ(outcomes(), (std::vector{Outcome::no_merit, Outcome::no_merit}));
    EXPECT_EQ(tracked(receipt).messages.at(0).text, "ไม่มีมูล");
}

TEST_F(States, WhoMayBeNamedToFindTheFacts) {
    Person finder = this->finder(), other = enrol(Post::fact_finder, "other", "นายอื่น", 1, &executive);
    reload_agency();
    const auto id = waiting_for_order({&other});
    const auto people = open(clerk, id)->moves.front().nameable;
    std::set<base::OfficerId> nameable;
    for (const domain::Person &one : people)
        nameable.insert(one.officer);
    EXPECT_EQ(nameable, (std::set{legal.id(), head.id(), outside.id(), finder.id()}));
    for (const Person *who : {&other, &clerk, &executive, &admin, &auditor})
        EXPECT_TRUE(faulty(clerk, id, "order_facts", {{"fact_finders", who->id().text()}}, "fact_finders", "fault.choice.unknown"))
            << who->login;
    EXPECT_TRUE(faulty(clerk, id, "order_facts", {{"fact_finders", head.id().text() + "\n" + other.id().text()}}, "fact_finders",
                       "fault.choice.unknown")) << "not even among others";
    EXPECT_TRUE(fails_with(open(other, id), Code::not_found));
    does(clerk, id, "order_facts", State::fact_finding, {{"fact_finders", head.id().text() + "\n" + finder.id().text()}});
    EXPECT_TRUE(fails_with(open(other, id), Code::not_found));
    EXPECT_EQ(offered(head, id), std::set<std::string>{"report"});
    does(clerk, id, "reassign", State::fact_finding, {{"fact_finders", head.id().text()}});
    EXPECT_TRUE(open(finder, id)) << "nobody's slot goes";
    EXPECT_TRUE(refused(move(finder, id, "report"), Why::not_found)) << "but the report is the new ones'";
    does(head, id, "report", State::pending_decision);
}

TEST_F(States, DatesAreOfTheDay) {
    const auto id = begun();
    walk_to(State::screening, id, legal, clerk);
    for (int past : {0, -1})
        EXPECT_TRUE(faulty(legal, id, "ask", {{"reply_by", day(past)}}, "reply_by", "fault.date.past"));
    does(legal, id, "propose", State::pending_order);
    EXPECT_TRUE(faulty(clerk, id, "order_facts", {{"order_date", day(1)}}, "order_date", "fault.date.future"));
    EXPECT_TRUE(faulty(clerk, id, "order_facts", {{"due_date", day(0)}}, "due_date", "fault.date.past"));
    EXPECT_TRUE(faulty(clerk, id, "order_facts", {{"due_date", day(367)}}, "due_date", "fault.date.too_far")) << "a mistyped year";
    does(clerk, id, "order_facts", State::fact_finding, {{"due_date", day(30)}});
    for (int other : {29, 30})
        EXPECT_TRUE(faulty(executive, id, "extend", {{"due_date", day(other)}}, "due_date", "fault.date.not_later"));
    does(executive, id, "extend", State::fact_finding, {{"due_date", day(31)}});
    EXPECT_TRUE(faulty(executive, id, "extend", {{"due_date", day(31)}}, "due_date", "fault.date.not_later"));
    does(clerk, id, "reassign", State::fact_finding, {{"due_date", day(10)}}); // a new order sets its own day
}

TEST_F(States, AnOrderComesAfterTheProposalAndGivesMoreTimeOnlyToSomebodyNew) {
    const auto id = begun();
    walk_to(State::screening, id, legal, clerk);
    pass_days(2);
    does(legal, id, "propose", State::pending_order);
    EXPECT_TRUE(faulty(clerk, id, "order_facts", {{"order_date", day(-1)}}, "order_date", "fault.date.before_proposal"));
    does(clerk, id, "order_facts", State::fact_finding, {{"order_date", day(0)}, {"fact_finders", head.id().text()}, {"due_date", day(30)}});
    EXPECT_TRUE(faulty(clerk, id, "reassign", {{"fact_finders", head.id().text()}, {"due_date", day(31)}}, "due_date",
                       "fault.date.needs_extension"));
    does(clerk, id, "reassign", State::fact_finding, {{"fact_finders", head.id().text()}, {"due_date", day(30)}});
    does(clerk, id, "reassign", State::fact_finding,
         {{"fact_finders", head.id().text() + "\n" + outside.id().text()}, {"due_date", day(40)}});
}

TEST_F(States, ProposingAndTakingBackGivesNoMoreTime) {
    const auto id = begun();
    walk_to(State::registered, id, legal, clerk);
    const auto due = open(legal, id)->row.due;
    pass_days(5);
    does(legal, id, "set_aside", State::set_aside);
    does(legal, id, "keep", State::registered);
    EXPECT_EQ(open(legal, id)->row.due, due);
    EXPECT_EQ(open(legal, id)->row.standing, domain::Deadlines::Standing::overdue);
    EXPECT_EQ(queue_of(legal).rows[0].due, due);
}

TEST_F(States, AClosedCaseThatIsWrittenToWantsToBeRead) {
    const auto id = waiting_for_order();
    does(clerk, id, "close", State::closed);
    EXPECT_FALSE(queue_of(legal).rows[0].wants_attention());
    pass_days(1);
    write("มีหลักฐานใหม่");
    for (const Person *who : {&legal, &clerk, &executive})
        EXPECT_TRUE(queue_of(*who).rows[0].wants_attention()) << who->login;
    EXPECT_FALSE(queue_of(legal).rows[0].my_turn);
}

TEST_F(States, ReferredAndBackAndReferredForGood) {
    const auto id = waiting_for_order();
    does(clerk, id, "refer", State::referred, {{"notice", "ส่งต่อแล้ว"}});
    EXPECT_EQ(tracked(receipt).state, State::referred);
    EXPECT_EQ(tracked(receipt).messages.at(0).text, "ส่งต่อแล้ว");
    EXPECT_EQ(queue_of(legal).totals.in_progress, 1U);
    does(legal, id, "referral_back", State::screening);
    does(legal, id, "propose", State::pending_order);
    does(executive, id, "refer", State::referred, {{"masked", "no"}});
    does(legal, id, "referral_done", State::closed);
    EXPECT_EQ(outcomes(), (std::vector{Outcome::referred, Outcome::referred}));
}

TEST_F(States, AWithdrawalEndsACaseOnlyWithTheClerk) {
    const auto id = waiting_for_order();
    does(legal, id, "withdraw", State::closing);
    EXPECT_TRUE(offered(legal, id).empty()) << "who proposed it waits";
    does(clerk, id, "return_ending", State::pending_order);
    EXPECT_TRUE(offered(clerk, id).contains("close")) << "as before";
    does(legal, id, "withdraw", State::closing);
    does(clerk, id, "confirm_ending", State::closed);
    EXPECT_EQ(outcomes(), (std::vector{Outcome::withdrawn, Outcome::withdrawn}));
}

// Who reads the duplicate reads the other's number.
TEST_F(States, ADuplicateTellsNobodyOfACaseThatIsHiddenFromThem) {
    const auto hidden = begun({&clerk});
    walk_to(State::registered, hidden, legal, executive);
    file("ซ้ำ");
    std::string id, number;
    for (const QueueRow &row : queue_of(legal).rows)
        if (row.id.text() != hidden)
            id = row.id.text();
        else
            number = "ล " + std::to_string(row.number->number) + "/2569";
    EXPECT_TRUE(faulty(legal, id, "duplicate", {{"leading_case", number}}, "leading_case", "fault.case.unknown"));
    file("ซ้ำ", {&clerk});
    for (const QueueRow &row : queue_of(legal).rows)
        if (row.id.text() != hidden && row.id.text() != id)
            does(legal, row.id.text(), "duplicate", State::closing, {{"leading_case", number}});
}

TEST_F(States, ADuplicateNamesACaseThatOpensForWhoNamesIt) {
    const auto leading = begun();
    walk_to(State::registered, leading, legal, clerk);
    const auto first = receipt;
    receipt = file("ซ้ำ");
    std::string id;
    for (const QueueRow &row : queue_of(legal).rows)
        if (row.id.text() != leading)
            id = row.id.text();
    EXPECT_TRUE(faulty(legal, id, "duplicate", {{"leading_case", "2/2569"}}, "leading_case", "fault.case.unknown"));
    EXPECT_TRUE(faulty(legal, leading, "duplicate", {{"leading_case", "1/2569"}}, "leading_case", "fault.case.unknown"))
        << "not of itself";
    does(legal, id, "duplicate", State::closing, {{"leading_case", "๑/๒๕๖๙"}});
    EXPECT_TRUE(outcomes().empty()) << "one person ends nothing";
    does(clerk, id, "confirm_ending", State::closed);
    EXPECT_EQ(outcomes(), std::vector{Outcome::duplicate});
    EXPECT_EQ(tracked(receipt).state, State::closed);
    EXPECT_TRUE(faulty(legal, leading, "duplicate", {{"leading_case", "2/2569"}}, "leading_case", "fault.case.unknown")) << "it has ended";
    EXPECT_EQ(tracked(first).state, State::registered) << "both keep their own receipts";
    EXPECT_TRUE(tracked(first).messages.empty());
}

TEST_F(States, AClosedCaseIsReopenedAndItsOutcomesNoLongerCount) {
    const auto id = begun();
    walk_to(State::closed, id, legal, clerk);
    EXPECT_EQ(outcomes().size(), 2U);
    pass_days(1); // messages of one second have no order
    does(clerk, id, "reopen", State::screening, {{"notice", "เปิดใหม่"}});
    EXPECT_TRUE(outcomes().empty());
    EXPECT_EQ(tracked(receipt).state, State::screening);
    EXPECT_EQ(tracked(receipt).messages.back().text, "เปิดใหม่");
    EXPECT_EQ(queue_of(legal).totals.in_progress, 1U);
    EXPECT_TRUE(queue_of(legal).rows[0].my_turn);
    does(legal, id, "propose", State::pending_order, {{"allegations", "ประเด็นใหม่"}});
    EXPECT_EQ(open(legal, id)->allegations, std::vector<std::string>{"ประเด็นใหม่"});
    does(executive, id, "order_facts", State::fact_finding);
}

TEST_F(States, ASuspendedCaseReturnsToWhereItWas) {
    const auto id = waiting_for_order();
    does(clerk, id, "order_facts", State::fact_finding);
    does(clerk, id, "suspend", State::suspended);
    EXPECT_EQ(tracked(receipt).state, State::suspended);
    EXPECT_TRUE(refused(move(head, id, "report"), Why::not_found));
    does(clerk, id, "resume", State::fact_finding);
    does(head, id, "report", State::pending_decision);
    does(clerk, id, "suspend", State::suspended);
    does(clerk, id, "resume", State::pending_decision);
    does(executive, id, "merit", State::action);
}

TEST_F(States, AGeneralGrievanceTakesTwoReadersAndStandsOutsideTheTotals) {
    const auto id = begun();
    does(legal, id, "general_grievance", State::set_aside);
    EXPECT_EQ(offered(legal, id), std::set<std::string>{"keep"});
    EXPECT_EQ(offered(head, id), (std::set<std::string>{"confirm_grievance", "keep"}));
    does(head, id, "confirm_grievance", State::closed);
    EXPECT_EQ(outcomes(), std::vector{Outcome::general_grievance});
    EXPECT_EQ(open(legal, id)->row.uncounted, Outcome::general_grievance);
    const auto totals = queue_of(legal).totals;
    EXPECT_EQ(totals.total, 0U);
    ASSERT_EQ(totals.voided.size(), 1U);
    EXPECT_EQ(totals.voided[0].proposed_by, legal.name);
    EXPECT_EQ(totals.voided[0].confirmed_by, head.name);
    EXPECT_EQ(tracked(receipt).messages.size(), 1U);
    does(head, id, "take_up", State::submitted);
    EXPECT_TRUE(outcomes().empty());
    EXPECT_EQ(queue_of(legal).totals.total, 1U);
}

// In each state that a case comes through.
TEST_F(States, WhoIsExcludedSeesNothingInAnyOfThem) {
    const auto id = waiting_for_order({&clerk});
    const auto hidden = [&] {
        EXPECT_TRUE(fails_with(open(clerk, id), Code::not_found));
        EXPECT_TRUE(queue_of(clerk).rows.empty());
        EXPECT_EQ(queue_of(clerk).totals.total, 0U);
        for (const char *event : {"order_facts", "close", "refer", "reassign", "suspend", "resume", "confirm_ending", "reopen"})
            EXPECT_TRUE(refused(move(clerk, id, event), Why::not_found)) << event;
    };
    hidden();
    const struct {
        const Person *by;
        const char *event;
        State to;
    } way[] = {{&executive, "order_facts", State::fact_finding}, {&head, "report", State::pending_decision},
               {&executive, "merit", State::action},              {&legal, "finish", State::closing},
               {&executive, "return_ending", State::action},      {&executive, "suspend", State::suspended},
               {&executive, "resume", State::action},             {&legal, "finish", State::closing},
               {&executive, "confirm_ending", State::closed},     {&executive, "reopen", State::screening},
               {&legal, "ask", State::awaiting_information},      {&legal, "answered", State::screening},
               {&legal, "propose", State::pending_order},         {&executive, "refer", State::referred}};
    for (const auto &step : way) {
        does(*step.by, id, step.event, step.to); // the executive stands in for the clerk
        hidden();
    }
}

TEST_F(States, AnExcludedExecutiveNeitherOrdersNorDecides) {
    const auto id = waiting_for_order({&executive});
    does(clerk, id, "order_facts", State::fact_finding);
    does(head, id, "report", State::pending_decision);
    EXPECT_TRUE(fails_with(open(executive, id), Code::not_found));
    EXPECT_TRUE(refused(move(clerk, id, "merit"), Why::not_found)) << "the line goes up, never down";
    does(outside, id, "no_merit", State::closed);
}

} // namespace
