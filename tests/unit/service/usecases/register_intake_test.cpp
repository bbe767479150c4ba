// An old register with its texts, taken in by an officer.
#include "service/domain/typed_day.h"
#include "service/usecases/officer/register_intake.h"
#include "tests/unit/service/usecases/agency.h"

namespace usecases_test {
namespace {

using Why = IntakeRefused::Why;

class RegisterIntake : public AgencyTest {
protected:
    const domain::RegisterNames names{{{"phone", "phone"}, {"box", "box"}}, {{"bribery", "bribery"}}};
    static std::string table(std::size_t rows, const std::string &facts = "เรียกเงิน") {
        std::string out = "register_no,channel,received,category,facts,subject_name\n";
        for (std::size_t i = 1; i <= rows; ++i)
            out += std::to_string(i) + ",box,1/11/2568,bribery," + facts + std::to_string(i) + ",นายสมหมาย โกงกิน\n";
        return out;
    }
    IntakeLook look(const std::string &bytes, const Person *who = nullptr) {
        auto context = officer();
        const auto by = session(who ? *who : legal);
        auto out = look_at_register(*domain::Permitted<Action::work_cases>::check(by.actor), context, bytes, names);
        EXPECT_TRUE(out);
        return out.value_or(IntakeLook{});
    }
    std::expected<IntakeDone, IntakeRefused> take(const std::string &bytes, std::size_t from = 0, const Person *who = nullptr) {
        auto context = officer();
        const auto by = session(who ? *who : legal);
        return take_in_register(*domain::Permitted<Action::work_cases>::check(by.actor), context, by, bytes, names, from);
    }
    static std::vector<std::string> said(const IntakeLook &found) {
        std::vector<std::string> out;
        for (const IntakeFault &one : found.faults)
            out.push_back(std::to_string(one.line) + " " + one.fault.field + " " + std::string(one.fault.key));
        return out;
    }
};

TEST_F(RegisterIntake, EachRowIsACaseOfItsOwn) {
    EXPECT_EQ(look(table(3)).rows.size(), 3U);
    EXPECT_TRUE(queue_of(legal).rows.empty()) << "looking writes nothing";
    const auto done = take(table(3));
    ASSERT_TRUE(done);
    EXPECT_EQ(done->taken, 3U);
    EXPECT_EQ(done->next, 3U);
    const auto queue = queue_of(head);
    ASSERT_EQ(queue.rows.size(), 3U);
    const auto shown = open(head, queue.rows[0].id.text());
    ASSERT_TRUE(shown);
    EXPECT_EQ(shown->row.state, State::registered);
    EXPECT_TRUE(shown->complaint.facts.starts_with("เรียกเงิน"));
    EXPECT_EQ(domain::typed_day("1/11/2568"), shown->row.received);
}

TEST_F(RegisterIntake, ARowIsTakenInOnce) {
    ASSERT_TRUE(take(table(2)));
    const auto again = take(table(3, "ข้อความที่แก้แล้ว"));
    ASSERT_TRUE(again);
    EXPECT_EQ(again->there, 2U);
    EXPECT_EQ(again->taken, 1U);
    EXPECT_EQ(queue_of(legal).rows.size(), 3U);
}

TEST_F(RegisterIntake, GoesOnWhereItLeftOff) {
    const std::string rows = table(rows_at_once + 2);
    const auto first = take(rows);
    ASSERT_TRUE(first);
    EXPECT_EQ(first->taken, rows_at_once);
    EXPECT_EQ(first->next, rows_at_once);
    const auto rest = take(rows, first->next);
    ASSERT_TRUE(rest);
    EXPECT_EQ(rest->taken, 2U);
    EXPECT_EQ(rest->next, rest->rows);
    EXPECT_EQ(queue_of(legal).rows.size(), rows_at_once + 2);
}

TEST_F(RegisterIntake, OneFaultAndNothingIsTakenIn) {
    const std::string wrong = table(1) + "2,box,1/11/2599,bribery,x,\n3,box,1/11/2568,bribery,x,นายสมชาย ใจดี\n";
    EXPECT_EQ(said(look(wrong)), (std::vector<std::string>{"3 received fault.date.future",
                                                           "4 subject_name fault.register.matches"}));
    EXPECT_TRUE(usecases_test::refused(take(wrong), Why::faults));
    EXPECT_TRUE(queue_of(legal).rows.empty());
}

TEST_F(RegisterIntake, WhatCountsAlreadyIsRefused) {
    const domain::RegisterEntry counted{2569, "2", *domain::typed_day("1/11/2568"), "box", "bribery", State::screening, {}, {}};
    ASSERT_TRUE(store->officer_writes().old_register().import(std::span(&counted, 1), {},
                                                              {crypto::AuditEvent::register_imported, clock.today(), clock.now(), {}, {}, {}, {}}));
    EXPECT_EQ(said(look(table(2))), std::vector<std::string>{"3 register_no fault.register.counted"});
}

TEST_F(RegisterIntake, IsForThePostsThatEnterComplaints) {
    auto context = officer();
    const auto by = session(clerk);
    const auto permitted = *domain::Permitted<Action::work_cases>::check(by.actor);
    EXPECT_TRUE(fails_with(look_at_register(permitted, context, table(1), names), Code::not_found));
    EXPECT_TRUE(usecases_test::refused(take(table(1), 0, &clerk), Why::not_found));
}

TEST_F(RegisterIntake, TheLogVerifies) {
    ASSERT_TRUE(take(table(2)));
    int entered = 0;
    (void)officer_reads->audit().walk(0, ports::Direction::oldest_first, [&](const ports::AuditRow &row) {
        const auto said = crypto::AuditEntry::decode(row.entry);
        entered += said && said->event == crypto::AuditEvent::case_entered ? 1 : 0;
        return true;
    });
    EXPECT_EQ(entered, 4) << "complaint and identity of each";
}

} // namespace
} // namespace usecases_test
