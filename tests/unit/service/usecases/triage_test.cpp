#include "tests/unit/service/usecases/agency.h"
#include "tests/unit/service/usecases/forwarding.h"

#include "crypto/officer/casework.h"
#include "service/usecases/officer/triage.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <set>

namespace {

using namespace usecases_test;
using Why = ActRefused::Why;

class Triage : public AgencyTest {
protected:
    PilePage pile(const Person &who, Pile which, std::size_t page = 1) {
        auto context = officer();
        const auto permitted = domain::Permitted<Action::read_cases>::check(who.actor());
        auto out = pile_page(*permitted, context, session(who), which, page);
        EXPECT_TRUE(out);
        return out ? std::move(*out) : PilePage();
    }
    PileMoved sort(const Person &who, std::span<const PileMove> moves) {
        auto context = officer();
        return move_pile(*domain::Permitted<Action::work_cases>::check(who.actor()), context, session(who), moves);
    }
    // A move of every case of the page, as its form would send it.
    std::vector<PileMove> all_of(const PilePage &page, const std::string &event) {
        std::vector<PileMove> out;
        for (const PileItem &item : page.items)
            out.push_back({item.row.id.text(), {event, item.version, whole_form(event), item.follow_ups, void_notice}});
        return out;
    }
    std::vector<std::string> offered(const Person &who, Pile which) {
        std::vector<std::string> out;
        for (const PileItem &item : pile(who, which).items)
            for (const auto *move : item.moves)
                out.emplace_back(move->event);
        return out;
    }
    void write(const std::string &receipt, std::string_view text) {
        auto context = reporter();
        ASSERT_TRUE(write_more(context, receipt, text, tracked(receipt).once));
    }
    std::string set_aside_by(const Person &who) { // of the only case
        const auto id = case_of(who);
        EXPECT_TRUE(move(who, id, "set_aside"));
        return id;
    }
    std::size_t logged(crypto::AuditEvent event, const Person &who) {
        std::size_t out = 0;
        auto behind = database();
        auto rows = behind.query("SELECT entry FROM audit ORDER BY sequence");
        while (rows && rows->next().value_or(false)) {
            const auto entry = crypto::AuditEntry::decode(rows->blob());
            out += entry && entry->event == event && entry->actor == who.id() && entry->time != 0;
        }
        return out;
    }
};

TEST_F(Triage, OneProposesAnotherConfirmsAndTheReporterIsTold) {
    const auto receipt = file("asdf asdf");
    const auto id = set_aside_by(legal);
    EXPECT_EQ(open(head, id)->row.state, State::set_aside);
    EXPECT_EQ(queue_of(legal).totals.in_progress, 1U) << "a proposal alone takes nothing out of the figures";
    EXPECT_EQ(tracked(receipt).state, State::set_aside);
    EXPECT_TRUE(tracked(receipt).messages.empty());
    ASSERT_TRUE(move(head, id, "confirm_void"));
    const auto told = tracked(receipt);
    EXPECT_EQ(told.state, State::closed);
    ASSERT_EQ(told.messages.size(), 1U);
    EXPECT_EQ(told.messages[0].text, void_notice);
    const auto view = open(legal, id);
    ASSERT_TRUE(view);
    EXPECT_TRUE(view->row.uncounted);
    ASSERT_EQ(view->history.size(), 4U);
    EXPECT_EQ(view->history[1].event, "set_aside");
    EXPECT_EQ(view->history[1].who, legal.name);
    EXPECT_EQ(view->history[2].event, "confirm_void");
    EXPECT_EQ(view->history[2].who, head.name);
    EXPECT_EQ(view->complaint.facts, "asdf asdf") << "nothing is deleted";
    EXPECT_EQ(logged(crypto::AuditEvent::case_moved, legal), 1U);
    EXPECT_EQ(logged(crypto::AuditEvent::case_moved, head), 1U);
    EXPECT_EQ(logged(crypto::AuditEvent::reply_sent, head), 1U);
}

TEST_F(Triage, WhoProposedNeverConfirms) {
    file();
    const auto id = set_aside_by(legal);
    EXPECT_TRUE(refused(move(legal, id, "confirm_void"), Why::not_found));
    EXPECT_EQ(open(legal, id)->row.state, State::set_aside);
    for (const Person *outsider : {&clerk, &executive, &outside})
        EXPECT_TRUE(refused(move(*outsider, id, "confirm_void"), Why::not_found)) << "reads no such case";
    EXPECT_TRUE(move(head, id, "confirm_void"));
}

TEST_F(Triage, WhileItWaitsNothingElseCanBeDone) {
    file();
    const auto id = set_aside_by(legal);
    for (const char *event : {"register", "screen", "propose", "close", "set_aside", "take_up"})
        for (const Person *who : {&legal, &head})
            EXPECT_TRUE(refused(move(*who, id, event), Why::not_found)) << event;
}

TEST_F(Triage, AnExcludedLegalOfficerSeesNoneOfItAndTwoOthersDoIt) {
    file("นิติกรเกี่ยวข้อง", {&legal});
    const auto id = case_of(head);
    EXPECT_EQ(pile(legal, Pile::fresh).total, 0U);
    EXPECT_TRUE(refused(move_at(legal, id, {"set_aside", 1, whole_form("set_aside"), 0, {}}), Why::not_found));
    ASSERT_TRUE(move(head, id, "set_aside"));
    EXPECT_TRUE(refused(move(head, id, "confirm_void"), Why::not_found));
    EXPECT_EQ(pile(legal, Pile::proposed).total, 0U);
    EXPECT_EQ(pile(clerk, Pile::proposed).total, 1U);
    ASSERT_TRUE(move(clerk, id, "confirm_void"));
    EXPECT_EQ(pile(legal, Pile::voided).total, 0U);
    EXPECT_TRUE(queue_of(legal).totals.voided.empty());
    EXPECT_TRUE(refused(move_at(legal, id, {"take_up", 3, {}, 0, {}}), Why::not_found));
}

TEST_F(Triage, KeepingBringsTheCaseBackToWhereItWas) {
    const auto receipt = file();
    const auto id = case_of(legal);
    walk_to(State::screening, id, legal, clerk);
    ASSERT_TRUE(move(legal, id, "set_aside"));
    const auto kept = move(head, id, "keep");
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->state, State::screening);
    EXPECT_TRUE(tracked(receipt).messages.empty());
    EXPECT_TRUE(move(legal, id, "propose"));
    EXPECT_TRUE(move(clerk, id, "close"));
}

TEST_F(Triage, WhatWasSetAsideByMistakeIsTakenUpAndDecided) {
    const auto receipt = file();
    const auto id = set_aside_by(legal);
    ASSERT_TRUE(move(head, id, "confirm_void"));
    clock.next_day();
    const auto up = move_at(head, id, {"take_up", 3, {}, 0, "นำกลับมาพิจารณาแล้ว"});
    ASSERT_TRUE(up);
    EXPECT_EQ(up->state, State::submitted);
    const auto told = tracked(receipt).messages;
    ASSERT_EQ(told.size(), 2U) << "who was told of the end is told that it was a mistake";
    EXPECT_EQ(told[1].text, "นำกลับมาพิจารณาแล้ว");
    EXPECT_EQ(logged(crypto::AuditEvent::reply_sent, head), 2U);
    EXPECT_FALSE(open(head, id)->row.uncounted);
    walk_to(State::closed, id, legal, clerk);
    const auto totals = queue_of(legal).totals;
    EXPECT_EQ(totals.finished, 1U);
    EXPECT_TRUE(totals.voided.empty());
    EXPECT_TRUE(refused(move(head, id, "take_up"), Why::not_found)) << "an order is not taken back";
}

TEST_F(Triage, TwiceSetAsideKeepsOneCountedOutcome) {
    file();
    const auto id = case_of(legal);
    for (int i = 0; i < 2; ++i) {
        ASSERT_TRUE(move(legal, id, "set_aside"));
        ASSERT_TRUE(move(head, id, "confirm_void"));
        if (i == 0)
            ASSERT_TRUE(move(legal, id, "take_up"));
    }
    auto behind = database();
    auto rows = behind.query("SELECT allegation, outcome FROM case_outcome");
    ASSERT_TRUE(rows && rows->next().value_or(false));
    EXPECT_EQ(rows->integer(), 1);
    EXPECT_EQ(rows->integer(), static_cast<std::int64_t>(domain::Outcome::voided));
    EXPECT_FALSE(rows->next().value_or(true));
}

TEST_F(Triage, WhatTheReporterWroteMeanwhileMustBeReadFirst) {
    const auto receipt = file("asdf");
    const auto id = case_of(legal);
    const auto shown = pile(legal, Pile::fresh);
    write(receipt, "ขออภัย ส่งผิด ความจริงคือ …");
    auto done = sort(legal, all_of(shown, "set_aside"));
    ASSERT_EQ(done.left.size(), 1U);
    EXPECT_EQ(done.left[0].why, Why::stale);
    EXPECT_EQ(open(legal, id)->row.state, State::submitted);
    const auto again = pile(legal, Pile::fresh);
    ASSERT_EQ(again.items[0].texts.size(), 2U);
    EXPECT_TRUE(again.items[0].texts[1].follow_up);
    EXPECT_EQ(again.items[0].texts[1].words, "ขออภัย ส่งผิด ความจริงคือ …");
    EXPECT_TRUE(sort(legal, all_of(again, "set_aside")).left.empty());
    const auto waiting = pile(head, Pile::proposed);
    write(receipt, "และอีกอย่าง");
    done = sort(head, all_of(waiting, "confirm_void"));
    ASSERT_EQ(done.left.size(), 1U);
    EXPECT_EQ(done.left[0].why, Why::stale);
    EXPECT_TRUE(tracked(receipt).messages.empty()) << "nothing half done";
    EXPECT_TRUE(sort(head, all_of(pile(head, Pile::proposed), "confirm_void")).left.empty());
}

TEST_F(Triage, OnlyWhatTheListShowsWholeIsConfirmedFromIt) {
    const auto receipt = file(std::string(confirm_characters + 1, 'x'));
    const auto id = set_aside_by(legal);
    EXPECT_TRUE(pile(head, Pile::proposed).items.at(0).confirm_on_case);
    EXPECT_EQ(offered(head, Pile::proposed), std::vector<std::string>{"keep"});
    EXPECT_FALSE(pile(legal, Pile::proposed).items.at(0).confirm_on_case) << "who proposed cannot confirm anywhere";
    const auto done = sort(head, all_of(pile(head, Pile::proposed), "confirm_void"));
    ASSERT_EQ(done.left.size(), 1U);
    EXPECT_EQ(done.left[0].why, Why::faults);
    EXPECT_EQ(open(head, id)->row.state, State::set_aside);
    EXPECT_TRUE(tracked(receipt).messages.empty());
    EXPECT_TRUE(move(head, id, "confirm_void")) << "on its own page, which shows everything";
}

TEST_F(Triage, WhoConfirmsIsShownMoreThanTheFacts) {
    auto typed = form(std::string(confirm_characters - 6, 'x'));
    typed.witnesses = "พยาน";
    file(typed);
    set_aside_by(legal);
    EXPECT_TRUE(pile(head, Pile::proposed).items.at(0).texts.at(0).words.ends_with("x\n\nพยาน"));
    EXPECT_FALSE(pile(head, Pile::proposed).items.at(0).confirm_on_case);
}

TEST_F(Triage, AHiddenFollowUpIsConfirmedOnItsPageOnly) {
    const auto receipt = file("asdf");
    set_aside_by(legal);
    for (std::size_t i = 0; i < preview_follow_ups; ++i)
        write(receipt, "เพิ่ม " + std::to_string(i));
    EXPECT_FALSE(pile(head, Pile::proposed).items.at(0).confirm_on_case);
    write(receipt, "อีกข้อความ");
    EXPECT_TRUE(pile(head, Pile::proposed).items.at(0).confirm_on_case) << "the first of four is not shown";
    EXPECT_EQ(sort(head, all_of(pile(head, Pile::proposed), "confirm_void")).left.size(), 1U);
}

// Between the opening of the case and the commit: the store counts once more.
TEST_F(Triage, AFollowUpInTheLastMomentIsNotOvertaken) {
    const auto receipt = file("asdf");
    const auto id = set_aside_by(legal);
    struct Writing final : Forwarding {
        std::function<void()> first;
        Writing(ports::OfficerWrites &writes, std::function<void()> before) : Forwarding(writes), first(std::move(before)) {}
        base::Result<ports::RegisterNumber> move(ports::Move row) override {
            first();
            return real.move(std::move(row));
        }
    } writing(store->officer_writes(), [&] { write(receipt, "เดี๋ยวก่อน"); });
    OfficerContext context{keys, clock, policy, agency(), *officer_reads, writing, sessions, cost, profile, *tools, checked_files, mail_desk, indexes};
    const auto done = move_case(*domain::Permitted<Action::work_cases>::check(head.actor()), context, session(head), id,
                                {"confirm_void", open(head, id)->version, whole_form("confirm_void"), 0, void_notice});
    EXPECT_TRUE(refused(done, Why::stale));
    EXPECT_EQ(open(head, id)->row.state, State::set_aside);
}

TEST_F(Triage, AFollowUpAfterwardsPutsTheCaseBeforeTheOfficersAgain) {
    const auto receipt = file("asdf");
    const auto id = set_aside_by(legal);
    ASSERT_TRUE(move(head, id, "confirm_void"));
    clock.next_day();
    file("เรื่องอื่น");
    EXPECT_EQ(queue_of(head).rows.back().id.text(), id);
    write(receipt, "เรื่องจริง");
    const auto rows = queue_of(head).rows;
    EXPECT_EQ(rows.front().id.text(), id) << "first of all";
    EXPECT_TRUE(rows.front().news && rows.front().uncounted);
    EXPECT_EQ(open(head, id)->history.back().text, "เรื่องจริง");
    EXPECT_TRUE(move(head, id, "take_up"));
}

TEST_F(Triage, VoidStandsOutsideTheTotalsAndIsCountedByWho) {
    for (int i = 0; i < 3; ++i)
        file("ขาย " + std::to_string(i));
    file("เรื่องจริง");
    auto shown = pile(legal, Pile::fresh);
    std::erase_if(shown.items, [](const PileItem &item) { return item.texts[0].words == "เรื่องจริง"; });
    EXPECT_EQ(sort(legal, all_of(shown, "set_aside")).done.at("set_aside"), 3U);
    EXPECT_EQ(sort(head, all_of(pile(head, Pile::proposed), "confirm_void")).done.at("confirm_void"), 3U);
    for (const Person *who : {&legal, &head}) {
        const auto totals = queue_of(*who).totals;
        EXPECT_EQ(totals.total, 1U);
        EXPECT_EQ(totals.finished, 0U);
        ASSERT_EQ(totals.voided.size(), 1U);
        EXPECT_EQ(totals.voided[0].proposed_by, legal.name);
        EXPECT_EQ(totals.voided[0].confirmed_by, head.name);
        EXPECT_EQ(totals.voided[0].count, 3U);
    }
    EXPECT_TRUE(queue_of(clerk).totals.voided.empty()) << "of what the viewer can open";
}

TEST_F(Triage, APileComesInPagesOfTwentyOldestFirst) {
    for (int i = 0; i < 23; ++i)
        file("เรื่องที่ " + std::to_string(i));
    clock.next_day();
    file("ใหม่สุด");
    const auto first = pile(legal, Pile::fresh), second = pile(legal, Pile::fresh, 2), beyond = pile(legal, Pile::fresh, 99);
    EXPECT_EQ(first.total, 24U);
    EXPECT_EQ(first.pages, 2U);
    EXPECT_EQ(first.items.size(), 20U);
    EXPECT_EQ(second.items.size(), 4U);
    EXPECT_EQ(second.items.back().texts[0].words, "ใหม่สุด");
    EXPECT_EQ(beyond.page, 2U) << "the last one";
    std::set<base::CaseId> seen;
    for (const auto *page : {&first, &second})
        for (const PileItem &item : page->items)
            seen.insert(item.row.id);
    EXPECT_EQ(seen.size(), 24U);
}

// SUCHARIT_FLOOD=2000 measures a real flood; the size here only shows that the rest is not opened.
TEST_F(Triage, AFloodIsPagedAndOnlyThePageIsOpened) {
    const char *wanted = std::getenv("SUCHARIT_FLOOD");
    const std::size_t size = wanted ? std::stoul(wanted) : 45;
    for (std::size_t i = 0; i < size; ++i)
        file("ขาย " + std::to_string(i));
    auto context = officer();
    const auto signed_in = session(legal);
    const auto may_read = *domain::Permitted<Action::read_cases>::check(legal.actor());
    const auto timed = [&](const char *what, auto act) {
        const auto start = std::chrono::steady_clock::now();
        act();
        const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
        std::printf("%zu filings, %s: %.0f ms\n", size, what, took.count());
    };
    PilePage page;
    timed("a page of the pile", [&] { page = *pile_page(may_read, context, signed_in, Pile::fresh, 1); });
    EXPECT_EQ(page.total, size);
    EXPECT_EQ(page.items.size(), pile_page_size);
    EXPECT_EQ(logged(crypto::AuditEvent::case_opened, legal), pile_page_size);
    const auto moves = all_of(page, "set_aside");
    timed("setting a page aside", [&] { EXPECT_EQ(sort(legal, moves).done.at("set_aside"), pile_page_size); });
    timed("the queue", [&] { EXPECT_EQ(queue(may_read, context, signed_in, whole_queue)->rows.size(), size); });
}

TEST_F(Triage, TheBeginningOfEachTextIsShownAndItsReadingIsLogged) {
    std::string letters;
    for (std::size_t i = 0; i < preview_characters; ++i)
        letters += "ก";
    file(letters + "ำข้อความที่ยาวกว่า");
    const auto page = pile(legal, Pile::fresh);
    ASSERT_EQ(page.items.size(), 1U);
    EXPECT_EQ(page.items[0].texts[0].words, letters + "ำ") << "a vowel stays with its consonant";
    EXPECT_TRUE(page.items[0].texts[0].goes_on);
    EXPECT_EQ(page.items[0].subject, "นายสมหมาย โกงกิน");
    EXPECT_EQ(logged(crypto::AuditEvent::case_opened, legal), 1U);
    EXPECT_EQ(logged(crypto::AuditEvent::case_opened, head), 0U);
}

TEST_F(Triage, OfManyMessagesTheLatestAreShown) {
    const auto receipt = file("asdf");
    for (const char *day : {"1", "2", "3", "4", "5"}) {
        write(receipt, day);
        clock.next_day();
    }
    const auto page = pile(legal, Pile::fresh);
    ASSERT_EQ(page.items.size(), 1U);
    std::vector<std::string> shown;
    for (const auto &text : page.items[0].texts)
        shown.push_back(text.words);
    EXPECT_EQ(shown, (std::vector<std::string>{"asdf", "3", "4", "5"}));
    EXPECT_EQ(page.items[0].follow_ups, 5U) << "of how many";
}

TEST_F(Triage, OfAFormThatIsPartlyOldTheRestIsDone) {
    for (int i = 0; i < 3; ++i)
        file("ขาย " + std::to_string(i));
    const auto shown = pile(legal, Pile::fresh);
    ASSERT_TRUE(move(legal, shown.items[1].row.id.text(), "register"));
    auto moves = all_of(shown, "set_aside");
    moves.push_back({base::CaseId::random().text(), moves[0].form});
    moves.push_back({"not an id", moves[0].form});
    const auto done = sort(legal, moves);
    EXPECT_EQ(done.done.at("set_aside"), 2U);
    ASSERT_EQ(done.left.size(), 3U);
    EXPECT_EQ(done.left[0].case_id, shown.items[1].row.id.text());
    EXPECT_EQ(done.left[0].why, Why::stale);
    EXPECT_EQ(done.left[1].why, Why::not_found);
    EXPECT_EQ(done.left[2].why, Why::not_found);
    EXPECT_EQ(open(legal, shown.items[1].row.id.text())->row.state, State::registered);
}

TEST_F(Triage, OnlyTheWaysOutOfThePileAreOffered) {
    file();
    EXPECT_EQ(offered(legal, Pile::fresh), std::vector<std::string>{"set_aside"});
    EXPECT_TRUE(offered(head, Pile::fresh).empty()) << "reads them, but the legal officer proposes";
    const auto id = set_aside_by(legal);
    EXPECT_EQ(offered(legal, Pile::proposed), std::vector<std::string>{"keep"});
    EXPECT_EQ(offered(head, Pile::proposed), (std::vector<std::string>{"confirm_void", "keep"}));
    ASSERT_TRUE(move(head, id, "confirm_void"));
    EXPECT_EQ(offered(legal, Pile::voided), std::vector<std::string>{"take_up"});
    EXPECT_TRUE(pile(legal, Pile::fresh).items.empty());
    EXPECT_TRUE(pile(legal, Pile::proposed).items.empty());
}

// Who writes to the database could call a real case spam, or spam a real case.
TEST_F(Triage, TheOutcomeInTheRowIsBelievedOnlyAsTheSignedMovesSay) {
    file();
    const auto id = case_of(legal);
    walk_to(State::closed, id, legal, clerk);
    const auto change = [&](storage::Sql sql) {
        auto behind = database();
        ASSERT_TRUE(behind.run(sql));
        ASSERT_GT(behind.changes(), 0);
    };
    change("UPDATE case_outcome SET outcome = 5 WHERE allegation = 1");
    EXPECT_TRUE(fails_with(open(legal, id), Code::refused));
    EXPECT_TRUE(queue_of(legal).rows[0].damaged);
    ASSERT_EQ(pile(legal, Pile::voided).items.size(), 1U);
    const auto read = logged(crypto::AuditEvent::case_opened, legal);
    EXPECT_TRUE(pile(legal, Pile::voided).items[0].row.damaged) << "in sight, and nothing of it is shown";
    EXPECT_EQ(logged(crypto::AuditEvent::case_opened, legal), read) << "what was not shown was not read";
    change("UPDATE case_outcome SET outcome = 3 WHERE allegation = 1");
    EXPECT_TRUE(open(legal, id));
    EXPECT_EQ(pile(legal, Pile::voided).total, 0U) << "decided, not spam";
}

// With both the case key and the database key: the confirmation must still be signed by somebody else.
TEST_F(Triage, AConfirmationByWhoProposedIsRefusedEvenWhenItStandsInTheLog) {
    file();
    const auto id = set_aside_by(legal);
    const auto today = clock.today();
    const auto slot = officer_reads->slot(*base::CaseId::from_text(id), legal.id(), today);
    ASSERT_TRUE(slot && *slot);
    const auto &record = (*slot)->row.record;
    const auto key = crypto::open_slot(legal.keys, record, (*slot)->sealed);
    ASSERT_TRUE(key);
    ports::Move row;
    row.case_id = record.case_id;
    row.expected_version = (*slot)->row.version;
    row.to = State::closed;
    row.today = today;
    row.time = clock.now();
    row.closes = true;
    row.outcomes = {domain::Outcome::voided};
    row.object = *crypto::seal_move(
        *key, legal.keys, {crypto::Kind::move, record.case_id, base::ObjectId::random(), record.epoch, legal.id()},
        base::view(domain::move_to_json({"confirm_void", row.expected_version, {whole_form("confirm_void")}, {}, as(legal)})));
    row.audit = {{.event = crypto::AuditEvent::case_moved, .day = today, .time = clock.now(), .actor = legal.id(),
                  .subject = crypto::case_pseudonym(keys, record.case_id), .object = row.object.header.object_id,
                  .digest = crypto::digest(row.object.sealed)}};
    ASSERT_TRUE(store->officer_writes().move(std::move(row)));
    EXPECT_TRUE(fails_with(open(head, id), Code::refused));
}

} // namespace
