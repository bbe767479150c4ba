// The wording of prints: places are filled in once, unknown ones are named, and what an officer types is checked.
#include "service/domain/print_text.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace {

using namespace domain;

TEST(PrintKind, HasOneIdEachThatReadsBack) {
    for (const PrintKind kind : print_kinds)
        EXPECT_EQ(print_kind_from(id(kind)), kind);
    EXPECT_FALSE(print_kind_from("nothing"));
    EXPECT_FALSE(print_kind_from(""));
}

TEST(PrintText, PutsValuesInAndDoesNotLookThroughThemAgain) {
    EXPECT_EQ(fill_places("รับ {NUMBER} โดย {AGENCY}", {{"NUMBER", "{AGENCY}"}, {"AGENCY", "เทศบาล"}}), "รับ {AGENCY} โดย เทศบาล");
}

TEST(PrintText, LeavesWhatIsNoPlaceAsItIs) {
    for (const char *text : {"{", "}", "{}", "{number}", "{NO", "a {B C} d", "{{NUMBER", "ก"})
        EXPECT_EQ(fill_places(text, {{"NUMBER", "1"}}), text) << text;
    EXPECT_EQ(fill_places("{{NUMBER}}", {{"NUMBER", "1"}}), "{1}");
}

TEST(PrintText, NamesTheFirstPlaceThatTheKindDoesNotHave) {
    EXPECT_FALSE(unknown_place(PrintKind::proposal, "{NUMBER} {ORDER}"));
    EXPECT_EQ(unknown_place(PrintKind::result, "{NUMBER} {ORDER} {WRONG}"), "{ORDER}");
    EXPECT_EQ(unknown_place(PrintKind::whole, "{NUMBER}"), "{NUMBER}");
}

TEST(PrintText, OfAResultHasNoPlaceForTheMatter) {
    for (const char *place : {"{COMPLAINT}", "{CATEGORY}", "{FINDINGS}", "{ISSUES}", "{TEXT}"})
        EXPECT_TRUE(unknown_place(PrintKind::result, place)) << "a letter lies in a mail-box: " << place;
    EXPECT_TRUE(unknown_place(PrintKind::referral, "{COMPLAINT}")) << "what another agency reads was looked through by hand";
}

TEST(PrintText, IsOfTheKindsThatHavePlaces) {
    for (const PrintKind kind : print_kinds)
        EXPECT_EQ(!print_places(kind).empty(), std::ranges::find(worded_kinds, kind) != worded_kinds.end()) << id(kind);
}

std::vector<Fault> faults_of(PrintKind kind, const PrintForm &form) {
    const auto checked = check_print(kind, form);
    return checked ? std::vector<Fault>() : checked.error();
}

TEST(PrintForm, MayBeEmptyButForWhatAnotherAgencyIsTold) {
    EXPECT_TRUE(faults_of(PrintKind::proposal, {}).empty());
    const auto faults = faults_of(PrintKind::referral, {});
    ASSERT_EQ(faults.size(), 1u);
    EXPECT_EQ(faults[0].field, "letter_text");
    EXPECT_EQ(faults[0].key, "fault.field.missing");
}

TEST(PrintForm, IsCleanedAndNamesEveryFaultAtOnce) {
    const auto good = check_print(PrintKind::referral, {"  มท 1/2 ", "5.1.2570", " ผู้ว่าราชการจังหวัด\n", "ข้อความ\r\n"});
    ASSERT_TRUE(good);
    EXPECT_EQ(good->print_number, "มท 1/2");
    EXPECT_EQ(good->letter_date, "5/1/2570");
    EXPECT_EQ(good->addressee, "ผู้ว่าราชการจังหวัด");
    EXPECT_EQ(good->letter_text, "ข้อความ");
    const auto faults = faults_of(PrintKind::referral, {std::string(max_print_number + 1, 'x'), "31/2/2570", std::string(max_addressee + 2, 'x'),
                                                        std::string(max_letter_text + 3, 'x')});
    ASSERT_EQ(faults.size(), 4u);
    EXPECT_EQ(faults[0].over, 1u);
    EXPECT_EQ(faults[1].key, "fault.date.invalid");
    EXPECT_EQ(faults[2].over, 2u);
    EXPECT_EQ(faults[3].over, 3u);
}

} // namespace
