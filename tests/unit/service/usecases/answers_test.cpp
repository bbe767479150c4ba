// A case that waits for the reporter: what counts as an answer, from which day, and what becomes of it without one.
#include "tests/unit/service/usecases/states.h"

namespace {

using namespace usecases_test;
using Why = ActRefused::Why;
using Answers = States;

TEST_F(Answers, WhatWaitsForOthersIsTheOfficersOnlyOnceItsDayHasPassed) {
    const auto id = begun();
    walk_to(State::screening, id, legal, clerk);
    does(legal, id, "ask", State::awaiting_information, {{"reply_by", day(15)}});
    EXPECT_FALSE(queue_of(legal).rows[0].my_turn);
    EXPECT_TRUE(queue_of(legal).rows[0].elsewhere);
    pass_days(16);
    EXPECT_TRUE(queue_of(legal).rows[0].my_turn);
    EXPECT_FALSE(queue_of(legal).rows[0].elsewhere);
}

TEST_F(Answers, TheReportersAnswerTakesTheCaseOn) {
    const auto id = begun();
    walk_to(State::screening, id, legal, clerk);
    write("ก่อนถูกถาม");
    does(legal, id, "ask", State::awaiting_information);
    EXPECT_EQ(tracked(receipt).state, State::awaiting_information);
    const auto told = tracked(receipt).messages;
    ASSERT_EQ(told.size(), 1U);
    EXPECT_NE(told[0].text.find("วันที่เกิดเหตุ"), std::string::npos) << "what is missing";
    EXPECT_NE(told[0].text.find(day(15)), std::string::npos) << "and until when";
    EXPECT_EQ(open(legal, id)->row.state, State::awaiting_information) << "what was written before is no answer";
    EXPECT_EQ(offered(legal, id), (std::set<std::string>{"answered", "withdraw", "duplicate"}));
    const auto version = open(legal, id)->version;
    write("เมื่อวันที่ 1");
    const auto view = open(legal, id);
    EXPECT_EQ(view->row.state, State::screening);
    EXPECT_EQ(view->version, version) << "no move of an officer";
    EXPECT_EQ(queue_of(legal).rows[0].state, State::screening);
    EXPECT_TRUE(queue_of(legal).rows[0].my_turn);
    pass_days(1);
    EXPECT_EQ(tracked(receipt).state, State::awaiting_information) << "written on the day of the question: the page goes by days";
    EXPECT_FALSE(offered(legal, id).contains("answered"));
    does(legal, id, "propose", State::pending_order);
    does(clerk, id, "close", State::closed);
    EXPECT_EQ(open(legal, id)->row.state, State::closed);
}

TEST_F(Answers, AnAnswerCountsFromTheDayOnWhichOfficersSeeIt) {
    const auto id = begun();
    walk_to(State::screening, id, legal, clerk);
    does(legal, id, "ask", State::awaiting_information);
    policy.queue_delay_days = 1;
    pass_days(1);
    write("เมื่อวันที่ 1");
    EXPECT_EQ(tracked(receipt).state, State::screening) << "the reporter is not asked again";
    EXPECT_EQ(open(legal, id)->row.state, State::awaiting_information) << "nothing tells when it came";
    EXPECT_TRUE(refused(move(legal, id, "propose"), Why::not_found));
    pass_days(1);
    EXPECT_EQ(open(legal, id)->row.state, State::screening);
    EXPECT_EQ(open(legal, id)->row.state_since, clock.today());
    does(legal, id, "ask", State::awaiting_information, {{"reply_by", day(3)}});
    EXPECT_EQ(open(legal, id)->row.state, State::awaiting_information) << "the earlier answer does not answer the next question";
    pass_days(3 + ports::longest_queue_delay);
    write("อีกครั้ง");
    EXPECT_TRUE(offered(legal, id).contains("insufficient"));
    does(legal, id, "answered", State::screening);
    pass_days(1);
    does(legal, id, "propose", State::pending_order);
}

TEST_F(Answers, InsufficientOnlyAfterTheLastDayAndWithTheClerk) {
    const auto id = begun();
    walk_to(State::screening, id, legal, clerk);
    does(legal, id, "ask", State::awaiting_information, {{"reply_by", day(15)}});
    pass_days(15);
    EXPECT_FALSE(offered(legal, id).contains("insufficient")) << "the last day is the reporter's";
    EXPECT_TRUE(refused(move(legal, id, "insufficient"), Why::not_found));
    pass_days(ports::longest_queue_delay - 1);
    EXPECT_FALSE(offered(legal, id).contains("insufficient")) << "an answer of that day may still be held back";
    pass_days(1);
    does(legal, id, "insufficient", State::closing, {{"notice", "ข้อมูลไม่พอ"}});
    EXPECT_EQ(tracked(receipt).messages.size(), 1U) << "the question alone";
    EXPECT_TRUE(open(clerk, id)) << "with the proposal the clerk can read it";
    does(clerk, id, "confirm_ending", State::closed);
    EXPECT_EQ(outcomes(), std::vector{Outcome::insufficient}) << "of the whole case: no allegations were stated";
    EXPECT_EQ(tracked(receipt).messages.back().text, "ข้อมูลไม่พอ");
    EXPECT_EQ(queue_of(legal).totals.finished, 1U);
}

TEST_F(Answers, AnAnswerOfTheLastDayIsWaitedForAsLongAsOfficersDoNotSeeIt) {
    const auto id = begun();
    walk_to(State::screening, id, legal, clerk);
    policy.queue_delay_days = 3;
    does(legal, id, "ask", State::awaiting_information, {{"reply_by", day(15)}});
    pass_days(15);
    write("เมื่อวันที่ 1");
    for (int after = 1; after < 3; ++after) {
        pass_days(1);
        EXPECT_FALSE(offered(legal, id).contains("insufficient")) << after;
    }
    pass_days(1);
    EXPECT_EQ(open(legal, id)->row.state, State::screening);
}

TEST_F(Answers, ADelayThatIsLoweredMeanwhileEndsNothingOverAnAnswer) {
    const auto id = begun();
    walk_to(State::screening, id, legal, clerk);
    policy.queue_delay_days = ports::longest_queue_delay;
    does(legal, id, "ask", State::awaiting_information, {{"reply_by", day(15)}});
    pass_days(15);
    write("เมื่อวันที่ 1");
    policy.queue_delay_days = 0;
    for (int after = 1; after < ports::longest_queue_delay; ++after) {
        pass_days(1);
        EXPECT_FALSE(offered(legal, id).contains("insufficient")) << after;
        EXPECT_TRUE(refused(move(legal, id, "insufficient"), Why::not_found)) << after;
    }
    pass_days(1);
    EXPECT_EQ(open(legal, id)->row.state, State::screening);
}

TEST_F(Answers, AnAnswerCountsAlsoWhileTheAskedCaseIsPutAside) {
    const auto id = begun();
    walk_to(State::screening, id, legal, clerk);
    does(legal, id, "ask", State::awaiting_information, {{"reply_by", day(15)}});
    pass_days(15 + ports::longest_queue_delay);
    does(legal, id, "insufficient", State::closing);
    write("เมื่อวันที่ 1");
    EXPECT_EQ(open(legal, id)->row.state, State::closing) << "what was proposed waits for the clerk";
    EXPECT_TRUE(move(clerk, id, "return_ending"));
    EXPECT_EQ(open(legal, id)->row.state, State::screening) << "back where it waited for an answer, which is there";
    EXPECT_EQ(open(legal, id)->row.state_since, clock.today());
    does(legal, id, "propose", State::pending_order);
}

TEST_F(Answers, AFileIsAnAnswer) {
    const auto id = begun();
    walk_to(State::screening, id, legal, clerk);
    does(legal, id, "ask", State::awaiting_information);
    EXPECT_TRUE(send(receipt, "ภาพ.jpg", "JPEG ภาพ"));
    EXPECT_EQ(open(legal, id)->row.state, State::screening);
}

TEST_F(Answers, TheFormSentAgainIsAnAnswer) {
    const std::string shown = once();
    auto context = reporter();
    receipt = file_complaint(context, form("เรื่อง"), shown)->receipt;
    const auto id = case_of(legal);
    walk_to(State::screening, id, legal, clerk);
    does(legal, id, "ask", State::awaiting_information);
    EXPECT_EQ(file_complaint(context, form("เรื่อง เมื่อวันที่ 1"), shown)->how, Filed::How::added_as_follow_up);
    EXPECT_EQ(open(legal, id)->row.state, State::screening);
}

} // namespace
