#include "tests/unit/service/usecases/agency.h"

#include <thread>

namespace {

using namespace usecases_test;
using Why = FilingRefused::Why;
using How = Filed::How;

class Filing : public AgencyTest {
protected:
    std::expected<Filed, FilingRefused> send(const domain::FilingForm &form, const std::string &once_field) {
        auto context = reporter();
        return file_complaint(context, form, once_field);
    }
    std::size_t cases_of(const Person &who) { return queue_of(who).rows.size(); }
    std::int64_t count(storage::Sql sql) {
        auto opened = database();
        auto rows = opened.query(sql);
        EXPECT_TRUE(rows && rows->next().value_or(false));
        return rows->integer();
    }
};

TEST_F(Filing, GivesAReceiptOfTwentyEightDigitsInGroupsOfFour) {
    const auto filed = send(form(), once());
    ASSERT_TRUE(filed);
    EXPECT_EQ(filed->how, How::filed);
    ASSERT_EQ(filed->receipt.size(), 28U + 6U);
    for (std::size_t i = 0; i < filed->receipt.size(); ++i)
        EXPECT_EQ(filed->receipt[i] == ' ', i % 5 == 4);
    EXPECT_EQ(tracked(filed->receipt).state, State::submitted);
}

TEST_F(Filing, ReachesTheQueueOfTheIntakePostsAndNoOthers) {
    file();
    EXPECT_EQ(cases_of(legal), 1U);
    EXPECT_EQ(cases_of(head), 1U);
    for (const Person *who : {&clerk, &executive, &outside})
        EXPECT_EQ(cases_of(*who), 0U) << who->login;
    for (const Person *who : {&admin, &auditor}) {
        EXPECT_TRUE(fails_with(domain::Permitted<Action::read_cases>::check(who->actor()), Code::not_found)) << who->login;
        EXPECT_TRUE(fails_with(domain::Permitted<Action::work_cases>::check(who->actor()), Code::not_found)) << who->login;
    }
}

TEST_F(Filing, WhatWasTypedIsWhatTheLegalOfficerReads) {
    auto typed = form("น\u0E33\u0E49ท่วมถนน\r\nเพราะไม่ทำท่อ");
    typed.when = "เดือนที่แล้ว";
    typed.witnesses = "ภาพถ่าย";
    file(typed);
    const auto view = open(legal, case_of(legal));
    ASSERT_TRUE(view);
    EXPECT_EQ(view->complaint.facts, "น\u0E49\u0E33ท่วมถนน\nเพราะไม่ทำท่อ");
    EXPECT_EQ(view->complaint.when, "เดือนที่แล้ว");
    EXPECT_EQ(view->complaint.witnesses, "ภาพถ่าย");
    EXPECT_EQ(view->complaint.subject_name, "นายสมหมาย โกงกิน");
    ASSERT_EQ(view->history.size(), 1U);
    EXPECT_EQ(view->history[0].event, "filed");
    EXPECT_FALSE(view->history[0].time) << "the time of day of a reporter's act is recorded nowhere";
    EXPECT_EQ(view->history[0].who, "");
}

TEST_F(Filing, TheSameFormTwiceIsOneCaseWithOneReceipt) {
    const auto form_token = once();
    const auto first = send(form(), form_token), second = send(form(), form_token);
    ASSERT_TRUE(first && second);
    EXPECT_EQ(second->how, How::filed_before);
    EXPECT_EQ(second->receipt, first->receipt);
    EXPECT_EQ(cases_of(legal), 1U);
    EXPECT_EQ(tracked(first->receipt).sent.size(), 1U);
}

TEST_F(Filing, TheSameFormFromTwoThreadsAtOnceIsOneCase) {
    const auto form_token = once();
    std::vector<std::expected<Filed, FilingRefused>> answers(8, std::unexpected(FilingRefused{Why::busy, {}, {}}));
    std::vector<std::thread> threads;
    for (auto &answer : answers)
        threads.emplace_back([&] {
            const auto reads = store->reporter_reads();
            ReporterContext context{keys, clock, policy, agency(), *reads, store->reporter_writes(), *tools};
            answer = file_complaint(context, form(), form_token);
        });
    for (auto &thread : threads)
        thread.join();
    std::size_t filed = 0;
    for (const auto &answer : answers) {
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->receipt, answers[0]->receipt);
        EXPECT_TRUE(answer->how == How::filed || answer->how == How::filed_before);
        filed += answer->how == How::filed ? 1 : 0;
    }
    EXPECT_EQ(filed, 1U);
    EXPECT_EQ(cases_of(legal), 1U);
    EXPECT_EQ(count("SELECT count(*) FROM object"), 2);
    EXPECT_EQ(count("SELECT count(*) FROM audit_waiting"), 2);
}

TEST_F(Filing, TheSameFormWithOtherTextIsAFollowUp) {
    const auto form_token = once();
    const auto first = send(form("เดิม"), form_token);
    const auto changed = send(form("แก้แล้ว"), form_token);
    ASSERT_TRUE(first && changed);
    EXPECT_EQ(changed->how, How::added_as_follow_up);
    EXPECT_EQ(changed->receipt, first->receipt);
    EXPECT_EQ(send(form("แก้แล้ว"), form_token)->how, How::added_as_follow_up) << "once more adds nothing";
    const auto view = open(legal, case_of(legal));
    ASSERT_TRUE(view);
    EXPECT_EQ(view->complaint.facts, "เดิม") << "what was filed stays as it was";
    ASSERT_EQ(view->history.size(), 2U);
    EXPECT_EQ(view->history[1].event, "follow_up");
    ASSERT_TRUE(view->history[1].refiled);
    EXPECT_EQ(view->history[1].refiled->facts, "แก้แล้ว");
    EXPECT_EQ(tracked(first->receipt).sent.size(), 2U);
}

TEST_F(Filing, TheLongestFormWithOtherTextStillFitsAFollowUp) {
    const auto longest = [](const char *letter, std::size_t count) {
        std::string out;
        while (count-- > 0)
            out += letter;
        return out;
    };
    auto typed = form(longest("\U0001F600", domain::max_facts));
    typed.witnesses = longest("\U0001F600", domain::max_witnesses);
    typed.elsewhere = typed.wish = longest("\U0001F600", domain::max_wish);
    typed.when = typed.where = longest("\U0001F600", domain::max_when);
    typed.subject_name = typed.subject_position = typed.subject_unit = longest("\U0001F600", domain::max_line);
    const auto form_token = once();
    ASSERT_TRUE(send(typed, form_token));
    typed.facts = longest("\U0001F601", domain::max_facts);
    const auto changed = send(typed, form_token);
    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->how, How::added_as_follow_up);
    EXPECT_EQ(open(legal, case_of(legal))->history[1].refiled->facts, typed.facts);
}

TEST_F(Filing, TheSameFormWithOtherExclusionsAddsNothing) {
    const auto form_token = once();
    const auto first = send(form(), form_token);
    const auto changed = send(form("อื่น", {&head}), form_token);
    ASSERT_TRUE(first && changed);
    EXPECT_EQ(changed->how, How::exclusions_differ);
    EXPECT_NE(changed->fresh_once, form_token);
    EXPECT_EQ(open(legal, case_of(legal))->history.size(), 1U);
    EXPECT_EQ(cases_of(head), 1U);
    EXPECT_EQ(send(form("อื่น", {&head}), changed->fresh_once)->how, How::filed) << "the fresh form files it";
    EXPECT_EQ(cases_of(legal), 2U);
    EXPECT_EQ(cases_of(head), 1U);
}

TEST_F(Filing, TheSameFormWithAnotherNameAddsNothing) {
    auto named = form();
    named.anonymous = false;
    named.name = "นางสาวกานดา";
    const auto form_token = once();
    ASSERT_TRUE(send(named, form_token));
    named.phone = "0812345678";
    EXPECT_EQ(send(named, form_token)->how, How::exclusions_differ);
    EXPECT_EQ(send(form(), form_token)->how, How::exclusions_differ);
}

TEST_F(Filing, AnExpiredFormFilesNothingAndOffersAFreshOne) {
    const auto form_token = once();
    clock.time += 26 * 3600;
    const auto late = send(form(), form_token);
    ASSERT_TRUE(refused(late, Why::form_expired));
    EXPECT_EQ(cases_of(legal), 0U);
    EXPECT_TRUE(send(form(), late.error().fresh_once));
}

TEST_F(Filing, AnExpiredFormThatWasFiledStillShowsItsReceipt) {
    const auto form_token = once();
    const auto first = send(form(), form_token);
    clock.time += 26 * 3600;
    const auto late = send(form(), form_token);
    ASSERT_TRUE(first && late);
    EXPECT_EQ(late->how, How::filed_before);
    EXPECT_EQ(late->receipt, first->receipt);
}

TEST_F(Filing, AFormTokenThatThisServerDidNotMakeIsRefused) {
    auto forged = once();
    forged[3] = forged[3] == 'A' ? 'B' : 'A';
    for (const std::string &other : {std::string(), std::string("x"), forged})
        EXPECT_TRUE(refused(send(form(), other), Why::form_expired));
    EXPECT_EQ(cases_of(legal), 0U);
}

TEST_F(Filing, FaultsAreToldAndNothingIsFiled) {
    const auto wrong = send(form(" "), once());
    ASSERT_TRUE(refused(wrong, Why::faults));
    ASSERT_EQ(wrong.error().faults.size(), 1U);
    EXPECT_EQ(wrong.error().faults[0].field, "facts");
    EXPECT_EQ(count("SELECT count(*) FROM complaint_case"), 0);
}

TEST_F(Filing, NobodyLeftIsRefusedAtTheQuestionThatAsked) {
    const auto alone = send(form("ทุกคน", {&legal, &head, &clerk, &executive}), once());
    ASSERT_TRUE(refused(alone, Why::faults));
    ASSERT_EQ(alone.error().faults.size(), 1U);
    EXPECT_EQ(alone.error().faults[0].field, "excluded");
    EXPECT_EQ(alone.error().faults[0].key, "fault.excluded.nobody_left");
    EXPECT_EQ(count("SELECT count(*) FROM complaint_case"), 0);
}

TEST_F(Filing, AnAdminCannotBeExcludedBecauseAnAdminReadsNothing) {
    const auto wrong = send(form("x", {&admin}), once());
    ASSERT_TRUE(refused(wrong, Why::faults));
    EXPECT_EQ(wrong.error().faults[0].key, "fault.excluded.unknown");
}

TEST_F(Filing, TheRowsDoNotShowWhoWasLeftOutNorWhoReads) {
    file("ก");
    const auto all = count("SELECT count(*) FROM slot");
    EXPECT_EQ(all, 5 + 2) << "five who could read, two custodians";
    file("ข", {&legal, &clerk});
    EXPECT_EQ(count("SELECT count(*) FROM slot"), 2 * all);
    EXPECT_EQ(count("SELECT count(DISTINCT length(sealed)) FROM slot"), 1);
}

TEST_F(Filing, TheCheckPageAsksAboutAHandlerWhoseNameItIs) {
    auto context = reporter();
    auto typed = form();
    typed.subject_name = "สมชาย ใจดี";
    const auto checked = check_form(context, typed);
    ASSERT_TRUE(checked);
    EXPECT_EQ(checked->name_matches, std::vector{head.id()});
    EXPECT_EQ(checked->line.size(), 5U);
    EXPECT_EQ(count("SELECT count(*) FROM complaint_case"), 0) << "checking files nothing";
}

TEST_F(Filing, TheLineShowsCertifiedNamesOfCertifiedPeopleOnlyInItsOrder) {
    {
        auto opened = database();
        ASSERT_TRUE(opened.run("UPDATE officer SET display_name = 'ชื่อปลอม' WHERE officer = ?", {head.id()}));
        ASSERT_TRUE(opened.run("DELETE FROM certificate WHERE officer = ?", {clerk.id()}));
    }
    reload_agency();
    auto context = reporter();
    const auto line = handling_line(context);
    ASSERT_TRUE(line);
    std::vector<base::OfficerId> people;
    for (const auto &holder : *line)
        people.push_back(holder.officer);
    EXPECT_EQ(people, (std::vector{legal.id(), head.id(), executive.id(), outside.id()}));
    EXPECT_EQ((*line)[1].name, "นายสมชาย ใจดี");
}

TEST_F(Filing, QueueDelayHidesItUntilTheDayAndTheReporterSeesItAtOnce) {
    policy.queue_delay_days = 1;
    const auto receipt = file();
    EXPECT_EQ(cases_of(legal), 0U);
    EXPECT_EQ(tracked(receipt).sent.size(), 1U);
    const auto id = [&] {
        clock.next_day();
        return case_of(legal);
    }();
    EXPECT_EQ(queue_of(legal).rows[0].received.number, clock.today().number - 1);
    clock.time -= 86400;
    EXPECT_TRUE(fails_with(open(legal, id), Code::not_found)) << "knowing its id does not help either";
}

} // namespace
