// A complaint that came by another way than the web, from the officer who types it to the case and the receipt.
#include "service/domain/typed_day.h"
#include "service/usecases/officer/audit_verify.h"
#include "service/usecases/officer/entry.h"
#include "tests/unit/service/usecases/tampering.h"

namespace usecases_test {
namespace {

using Why = EntryRefused::Why;

class Entry : public Tampering {
protected:
    std::string day(int ago) { return domain::day_to_type({clock.today().number - ago}); }
    domain::EntryForm entry(std::vector<const Person *> excluded = {}) {
        domain::EntryForm out;
        out.values = {{"channel", "phone"}, {"received", day(3)}, {"category", "bribery"}, {"secrecy", "confidential"}};
        out.complaint = form("โทรมาแจ้งว่าเรียกเงิน", std::move(excluded));
        out.complaint.acknowledge = false; // nobody states it for the person
        return out;
    }
    std::expected<Entered, EntryRefused> enter(const Person &who, const domain::EntryForm &form, const std::string &once, bool others = false) {
        auto context = officer();
        const auto by = session(who);
        return enter_case(*domain::Permitted<Action::work_cases>::check(by.actor), context, by, form, others, once);
    }
    Entered entered(const domain::EntryForm &form) {
        auto done = enter(legal, form, once());
        if (!done)
            base::broken("a complaint that a test needs was not entered");
        return std::move(*done);
    }
    static std::vector<std::string> fields_of(const EntryRefused &refused) {
        std::vector<std::string> out;
        for (const domain::Fault &fault : refused.faults)
            out.push_back(fault.field + " " + std::string(fault.key));
        return out;
    }
};
using Faults = std::vector<std::string>;

TEST_F(Entry, IsRegisteredAtOnceWithHowItCame) {
    const Entered done = entered(entry());
    EXPECT_EQ(done.number.number, 1U);
    EXPECT_EQ(done.number.series, ports::RegisterNumber::Series::open);
    for (const Person *who : {&legal, &head}) {
        const auto shown = open(*who, done.id.text());
        ASSERT_TRUE(shown);
        EXPECT_EQ(shown->row.state, State::registered);
        EXPECT_EQ(shown->row.received.number, clock.today().number - 3);
        EXPECT_EQ(shown->row.category, "bribery");
        EXPECT_EQ(shown->complaint.facts, "โทรมาแจ้งว่าเรียกเงิน");
        ASSERT_EQ(shown->history.size(), 1U) << "one entry, no filing by a reporter";
        EXPECT_EQ(shown->history[0].event, "enter");
        EXPECT_EQ(shown->history[0].who, legal.name);
        EXPECT_EQ(shown->history[0].time, clock.now());
        EXPECT_EQ(shown->history[0].fields[0].value, "phone");
    }
}

TEST_F(Entry, GoesOnLikeAnyOtherCase) {
    const auto id = entered(entry()).id.text();
    ASSERT_TRUE(move(legal, id, "screen"));
    ASSERT_TRUE(move(legal, id, "propose"));
    EXPECT_EQ(open(clerk, id)->row.state, State::pending_order);
}

TEST_F(Entry, TheReceiptFollowsItAndReadsAnswers) {
    const Entered done = entered(entry());
    EXPECT_EQ(tracked(done.receipt).state, State::registered);
    ASSERT_TRUE(answer(legal, done.id.text(), "ขอบคุณที่แจ้ง"));
    EXPECT_EQ(tracked(done.receipt).messages.at(0).text, "ขอบคุณที่แจ้ง");
    auto context = reporter();
    ASSERT_TRUE(write_more(context, done.receipt, "เพิ่มเติม", tracked(done.receipt).once));
    EXPECT_EQ(open(legal, done.id.text())->history.back().text, "เพิ่มเติม");
}

TEST_F(Entry, NobodyIsLeftOutOfItWhoTypedItButWhoIsNamedIs) {
    const Entered done = entered(entry({&head}));
    EXPECT_EQ(done.number.series, ports::RegisterNumber::Series::restricted);
    EXPECT_TRUE(fails_with(open(head, done.id.text()), Code::not_found));
    EXPECT_TRUE(queue_of(head).rows.empty());
    EXPECT_EQ(queue_of(legal).rows.size(), 1U);
}

TEST_F(Entry, WhoMustNotReadItCannotTypeIt) {
    const auto refused = enter(legal, entry({&legal}), once());
    ASSERT_FALSE(refused);
    EXPECT_EQ(fields_of(refused.error()), Faults{"excluded fault.entry.yourself"});
    EXPECT_TRUE(queue_of(head).rows.empty()) << "nothing was entered";
}

TEST_F(Entry, OnlyForThePostsOfTheManual) {
    for (const Person *who : {&head, &clerk, &executive, &outside})
        EXPECT_TRUE(usecases_test::refused(enter(*who, entry(), once()), Why::not_found)) << who->login;
}

TEST_F(Entry, ByWhoStandsForThemWhenNobodyIsLeft) {
    change("UPDATE officer SET disabled = 1 WHERE officer = ?1", {legal.id()});
    change("UPDATE setting SET value = value + 1 WHERE name = 'roster_version'");
    reload_agency();
    const auto done = enter(head, entry(), once());
    ASSERT_TRUE(done);
    EXPECT_TRUE(open(head, done->id.text()));
}

TEST_F(Entry, EveryFaultOfBothPartsIsNamed) {
    domain::EntryForm wrong = entry();
    wrong.values = {{"channel", "web"}, {"received", day(-1)}, {"from_letter_date", day(6 * 366)}, {"agency_due", day(0)}};
    wrong.complaint.facts.clear();
    wrong.complaint.anonymous = false;
    const auto refused = enter(legal, wrong, once());
    ASSERT_FALSE(refused);
    EXPECT_EQ(fields_of(refused.error()),
              (Faults{"channel fault.choice.unknown", "category fault.field.missing", "secrecy fault.field.missing",
                      "facts fault.facts.missing", "name fault.identity.missing"}));
    wrong.values.insert({{"category", "bribery"}, {"secrecy", "secret"}});
    wrong.values["channel"] = "agency";
    const auto again = enter(legal, wrong, once());
    ASSERT_FALSE(again);
    EXPECT_EQ(fields_of(again.error()).at(0), "from_agency fault.field.missing");
    wrong.values["from_agency"] = "อำเภอ";
    const auto days = enter(legal, wrong, once());
    ASSERT_FALSE(days);
    EXPECT_EQ(fields_of(days.error()), (Faults{"received fault.date.future", "from_letter_date fault.date.too_old",
                                               "agency_due fault.date.past", "facts fault.facts.missing", "name fault.identity.missing"}));
}

TEST_F(Entry, ANameLikeSomebodysOfTheLineIsAskedAbout) {
    domain::EntryForm like = entry();
    like.complaint.subject_name = "สมชาย ใจดี";
    const std::string form_token = once();
    const auto asked = enter(legal, like, form_token);
    ASSERT_TRUE(usecases_test::refused(asked, Why::matches));
    EXPECT_EQ(asked.error().matches, std::vector{head.id()});
    EXPECT_TRUE(enter(legal, like, form_token, true));
}

TEST_F(Entry, TheSameFormAgainAddsNothingAndShowsTheSame) {
    const std::string form_token = once();
    const auto first = enter(legal, entry(), form_token), second = enter(legal, entry(), form_token);
    ASSERT_TRUE(first && second);
    EXPECT_FALSE(first->before);
    EXPECT_TRUE(second->before);
    EXPECT_EQ(first->receipt, second->receipt);
    EXPECT_EQ(first->id, second->id);
    EXPECT_EQ(first->number.number, second->number.number);
    EXPECT_EQ(queue_of(legal).rows.size(), 1U);
    auto other = entry();
    other.complaint.facts = "อีกเรื่อง";
    EXPECT_TRUE(usecases_test::refused(enter(legal, other, form_token), Why::other_text));
    EXPECT_EQ(entered(entry()).number.number, 2U) << "what was refused took no number";
}

TEST_F(Entry, AFormThatIsTooOldIsGivenAFreshToken) {
    const std::string form_token = once();
    clock.next_day();
    clock.time += 3600;
    const auto refused = enter(legal, entry(), form_token);
    ASSERT_TRUE(usecases_test::refused(refused, Why::form_expired));
    EXPECT_TRUE(enter(legal, entry(), refused.error().fresh_once));
}

TEST_F(Entry, WhatAnotherAgencyAskedForIsADayOfTheCase) {
    domain::EntryForm from = entry();
    from.values.insert({{"from_agency", "ศูนย์ดำรงธรรม"}, {"from_letter", "มท 1/2569"}, {"from_letter_date", day(10)}, {"agency_due", day(-1)}});
    from.values["channel"] = "agency";
    const auto asked = entered(from), own = entered(entry());
    const base::Day tomorrow{clock.today().number + 1}; // a holiday: the agency's own limit ends later
    EXPECT_EQ(open(legal, asked.id.text())->row.due, tomorrow);
    EXPECT_GT(open(legal, own.id.text())->row.due, tomorrow);
}

TEST_F(Entry, TheLogNamesWhoEnteredItAndVerifies) {
    entered(entry());
    int found = 0;
    (void)officer_reads->audit().walk(0, ports::Direction::oldest_first, [&](const ports::AuditRow &row) {
        const auto said = crypto::AuditEntry::decode(row.entry);
        if (said && said->event == crypto::AuditEvent::case_entered) {
            ++found;
            EXPECT_EQ(said->actor, legal.id());
            EXPECT_EQ(said->time, clock.now());
        }
        return true;
    });
    EXPECT_EQ(found, 2) << "complaint and identity";
    EXPECT_TRUE(officer_reads->audit().waiting()->empty());
    const auto root = [](const Person &who) { return crypto::RootKeys{who.id(), who.keys.box.public_key, who.keys.sign.public_key}; };
    const auto report = verify_audit(*officer_reads, keys, std::vector{root(executive), root(outside)}, clock.today());
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->findings.empty());
}

TEST_F(Entry, WhatTheRowSaysOfHowItCameIsBelievedOnlyAsItWasSigned) {
    const auto id = entered(entry()).id.text();
    change("UPDATE complaint_case SET channel = 'web'");
    is_refused(id, legal);
    change("UPDATE complaint_case SET channel = 'phone', received = received - 100");
    is_refused(id, legal);
    change("UPDATE complaint_case SET received = received + 100");
    EXPECT_TRUE(open(legal, id));
}

TEST_F(Entry, AWebComplaintStaysOne) {
    file();
    const auto id = case_of(legal);
    const auto values = entry().values;
    EXPECT_FALSE(move_at(legal, id, {"enter", 1, values, 0, {}}));
    change("UPDATE complaint_case SET channel = 'phone'");
    is_refused(id, legal);
}

} // namespace
} // namespace usecases_test
