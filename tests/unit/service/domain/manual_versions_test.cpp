// Which versions the complaint manual has, under which numbers and from when until when.
#include "service/domain/deadlines.h"
#include "service/domain/typed_day.h"

#include <gtest/gtest.h>

namespace {

using namespace domain;
using Standing = ManualVersion::Standing;

constexpr base::Day start{20'000};
constexpr base::Day after(int days) { return {start.number + days}; }

class ManualVersionsTest : public testing::Test {
protected:
    ManualVersionsTest() { profiles.push_back({0, AgencyProfile()}); }
    // Agreed upon on a day.
    template <typename Change> void on(int day, Change change) {
        profiles.push_back({profiles.back().version + 1, profiles.back().profile, after(day)});
        change(profiles.back().profile);
    }
    void limits(int day, int number, int from) {
        on(day, [&](AgencyProfile &profile) {
            profile.limits.front().number = number;
            profile.manual_from = day_to_type(after(from));
        });
    }
    void contact(int day, const char *text) {
        on(day, [&](AgencyProfile &profile) { profile.contact.th = text; });
    }
    std::optional<std::uint64_t> number_on(int day) const { return ManualVersions(profiles).on(after(day)).number; }
    std::vector<ProfileVersion> profiles;
};

TEST_F(ManualVersionsTest, ADraftHasNoNumberWhateverItsTexts) {
    contact(3, "ที่อยู่ใหม่");
    const ManualVersions versions(profiles);
    ASSERT_EQ(versions.all().size(), 1u);
    const ManualVersion *draft = versions.find(std::nullopt);
    ASSERT_TRUE(draft);
    EXPECT_FALSE(draft->number);
    EXPECT_FALSE(draft->since);
    EXPECT_EQ(draft->profile.contact.th, "ที่อยู่ใหม่");
    EXPECT_EQ(draft->settings, 1u);
    EXPECT_FALSE(versions.find(0));
    EXPECT_FALSE(versions.find(1));
}

TEST_F(ManualVersionsTest, AreNumberedByThemselvesWithoutGaps) {
    on(1, [](AgencyProfile &profile) { profile.colour = "#123456"; });
    limits(2, 4, 2);
    on(3, [](AgencyProfile &profile) { profile.holidays = ""; });
    on(4, [](AgencyProfile &profile) { profile.warn_before = "1"; });
    contact(5, "ที่อยู่ใหม่");
    limits(9, 4, 9); // the same limits once more are the same manual
    const ManualVersions versions(profiles);
    ASSERT_EQ(versions.all().size(), 3u);
    EXPECT_FALSE(versions.all()[0].number);
    EXPECT_EQ(versions.all()[0].until, after(2));
    EXPECT_EQ(versions.all()[1].number, 1u);
    EXPECT_EQ(versions.all()[1].since, after(2));
    EXPECT_EQ(versions.all()[1].until, after(5));
    EXPECT_EQ(versions.all()[2].number, 2u);
    EXPECT_FALSE(versions.all()[2].until);
}

TEST_F(ManualVersionsTest, LimitsThatBeginLaterAreNotInForceBefore) {
    limits(2, 4, 2);
    limits(3, 9, 30);
    const ManualVersions versions(profiles);
    EXPECT_EQ(number_on(1), std::nullopt);
    EXPECT_EQ(number_on(2), 1u);
    EXPECT_EQ(number_on(29), 1u);
    EXPECT_EQ(number_on(30), 2u);
    EXPECT_EQ(versions.find(2)->standing(after(29)), Standing::coming);
    EXPECT_EQ(versions.find(1)->standing(after(29)), Standing::in_force);
    EXPECT_EQ(versions.find(1)->standing(after(30)), Standing::earlier);
    EXPECT_EQ(versions.find(2)->standing(after(30)), Standing::in_force);
    EXPECT_EQ(versions.find(1)->until, after(30));
    EXPECT_EQ(versions.find(1)->profile.limits.front().number, 4);
}

TEST_F(ManualVersionsTest, ATextThatChangesMeanwhileIsSaidAtOnceAndInTheOneToCome) {
    limits(2, 4, 2);
    limits(3, 9, 30);
    contact(10, "ที่อยู่ใหม่");
    const ManualVersions versions(profiles);
    EXPECT_EQ(number_on(9), 1u);
    EXPECT_EQ(number_on(10), 3u);
    EXPECT_EQ(number_on(30), 4u);
    EXPECT_EQ(versions.find(3)->profile.contact.th, "ที่อยู่ใหม่");
    EXPECT_EQ(versions.find(3)->profile.limits.front().number, 4) << "texts do not bring limits forward";
    EXPECT_EQ(versions.find(4)->profile.contact.th, "ที่อยู่ใหม่");
    EXPECT_EQ(versions.find(4)->profile.limits.front().number, 9);
    EXPECT_EQ(versions.find(3)->until, after(30));
}

TEST_F(ManualVersionsTest, OneThatNeverCameKeepsItsNumberAndItsWords) {
    limits(2, 4, 2);
    limits(3, 9, 30);
    limits(5, 7, 20); // on 30 the later decision counts
    const ManualVersions versions(profiles);
    EXPECT_EQ(versions.find(2)->standing(after(4)), Standing::never);
    EXPECT_EQ(versions.find(2)->standing(after(40)), Standing::never);
    EXPECT_EQ(versions.find(2)->profile.limits.front().number, 9);
    EXPECT_EQ(number_on(19), 1u);
    EXPECT_EQ(number_on(20), 3u);
    EXPECT_EQ(number_on(30), 3u);
    EXPECT_EQ(versions.find(1)->until, after(20));
}

TEST_F(ManualVersionsTest, ADecisionForALaterDayLeavesTheOneThatComesBeforeIt) {
    limits(2, 4, 10);
    limits(3, 9, 30);
    const ManualVersions versions(profiles);
    EXPECT_EQ(number_on(5), std::nullopt);
    EXPECT_EQ(number_on(10), 1u);
    EXPECT_EQ(number_on(30), 2u);
    EXPECT_EQ(versions.find(std::nullopt)->until, after(10));
    EXPECT_EQ(versions.find(1)->until, after(30));
}

TEST_F(ManualVersionsTest, OfTwoOnOneDayTheLaterIsInForce) {
    limits(2, 4, 2);
    contact(2, "ที่อยู่ใหม่");
    const ManualVersions versions(profiles);
    EXPECT_EQ(number_on(2), 2u);
    EXPECT_EQ(versions.find(1)->standing(after(2)), Standing::earlier);
    EXPECT_EQ(versions.find(1)->until, after(2));
}

TEST_F(ManualVersionsTest, ACaseCountsByTheOneThatIsInForceOnTheDayItCame) {
    limits(2, 4, 2);
    limits(3, 9, 30);
    contact(10, "ที่อยู่ใหม่");
    limits(11, 7, 20);
    const Deadlines deadlines(profiles);
    for (int day = 0; day < 40; ++day)
        EXPECT_EQ(deadlines.limits(after(day)), deadlines.manuals().on(after(day)).profile.limits) << day;
    EXPECT_EQ(deadlines.limits(after(1)).front().number, AgencyProfile().limits.front().number);
    EXPECT_EQ(deadlines.limits(after(19)).front().number, 4);
    EXPECT_EQ(deadlines.limits(after(35)).front().number, 7);
}

TEST_F(ManualVersionsTest, NumbersStayWhateverIsDecidedLater) {
    std::vector<std::string> said;
    const std::pair<int, int> decisions[] = {{1, 5}, {2, 40}, {3, 20}, {8, 8}, {9, 60}, {21, 30}};
    int number = 1;
    for (const auto &[day, from] : decisions) {
        limits(day, ++number, from);
        contact(day, std::to_string(number).c_str());
        const ManualVersions versions(profiles);
        for (const ManualVersion &version : versions.all()) {
            if (!version.number) continue;
            const std::string words = version.profile.contact.th + "/" + std::to_string(version.profile.limits.front().number) + "/" +
                                      std::to_string(version.since->number);
            if (*version.number > said.size()) said.push_back(words);
            EXPECT_EQ(said.at(*version.number - 1), words);
        }
        EXPECT_EQ(said.size(), *versions.all().back().number);
        for (int from_now = day; from_now < 70; ++from_now) // numbers of what is in force never go back
            EXPECT_LE(versions.on(after(from_now)).number.value_or(0), versions.on(after(from_now + 1)).number.value_or(0));
    }
}

} // namespace
