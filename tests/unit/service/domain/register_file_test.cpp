// Old registers as files: what is read of a good one, and every fault of a bad one.
#include "service/domain/register_file.h"

#include <gtest/gtest.h>

namespace {

using namespace domain;

const RegisterNames names{{{"phone", "phone"}, {"โทรศัพท์", "phone"}, {"box", "box"}},
                          {{"bribery", "bribery"}, {"เรียกรับสินบน", "bribery"}, {"other", "other"}}};
constexpr std::string_view header = "register_no,channel,received,category,state,outcome,closed\n";

std::vector<RegisterEntry> entries(const std::string &rows) {
    const auto read = read_register(std::string(header) + rows, names);
    EXPECT_TRUE(read) << (read ? "" : read.error().front().key);
    return read.value_or(std::vector<RegisterEntry>());
}

// "line column key", one for each fault.
std::vector<std::string> faults(const std::string &text) {
    const auto read = read_register(text, names);
    EXPECT_FALSE(read);
    std::vector<std::string> out;
    if (!read)
        for (const RowFault &one : read.error())
            out.push_back(std::to_string(one.line) + " " + one.column + " " + std::string(one.key));
    return out;
}
std::vector<std::string> row_faults(const std::string &rows) { return faults(std::string(header) + rows); }
using Faults = std::vector<std::string>;

base::Day day(int year, unsigned month, unsigned number) {
    return base::Day::from({std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{number}});
}

TEST(RegisterFile, IdsLabelsAndBothErasAreRead) {
    const auto read = entries("1,phone,2024-10-01,bribery,closed,no_merit,2025-01-02\n"
                              "๑๒/๒๕๖๗,โทรศัพท์,30/9/2567,เรียกรับสินบน,fact_finding,,\n");
    ASSERT_EQ(read.size(), 2U);
    EXPECT_EQ(read[0], (RegisterEntry{2568, "1", day(2024, 10, 1), "phone", "bribery", State::closed, Outcome::no_merit, day(2025, 1, 2)}));
    EXPECT_EQ(read[1], (RegisterEntry{2567, "12/2567", day(2024, 9, 30), "phone", "bribery", State::fact_finding, {}, {}}));
}

TEST(RegisterFile, ColumnsMayStandInAnyOrder) {
    const auto read = read_register("closed,outcome,state,category,received,channel,register_no\r\n,,screening,other,2024-10-01,box,7\r\n", names);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->at(0).number, "7");
    EXPECT_EQ(read->at(0).state, State::screening);
}

TEST(RegisterFile, FutureDaysAreNoFault) { EXPECT_EQ(entries("1,box,2999-01-01,other,registered,,\n").size(), 1U); }

TEST(RegisterFile, TheSameNumberOfAnotherFiscalYearIsAnotherRow) {
    EXPECT_EQ(entries("1,box,2024-09-30,other,registered,,\n1,box,2024-10-01,other,registered,,\n").size(), 2U);
    EXPECT_EQ(row_faults("1,box,2024-10-01,other,registered,,\n2,box,2024-10-01,other,registered,,\n1,box,2025-09-30,other,registered,,\n"),
              Faults{"4 register_no fault.register.twice"});
}

TEST(RegisterFile, EveryFaultOfEveryRowIsNamed) {
    EXPECT_EQ(row_faults("1,box,2024-10-01,other,registered,,\n"
                         "no,fax,31/2/2567,gossip,gone,,\n"
                         ",,,,,,\n"
                         "2,box,2024-10-01,other,closed,,\n"
                         "3,box,2024-10-01,other,screening,no_merit,2024-10-02\n"
                         "4,box,2024-10-01,other,closed,sunk,2024-09-30\n"
                         "5,box\n"
                         "6,b\"x,2024-10-01,other,registered,,\n"),
              (Faults{"3 register_no fault.register.number", "3 channel fault.register.channel", "3 category fault.register.category",
                      "3 received fault.date.invalid", "3 state fault.register.state",
                      "4 register_no fault.field.missing", "4 channel fault.field.missing", "4 category fault.field.missing",
                      "4 received fault.field.missing", "4 state fault.field.missing",
                      "5 outcome fault.field.missing", "5 closed fault.field.missing",
                      "6 outcome fault.register.not_closed", "6 closed fault.register.not_closed",
                      "7 outcome fault.register.outcome", "7 closed fault.register.closed_early",
                      "8  fault.csv.cells", "9  fault.csv.quote_inside"}));
}

TEST(RegisterFile, StatesThatWaitForAConfirmationAreNoRegisters) {
    for (const char *state : {"set_aside", "closing", "paper_recorded"})
        EXPECT_EQ(row_faults(std::string("1,box,2024-10-01,other,") + state + ",,\n"), Faults{"2 state fault.register.state"});
}

TEST(RegisterFile, AHeaderThatIsWrongIsAllThatIsSaid) {
    EXPECT_EQ(faults("register_no,channel,received,category,state,facts,state\nx\n"),
              (Faults{"1  fault.register.column_unknown", "1 state fault.register.column_twice", "1 outcome fault.register.column_missing",
                      "1 closed fault.register.column_missing"}));
    EXPECT_EQ(faults(""), Faults{"1  fault.csv.empty"});
    EXPECT_EQ(faults(std::string("a\nb\0", 4)), Faults{"2  fault.csv.not_text"});
}

TEST(RegisterFile, AnEmptyRegisterIsNoFault) { EXPECT_TRUE(entries("").empty()); }

} // namespace
