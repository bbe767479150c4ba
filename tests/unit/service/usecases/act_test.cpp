#include "tests/unit/service/usecases/agency.h"

#include <set>

namespace {

using namespace usecases_test;
using Why = ActRefused::Why;
using Series = ports::RegisterNumber::Series;

class Acting : public AgencyTest {
protected:
    ports::RegisterNumber registered(const std::string &id, const Person &by) {
        const auto done = move(by, id, "register");
        EXPECT_TRUE(done);
        return done ? done->number.value_or(ports::RegisterNumber{}) : ports::RegisterNumber{};
    }
    std::vector<std::string> ids_of(const Person &who) {
        std::vector<std::string> out;
        for (const QueueRow &row : queue_of(who).rows)
            out.push_back(row.id.text());
        return out;
    }
};

TEST_F(Acting, ACaseGoesFromRegisterToCloseAndTheReporterIsTold) {
    const auto receipt = file();
    const auto id = case_of(legal);
    const auto first = move(legal, id, "register");
    ASSERT_TRUE(first && first->number);
    EXPECT_EQ(first->state, State::registered);
    EXPECT_EQ(first->number->series, Series::open);
    EXPECT_EQ(first->number->year, 2569);
    EXPECT_EQ(first->number->number, 1U);
    EXPECT_EQ(tracked(receipt).state, State::registered);
    const auto second = move(legal, id, "screen");
    ASSERT_TRUE(second);
    EXPECT_FALSE(second->number);
    EXPECT_TRUE(fails_with(open(clerk, id), Code::not_found)) << "before it is put before the superiors";
    EXPECT_TRUE(fails_with(open(executive, id), Code::not_found));
    ASSERT_TRUE(move(legal, id, "propose"));
    for (const Person *superior : {&clerk, &executive})
        EXPECT_TRUE(open(*superior, id)) << "who moves a case into a state seals it for that state's actors";
    EXPECT_TRUE(fails_with(open(outside, id), Code::not_found));
    EXPECT_TRUE(tracked(receipt).messages.empty());
    ASSERT_TRUE(move(clerk, id, "close"));
    const auto told = tracked(receipt);
    EXPECT_EQ(told.state, State::closed);
    ASSERT_EQ(told.messages.size(), 1U);
    EXPECT_EQ(told.messages[0].text, "หน่วยงานพิจารณาแล้ว ยุติเรื่อง");
    EXPECT_EQ(told.messages[0].from, Post::clerk);
}

// Whoever has the receipt can open the bytes themselves, past every page.
TEST_F(Acting, TheReceiptOpensOfAnAnswerItsTextAndThePostAndNothingElse) {
    const auto receipt = file();
    const auto id = case_of(legal);
    ASSERT_TRUE(answer(legal, id, "ขอเอกสารเพิ่ม"));
    const auto own = crypto::ReceiptKeys::derive(*crypto::Receipt::parse(receipt));
    const auto rows = reporter_reads->replies(*base::CaseId::from_text(id));
    ASSERT_TRUE(rows);
    ASSERT_EQ(rows->size(), 1U);
    auto context = reporter();
    const auto plain = crypto::open_reply_as_reporter(own, (*context.snapshot())->roster, rows->front().header, rows->front().sealed);
    ASSERT_TRUE(plain);
    EXPECT_EQ(base::text(*plain), R"({"text":"ขอเอกสารเพิ่ม","from":"legal_officer"})");
    EXPECT_EQ(open(legal, id)->history.back().as, as(legal)) << "officers see order and capacity, as the agency signed them";
}

TEST_F(Acting, TheHistoryIsInOrderEvenWhenEverythingFallsIntoOneSecond) {
    file();
    const auto id = case_of(legal);
    walk_to(State::closed, id, legal, executive);
    const auto view = open(head, id);
    ASSERT_TRUE(view);
    std::vector<std::string> events;
    for (const HistoryEntry &entry : view->history)
        events.push_back(entry.event);
    EXPECT_EQ(events, (std::vector<std::string>{"filed", "register", "screen", "propose", "close", "reply"}));
    EXPECT_EQ(view->history[1].who, legal.name);
    EXPECT_EQ(view->history[1].as, as(legal));
    EXPECT_EQ(view->history[1].time, clock.now());
    EXPECT_EQ(view->history[4].who, executive.name);
    std::map<std::string, std::string> fields;
    for (const FieldValue &field : view->history[4].fields)
        fields[field.name] = field.value;
    EXPECT_EQ(fields, whole_form("close"));
    EXPECT_EQ(view->allegations, (std::vector<std::string>{"เรียกรับเงิน", "สร้างไม่ตรงแบบ"}));
}

TEST_F(Acting, OnlyTheMovesOfTheMomentAreOfferedAndOnlyToWhomTheyAreOpen) {
    file();
    const auto id = case_of(legal);
    const auto offered = [&](const Person &who) {
        std::vector<std::string> out;
        for (const OfferedMove &offer : open(who, id)->moves)
            out.emplace_back(offer.transition->event);
        return out;
    };
    EXPECT_EQ(offered(legal), (std::vector<std::string>{"register", "set_aside", "general_grievance", "withdraw", "duplicate"}));
    EXPECT_TRUE(offered(head).empty()) << "reads, but it is not the head's turn";
    EXPECT_TRUE(open(head, id)->may_reply);
    walk_to(State::pending_order, id, legal, clerk);
    EXPECT_EQ(offered(legal), (std::vector<std::string>{"paper_close", "withdraw", "duplicate"})) << "what a superior signed on paper";
    EXPECT_EQ(offered(clerk), (std::vector<std::string>{"order_facts", "close", "refer", "suspend"}));
    EXPECT_EQ(open(clerk, id)->moves[0].allegations.size(), 2U);
    ASSERT_TRUE(move(clerk, id, "close"));
    for (const Person *who : {&legal, &head})
        EXPECT_TRUE(offered(*who).empty());
    for (const Person *who : {&clerk, &executive})
        EXPECT_EQ(offered(*who), std::vector<std::string>{"reopen"});
}

// Every state that a case comes through, every event, everybody: what the domain test's own table does not allow is not there.
TEST_F(Acting, EveryMoveThatTheTableDoesNotAllowIsNotFound) {
    using Allowed = std::map<std::string, std::vector<const Person *>>;
    const struct {
        const Person *by;
        const char *event;
        Allowed allowed; // before it
    } way[] = {
        {&legal, "register", {{"register", {&legal}}, {"set_aside", {&legal}}, {"general_grievance", {&legal}}}},
        {&legal, "screen", {{"screen", {&legal}}, {"set_aside", {&legal}}, {"general_grievance", {&legal}}}},
        {&legal, "propose", {{"propose", {&legal}}, {"ask", {&legal}}, {"set_aside", {&legal}}, {"general_grievance", {&legal}}}},
        {&clerk, "order_facts", {{"order_facts", {&clerk, &executive}}, {"close", {&clerk, &executive}}, {"refer", {&clerk, &executive}},
                                 {"paper_close", {&legal}}}},
        {&head, "report", {{"report", {&head}}, {"extend", {&executive}}, {"reassign", {&clerk, &executive}}}},
        {&executive, "merit", {{"merit", {&executive}}, {"no_merit", {&executive}}}},
        {&legal, "finish", {{"finish", {&legal}}}},
        {&clerk, "confirm_ending", {{"confirm_ending", {&clerk}}, {"return_ending", {&clerk}}}},
        {&clerk, "reopen", {{"reopen", {&clerk, &executive}}}},
    };
    std::set<std::string> events{"", "answers", "closing"};
    for (const domain::Transition &row : domain::transitions())
        events.emplace(row.event);
    file();
    const auto id = case_of(legal);
    for (const auto &step : way) {
        SCOPED_TRACE(step.event);
        const auto state = open(legal, id)->row.state;
        const bool in_progress = state != State::closing && state != State::closed;
        for (const Person *who : {&legal, &head, &clerk, &executive, &outside}) {
            const auto view = open(*who, id);
            const auto signed_in = session(*who);
            auto context = officer();
            const auto works = domain::Permitted<Action::work_cases>::check(who->actor());
            std::set<std::string> offered;
            if (view)
                for (const OfferedMove &move : view->moves)
                    offered.emplace(move.transition->event);
            for (const std::string &event : events) {
                const auto found = step.allowed.find(event);
                const bool may = view && ((found != step.allowed.end() && std::ranges::find(found->second, who) != found->second.end()) ||
                                          (in_progress && who == &legal && (event == "withdraw" || event == "duplicate")) ||
                                          (in_progress && who == &clerk && event == "suspend"));
                EXPECT_EQ(offered.contains(event), may) << who->login << " " << event;
                if (!may)
                    EXPECT_TRUE(refused(move_case(*works, context, signed_in, id, {event, view ? view->version : 1, whole_form(event)}),
                                        Why::not_found)) << who->login << " " << event;
            }
        }
        ASSERT_TRUE(move(*step.by, id, step.event));
    }
}

TEST_F(Acting, OutcomesAreKeptForEachAllegationInTheirOrder) {
    file();
    const auto id = case_of(legal);
    walk_to(State::closed, id, legal, clerk);
    auto behind = database();
    auto rows = behind.query("SELECT allegation, outcome FROM case_outcome ORDER BY allegation");
    ASSERT_TRUE(rows);
    std::vector<std::pair<std::int64_t, domain::Outcome>> found;
    while (rows->next().value_or(false)) {
        const auto allegation = rows->integer();
        found.emplace_back(allegation, static_cast<domain::Outcome>(rows->integer()));
    }
    EXPECT_EQ(found, (std::vector<std::pair<std::int64_t, domain::Outcome>>{{1, domain::Outcome::no_merit},
                                                                             {2, domain::Outcome::insufficient}}));
}

TEST_F(Acting, RegisterNumbersHaveNoGapsAndRestrictedCasesCountApart) {
    for (int i = 0; i < 3; ++i)
        file("เปิด " + std::to_string(i));
    const auto open_cases = ids_of(legal);
    file("จำกัด", {&executive});
    std::string restricted;
    for (const auto &id : ids_of(legal))
        if (std::ranges::find(open_cases, id) == open_cases.end())
            restricted = id;
    ASSERT_EQ(open_cases.size(), 3U);
    EXPECT_EQ(registered(open_cases[0], legal).number, 1U);
    const auto apart = registered(restricted, legal);
    EXPECT_EQ(apart.series, Series::restricted);
    EXPECT_GE(apart.number, 1000U) << "random, so that it does not tell how many came before";
    EXPECT_TRUE(refused(move(legal, open_cases[1], "register", {{"category", "gossip"}}), Why::faults)) << "takes no number";
    EXPECT_TRUE(refused(move_at(legal, open_cases[1], {"register", 7, whole_form("register")}), Why::stale));
    EXPECT_EQ(registered(open_cases[1], legal).number, 2U);
    EXPECT_EQ(registered(open_cases[2], legal).number, 3U);
}

TEST_F(Acting, RegisterNumbersStartAgainWithTheYearOfTheSetting) {
    file("ก่อน");
    const auto before = case_of(legal);
    EXPECT_EQ(registered(before, legal).year, 2569);
    clock.time += 250 * 86400; // November 2026
    file("หลัง");
    auto later = ids_of(legal);
    std::erase(later, before);
    policy.register_by_fiscal_year = false;
    const auto calendar = registered(later.at(0), legal);
    EXPECT_EQ(calendar.year, 2569);
    EXPECT_EQ(calendar.number, 2U);
    policy.register_by_fiscal_year = true;
    file("อีก");
    auto last = ids_of(legal);
    std::erase(last, before);
    std::erase(last, later.at(0));
    const auto fiscal = registered(last.at(0), legal);
    EXPECT_EQ(fiscal.year, 2570);
    EXPECT_EQ(fiscal.number, 1U);
}

TEST_F(Acting, FaultsOfTheFormAreToldAndNothingMoves) {
    file();
    const auto id = case_of(legal);
    ASSERT_TRUE(move(legal, id, "register"));
    const auto done = move(legal, id, "screen", {{"no_conflict", ""}});
    ASSERT_TRUE(refused(done, Why::faults));
    ASSERT_EQ(done.error().faults.size(), 1U);
    EXPECT_EQ(done.error().faults[0].field, "no_conflict");
    EXPECT_EQ(open(legal, id)->row.state, State::registered);
    EXPECT_TRUE(move(legal, id, "screen"));
}

TEST_F(Acting, ClosingDemandsAnOutcomeForEachAllegation) {
    file();
    const auto id = case_of(legal);
    walk_to(State::pending_order, id, legal, clerk);
    const auto done = move(clerk, id, "close", {{"outcome_2", ""}});
    ASSERT_TRUE(refused(done, Why::faults));
    EXPECT_EQ(done.error().faults[0].field, "outcome_2");
}

TEST_F(Acting, AStaleFormIsToldSo) {
    file();
    const auto id = case_of(legal);
    const MoveForm shown{"register", open(legal, id)->version, whole_form("register")};
    ASSERT_TRUE(move_at(legal, id, shown));
    EXPECT_TRUE(refused(move_at(legal, id, shown), Why::stale)) << "the same form twice registers once";
    EXPECT_EQ(open(legal, id)->row.number->number, 1U);
}

TEST_F(Acting, OfTwoWhoCloseAtOnceOneIsTooLate) {
    file();
    const auto id = case_of(legal);
    walk_to(State::pending_order, id, legal, clerk);
    const MoveForm form{"close", open(clerk, id)->version, whole_form("close")};
    EXPECT_TRUE(move_at(executive, id, form));
    EXPECT_TRUE(refused(move_at(clerk, id, form), Why::stale));
}

TEST_F(Acting, AMoveWithNobodyToGoOnIsRefused) {
    file("x", {&clerk, &executive}); // outside is left to decide
    const auto id = case_of(legal);
    walk_to(State::screening, id, legal, clerk);
    ASSERT_TRUE(database().run("UPDATE officer SET disabled = 1 WHERE officer = ?", {outside.id()}));
    reload_agency();
    EXPECT_TRUE(refused(move(legal, id, "propose"), Why::nobody_next));
    EXPECT_EQ(open(legal, id)->row.state, State::screening);
}

TEST_F(Acting, TheSameAnswerTwiceIsOneAndAnEditedOneASecond) {
    const auto receipt = file();
    const auto id = case_of(legal);
    const auto form_token = new_reply_id();
    EXPECT_TRUE(answer(legal, id, "หนึ่ง", form_token));
    EXPECT_TRUE(answer(legal, id, "หนึ่ง\r\n", form_token));
    EXPECT_EQ(tracked(receipt).messages.size(), 1U);
    EXPECT_TRUE(answer(legal, id, "สอง", form_token));
    EXPECT_EQ(tracked(receipt).messages.size(), 2U);
    EXPECT_EQ(open(legal, id)->history.size(), 3U);
}

TEST_F(Acting, OneAnswerSentInTwoCasesReachesBoth) {
    const auto first = file("ก"), second = file("ข");
    const auto form_token = new_reply_id();
    for (const auto &id : ids_of(legal))
        EXPECT_TRUE(answer(legal, id, "ได้รับเรื่องแล้ว", form_token));
    EXPECT_EQ(tracked(first).messages.size(), 1U);
    EXPECT_EQ(tracked(second).messages.size(), 1U);
}

TEST_F(Acting, AnAnswerNeedsWordsAndItsForm) {
    const auto receipt = file();
    const auto id = case_of(legal);
    const auto empty = answer(legal, id, " \u200B");
    ASSERT_TRUE(refused(empty, Why::faults));
    EXPECT_EQ(empty.error().faults[0].key, "fault.message.missing");
    EXPECT_TRUE(refused(answer(legal, id, "x", "not an id"), Why::stale));
    EXPECT_TRUE(tracked(receipt).messages.empty());
}

TEST_F(Acting, AClosedCaseCanStillBeAnswered) {
    const auto receipt = file();
    const auto id = case_of(legal);
    walk_to(State::closed, id, legal, clerk);
    EXPECT_TRUE(answer(legal, id, "เพิ่มเติม"));
    EXPECT_EQ(tracked(receipt).messages.size(), 2U);
}

} // namespace
