#include "tests/unit/service/usecases/agency.h"

namespace {

using namespace usecases_test;
using Why = TrackRefused::Why;

class Tracking : public AgencyTest {
protected:
    std::expected<TrackView, TrackRefused> look(std::string_view typed) {
        auto context = reporter();
        return track(context, typed);
    }
    std::expected<TrackView, TrackRefused> write(std::string_view receipt, std::string_view text, std::string_view once_field) {
        auto context = reporter();
        return write_more(context, receipt, text, once_field);
    }
};

TEST_F(Tracking, ShowsStateDatesAndNeverWhatWasSent) {
    const auto receipt = file("ความลับของผู้ร้อง");
    const Day first = clock.today();
    clock.next_day();
    ASSERT_TRUE(write(receipt, "ความลับเพิ่มเติม", tracked(receipt).once));
    const auto view = tracked(receipt);
    EXPECT_EQ(view.state, State::submitted);
    EXPECT_EQ(view.received, first);
    EXPECT_EQ(view.sent, (std::vector{first, clock.today()}));
    EXPECT_TRUE(view.messages.empty());
}

TEST_F(Tracking, TakesThaiDigitsBlanksAndHyphens) {
    const auto receipt = file();
    std::string plain, thai, dashed;
    for (char c : receipt)
        if (c != ' ') {
            plain += c;
            thai += std::string("\xE0\xB9") + static_cast<char>(0x90 + (c - '0'));
            dashed += c;
        } else {
            dashed += '-';
        }
    for (const std::string &typed : {plain, thai, dashed, "  " + receipt + " "})
        EXPECT_TRUE(look(typed)) << typed;
}

TEST_F(Tracking, AWrongReceiptIsToldApart) {
    const auto receipt = file();
    EXPECT_TRUE(refused(look(""), Why::not_28_digits));
    EXPECT_TRUE(refused(look(receipt.substr(1)), Why::not_28_digits));
    EXPECT_TRUE(refused(look(receipt + "0"), Why::not_28_digits));
    EXPECT_TRUE(refused(look("abcd " + receipt.substr(5)), Why::not_28_digits));
    for (std::size_t i = 0; i < receipt.size(); ++i) {
        std::string slip = receipt;
        if (slip[i] == ' ')
            continue;
        slip[i] = slip[i] == '9' ? '0' : static_cast<char>(slip[i] + 1);
        EXPECT_TRUE(refused(look(slip), Why::wrong_check)) << i;
    }
    const crypto::Receipt other = crypto::Receipt::from_digits(base::view("12345678901234567890123456"));
    EXPECT_TRUE(refused(look(other.grouped()), Why::unknown));
}

TEST_F(Tracking, AReceiptOpensOnlyItsOwnCase) {
    const auto first = file("ก"), second = file("ข");
    ASSERT_TRUE(write(first, "เพิ่ม", tracked(first).once));
    EXPECT_EQ(tracked(first).sent.size(), 2U);
    EXPECT_EQ(tracked(second).sent.size(), 1U);
}

TEST_F(Tracking, WritingMoreReachesTheOfficers) {
    const auto receipt = file();
    ASSERT_TRUE(write(receipt, " มีพยานเเล้ว\r\n", tracked(receipt).once));
    const auto view = open(legal, case_of(legal));
    ASSERT_TRUE(view);
    ASSERT_EQ(view->history.size(), 2U);
    EXPECT_EQ(view->history[1].event, "follow_up");
    EXPECT_EQ(view->history[1].text, "มีพยานแล้ว");
    EXPECT_FALSE(view->history[1].time);
    EXPECT_TRUE(view->history[1].who.empty());
    EXPECT_EQ(view->row.last_from_reporter, clock.today());
}

TEST_F(Tracking, WritingMoreWaitsForItsDayToo) {
    const auto receipt = file();
    policy.queue_delay_days = 1;
    ASSERT_TRUE(write(receipt, "เพิ่ม", tracked(receipt).once));
    EXPECT_EQ(tracked(receipt).sent.size(), 2U);
    const auto id = case_of(legal);
    EXPECT_EQ(open(legal, id)->history.size(), 1U);
    clock.next_day();
    EXPECT_EQ(open(legal, id)->history.size(), 2U);
}

TEST_F(Tracking, TheSameFormTwiceAddsOneMessageAndAnEditedOneASecond) {
    const auto receipt = file();
    const auto form_token = tracked(receipt).once;
    ASSERT_TRUE(write(receipt, "หนึ่ง", form_token));
    const auto again = write(receipt, "หนึ่ง\r\n", form_token);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->sent.size(), 2U);
    const auto edited = write(receipt, "สอง", form_token);
    ASSERT_TRUE(edited);
    EXPECT_EQ(edited->sent.size(), 3U);
    EXPECT_EQ(open(legal, case_of(legal))->history.size(), 3U);
}

TEST_F(Tracking, AnExpiredFormAddsNothingAndWhatItSentBeforeStays) {
    const auto receipt = file();
    const auto form_token = tracked(receipt).once;
    ASSERT_TRUE(write(receipt, "หนึ่ง", form_token));
    clock.time += 26 * 3600;
    EXPECT_TRUE(write(receipt, "หนึ่ง", form_token)) << "the answer may have been lost";
    EXPECT_TRUE(refused(write(receipt, "สอง", form_token), Why::form_expired));
    EXPECT_TRUE(refused(write(receipt, "สอง", "x"), Why::form_expired));
    EXPECT_EQ(tracked(receipt).sent.size(), 2U);
}

TEST_F(Tracking, FaultsOfTheMessageAreTold) {
    const auto receipt = file();
    const auto form_token = tracked(receipt).once;
    const auto empty = write(receipt, " \n", form_token);
    ASSERT_TRUE(refused(empty, Why::faults));
    EXPECT_EQ(empty.error().fault_key, "fault.message.missing");
    const auto long_one = write(receipt, std::string(domain::max_message + 3, 'a'), form_token);
    ASSERT_TRUE(refused(long_one, Why::faults));
    EXPECT_EQ(long_one.error().fault_key, "fault.too_long");
    EXPECT_EQ(long_one.error().limit, domain::max_message);
    EXPECT_EQ(long_one.error().over, 3U);
    EXPECT_TRUE(refused(write("1", "x", form_token), Why::not_28_digits));
}

TEST_F(Tracking, AnswersOfOfficersAreReadWithTheReceipt) {
    const auto receipt = file();
    const auto id = case_of(legal);
    ASSERT_TRUE(answer(legal, id, "ขอทราบวันเกิดเหตุ"));
    clock.time += 60;
    ASSERT_TRUE(answer(head, id, "กำลังตรวจสอบ"));
    const auto view = tracked(receipt);
    ASSERT_EQ(view.messages.size(), 2U);
    EXPECT_EQ(view.messages[0].text, "ขอทราบวันเกิดเหตุ");
    EXPECT_EQ(view.messages[0].from, Post::legal_officer);
    EXPECT_EQ(view.messages[1].text, "กำลังตรวจสอบ");
    EXPECT_EQ(view.messages[1].from, Post::head_office);
    EXPECT_FALSE(view.messages[0].damaged);
}

TEST_F(Tracking, AClosedCaseStillTakesWords) {
    const auto receipt = file();
    const auto id = case_of(legal);
    walk_to(State::closed, id, legal, clerk);
    ASSERT_TRUE(write(receipt, "มีหลักฐานใหม่", tracked(receipt).once));
    EXPECT_EQ(tracked(receipt).state, State::closed);
    EXPECT_EQ(open(clerk, id)->history.back().event, "follow_up") << "it has no time of day: it stands last, where it is seen";
    const auto row = [&] { return queue_of(clerk).rows.at(0); };
    EXPECT_TRUE(row().news);
    clock.next_day();
    ASSERT_TRUE(write(receipt, "อีกข้อ", tracked(receipt).once));
    EXPECT_EQ(open(clerk, id)->history.back().text, "อีกข้อ");
}

} // namespace
