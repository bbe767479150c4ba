// Which versions of the profile are versions of the manual.
#include "service/domain/manual_versions.h"

#include <gtest/gtest.h>

namespace {

using namespace domain;

class ManualVersions : public testing::Test {
protected:
    ManualVersions() {
        profiles.push_back({0, AgencyProfile(), {}});
        AgencyProfile next;
        next.colour = "#123456";
        profiles.push_back({1, next, base::Day{100}});
        next.limits.front().number = 9;
        next.manual_from = "1/10/2569";
        profiles.push_back({2, next, base::Day{200}});
        next.holidays = "";
        profiles.push_back({3, next, base::Day{300}});
        next.contact.th = "ที่อยู่ใหม่";
        profiles.push_back({5, next, base::Day{400}}); // 4 cannot be read
    }
    std::vector<ProfileVersion> profiles;
};

TEST_F(ManualVersions, AreThoseInWhichItSaysSomethingElse) {
    const auto versions = manual_versions(profiles);
    ASSERT_EQ(versions.size(), 3u);
    EXPECT_EQ(versions[0].number, 0u);
    EXPECT_FALSE(versions[0].since);
    EXPECT_EQ(versions[0].until, base::Day{200});
    EXPECT_EQ(versions[1].number, 2u);
    EXPECT_EQ(versions[1].since, base::Day{200});
    EXPECT_EQ(versions[1].profile->limits.front().number, 9);
    EXPECT_EQ(versions[2].number, 5u);
    EXPECT_FALSE(versions[2].until);
}

TEST_F(ManualVersions, AreFoundByEveryVersionOfTheProfileThatShowedThem) {
    const auto versions = manual_versions(profiles);
    for (const auto &[asked, found] : {std::pair{0, 0}, {1, 0}, {2, 2}, {3, 2}, {5, 5}}) {
        const auto *version = find_manual(versions, profiles, static_cast<std::uint64_t>(asked));
        ASSERT_TRUE(version) << asked;
        EXPECT_EQ(version->number, static_cast<std::uint64_t>(found));
    }
    EXPECT_FALSE(find_manual(versions, profiles, 4));
    EXPECT_FALSE(find_manual(versions, profiles, 6));
}

} // namespace
