// Old registers with their texts: what is read of a good one, and every fault of a bad one.
#include "service/domain/register_texts.h"

#include <gtest/gtest.h>

namespace {

using namespace domain;
using Faults = std::vector<std::string>;

const RegisterNames names{{{"phone", "phone"}, {"โทรศัพท์", "phone"}, {"box", "box"}}, {{"bribery", "bribery"}, {"other", "other"}}};
constexpr std::string_view header = "register_no,channel,received,category,facts,state,name\n";

Faults faults(const std::string &rows) {
    const auto read = read_register_texts(std::string(header) + rows, names);
    EXPECT_FALSE(read);
    Faults out;
    if (!read)
        for (const RowFault &one : read.error())
            out.push_back(std::to_string(one.line) + " " + one.column + " " + std::string(one.key));
    return out;
}

TEST(RegisterTexts, ARowIsAFormAsAnOfficerWouldTypeIt) {
    const auto read = read_register_texts(std::string(header) + "๑๒/๒๕๖๘,โทรศัพท์,1/10/2567,bribery,\"บรรทัดหนึ่ง\r\nบรรทัดสอง, ต่อ\",screening,นางมาลี\n", names);
    ASSERT_TRUE(read && read->size() == 1);
    const RegisterRow &row = read->front();
    EXPECT_EQ(row.number, "12/2568");
    EXPECT_EQ(row.year, 2568);
    EXPECT_EQ(row.form.values.at("channel"), "phone");
    EXPECT_EQ(row.form.values.at("received"), "1/10/2567");
    EXPECT_EQ(row.form.values.at("old_number"), "12/2568");
    EXPECT_EQ(row.form.values.at("secrecy"), "confidential");
    EXPECT_EQ(row.form.complaint.facts, "บรรทัดหนึ่ง\nบรรทัดสอง, ต่อ");
    EXPECT_TRUE(row.form.complaint.subject_unknown);
    EXPECT_FALSE(row.form.complaint.anonymous);
    EXPECT_EQ(row.form.complaint.name, "นางมาลี");
}

TEST(RegisterTexts, WhatNeedNotBeThereMayBeMissing) {
    const auto read = read_register_texts("facts,category,received,channel,register_no\nx,other,2024-10-01,box,1\n", names);
    ASSERT_TRUE(read);
    EXPECT_TRUE(read->front().form.complaint.anonymous);
    EXPECT_EQ(text_columns().size(), 25U);
}

TEST(RegisterTexts, EveryFaultThatNamesARowIsSaid) {
    EXPECT_EQ(faults("1,box,2024-10-01,other,x,,\n,fax,yesterday,gossip,,gone,\n"),
              (Faults{"3 register_no fault.field.missing", "3 channel fault.register.channel", "3 category fault.register.category",
                      "3 received fault.date.invalid", "3 facts fault.field.missing", "3 state fault.register.state"}));
}

TEST(RegisterTexts, WhatHasEndedIsNotTakenIn) {
    EXPECT_EQ(faults("1,box,2024-10-01,other,x,closed,\n"), Faults{"2 state fault.register.ended"});
    const auto read = read_register_texts("register_no,channel,received,category,facts,outcome\n1,box,2024-10-01,other,x,no_merit\n", names);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().front().key, "fault.register.ended");
}

TEST(RegisterTexts, OneNumberStandsOnceInAChannelAndAYear) {
    EXPECT_TRUE(read_register_texts(std::string(header) + "1,box,2024-10-01,other,x,,\n1,phone,2024-10-01,other,x,,\n1,box,2024-09-30,other,x,,\n", names));
    EXPECT_EQ(faults("1,box,2024-10-01,other,x,,\n1,box,2024-10-02,other,x,,\n"), Faults{"3 register_no fault.register.twice"});
}

TEST(RegisterTexts, TooManyRowsAreSaid) {
    std::string rows;
    for (std::size_t i = 1; i <= max_rows_with_texts + 1; ++i)
        rows += std::to_string(i) + ",box,2024-10-01,other,x,,\n";
    EXPECT_EQ(faults(rows), Faults{std::to_string(max_rows_with_texts + 2) + "  fault.register.too_many"});
}

} // namespace
