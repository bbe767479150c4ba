#include "tests/unit/service/domain/line.h"

namespace {

using namespace domain_test;

constexpr Post every_post[] = {Post::legal_officer, Post::head_office,     Post::clerk,  Post::executive,
                               Post::outside_officer, Post::admin, Post::auditor};
constexpr Action every_action[] = {Action::read_cases, Action::work_cases, Action::see_totals};

TEST(Rights, TheHandlingLineReadsWorksAndCounts) {
    for (Post post : handling_line)
        for (Action action : every_action)
            EXPECT_TRUE(allows(post, action)) << id(post);
}

TEST(Rights, AdminAndAuditorGetNothingOfCases) {
    for (Post post : {Post::admin, Post::auditor})
        for (Action action : every_action)
            EXPECT_FALSE(allows(post, action)) << id(post);
}

TEST(Rights, ThePermittedTypeExistsOnlyForWhomTheTableAllows) {
    for (Post post : every_post) {
        const Actor actor{person(7), post, "ชื่อ"};
        EXPECT_EQ(Permitted<Action::read_cases>::check(actor).has_value(), allows(post, Action::read_cases));
        const auto work = Permitted<Action::work_cases>::check(actor);
        EXPECT_EQ(work.has_value(), allows(post, Action::work_cases));
        if (work)
            EXPECT_EQ(work->actor().officer, person(7));
        else
            EXPECT_EQ(work.error().code, base::Code::not_found) << "who may not know is told that there is nothing";
    }
}

TEST(Posts, IdsGoThereAndBackAndNoOthersDo) {
    for (Post post : every_post)
        EXPECT_EQ(post_from(id(post)), post);
    for (std::string_view other : {"", "Clerk", "clerk ", "mayor", "legal_office"})
        EXPECT_EQ(post_from(other), std::nullopt) << other;
}

TEST(Posts, OnlyLegalOfficerAndHeadOfOfficeTakeIn) {
    for (Post post : every_post)
        EXPECT_EQ(is_intake(post), post == Post::legal_officer || post == Post::head_office) << id(post);
}

TEST(ReadersOfNew, AreTheIntakePosts) {
    EXPECT_EQ(readers_of_new(line(), {}).value(), (std::vector{legal, head}));
}

TEST(ReadersOfNew, ForEverySubsetOfExclusionsTwoAreFoundUpTheLineOrItIsRefused) {
    const auto holders = line();
    for_each_subset(ids(holders), [&](const std::vector<OfficerId> &excluded) {
        const auto readers = readers_of_new(holders, excluded);
        std::vector<OfficerId> expected;
        for (const Holder &holder : holders) // the line as written down: intake first, then up until there are two
            if (!has(excluded, holder.officer) && (is_intake(holder.post) || expected.size() < 2))
                expected.push_back(holder.officer);
        ASSERT_EQ(readers.has_value(), expected.size() >= 2);
        if (!readers) {
            EXPECT_EQ(readers.error().code, base::Code::refused);
            return;
        }
        EXPECT_EQ(*readers, expected);
        for (OfficerId reader : *readers)
            EXPECT_FALSE(has(excluded, reader));
    });
}

TEST(ReadersOfNew, CountPeopleNotPosts) {
    auto holders = line();
    holders[1].officer = legal; // the legal officer acts as head of office too
    EXPECT_EQ(readers_of_new(holders, {}).value(), (std::vector{legal, clerk}));
    EXPECT_EQ(readers_of_new(holders, std::vector{legal}).value(), (std::vector{clerk, executive}))
        << "an exclusion covers every post of the person";
}

TEST(ReadersOfNew, LeaveOutWhoseCertificateDoesNotRead) {
    auto holders = line();
    holders[1].may_read = false;
    EXPECT_EQ(readers_of_new(holders, {}).value(), (std::vector{legal, clerk}));
    for (Holder &holder : holders)
        holder.may_read = holder.officer == legal;
    EXPECT_FALSE(readers_of_new(holders, {}));
}

TEST(Custodians, AreEveryoneWithTheRightLessTheExcluded) {
    const auto holders = line();
    for_each_subset(ids(holders), [&](const std::vector<OfficerId> &excluded) {
        std::vector<OfficerId> expected;
        for (OfficerId custodian : {clerk, outside})
            if (!has(excluded, custodian))
                expected.push_back(custodian);
        EXPECT_EQ(custodians_of_new(holders, excluded), expected);
    });
}

constexpr Post by_legal[] = {Post::legal_officer};
constexpr Post by_superior[] = {Post::clerk, Post::executive};

TEST(ActorsFor, AreTheHoldersOfThePosts) {
    EXPECT_EQ(actors_for(by_legal, line(), {}), std::vector{legal});
    EXPECT_EQ(actors_for(by_superior, line(), {}), (std::vector{clerk, executive}));
    EXPECT_TRUE(actors_for({}, line(), {}).empty());
}

TEST(ActorsFor, ForEverySubsetOfExclusionsTheNextUpTheLineActs) {
    const auto holders = line();
    for_each_subset(ids(holders), [&](const std::vector<OfficerId> &excluded) {
        std::vector<OfficerId> expected;
        for (const Holder &holder : holders)
            if (!has(excluded, holder.officer) && expected.empty())
                expected.push_back(holder.officer);
        EXPECT_EQ(actors_for(by_legal, holders, excluded), expected);
        for (OfficerId actor : actors_for(by_superior, holders, excluded)) {
            EXPECT_FALSE(has(excluded, actor));
            EXPECT_NE(actor, legal) << "a superior's act never goes down the line";
            EXPECT_NE(actor, head);
        }
    });
}

TEST(ActorsFor, NeverTheScreenerInWhateverPost) {
    for (OfficerId screener : ids(line()))
        EXPECT_FALSE(has(actors_for(by_superior, line(), {}, screener), screener));
    EXPECT_EQ(actors_for(by_superior, line(), std::vector{executive}, clerk), std::vector{outside});
    auto holders = line();
    holders[2].officer = legal; // the legal officer acts for the clerk
    EXPECT_EQ(actors_for(by_superior, holders, {}, legal), std::vector{executive});
}

TEST(ActorsFor, WhoseCertificateDoesNotReadDoesNotAct) {
    auto holders = line();
    holders[0].may_read = false;
    EXPECT_EQ(actors_for(by_legal, holders, {}), std::vector{head});
}

} // namespace
