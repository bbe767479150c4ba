#include "tests/unit/service/domain/line.h"

namespace {

using namespace domain_test;

constexpr Post every_post[] = {Post::registrar, Post::legal_officer,   Post::head_office, Post::clerk,
                               Post::executive, Post::outside_officer, Post::admin,       Post::auditor,
                               Post::fact_finder};
constexpr Action of_cases[] = {Action::read_cases, Action::work_cases, Action::see_totals, Action::decide_identity,
                               Action::vouch};
constexpr Action apart[] = {Action::manage_accounts, Action::change_settings, Action::read_audit};
constexpr Certified all_rights{.reading = true, .custody = true, .vouching = true};

Actor holding(std::vector<Post> posts, Certified certified = all_rights) {
    Actor out{person(7), "ชื่อ", {}, certified};
    for (Post post : posts)
        out.seats.push_back({.appointment = {}, .post = post, .capacity = Capacity::holder, .from = {}, .until = {}, .order = {}});
    return out;
}

TEST(Rights, TheHandlingLineHandlesCasesAndNothingElse) {
    for (Post post : handling_line) {
        for (Action action : of_cases)
            EXPECT_TRUE(allows(post, action)) << id(post);
        for (Action action : apart)
            EXPECT_FALSE(allows(post, action)) << id(post);
    }
}

TEST(Rights, AFactFinderReadsAndWorksAndNothingElse) {
    for (Action action : {Action::see_totals, Action::decide_identity, Action::vouch, Action::manage_accounts,
                          Action::change_settings, Action::confirm_settings, Action::read_audit})
        EXPECT_FALSE(allows(holding({Post::fact_finder}), action));
    EXPECT_TRUE(allows(holding({Post::fact_finder}), Action::read_cases) && allows(holding({Post::fact_finder}), Action::work_cases));
    EXPECT_FALSE(is_intake(Post::fact_finder));
    EXPECT_EQ(place_in_line(Post::fact_finder), std::size(handling_line)) << "stands in for nobody";
}

TEST(Rights, AdminAndAuditorGetNothingOfCases) {
    for (Post post : {Post::admin, Post::auditor})
        for (Action action : of_cases)
            EXPECT_FALSE(allows(holding({post}), action)) << id(post);
    EXPECT_TRUE(allows(Post::admin, Action::manage_accounts) && allows(Post::admin, Action::change_settings));
    EXPECT_TRUE(allows(Post::auditor, Action::read_audit));
    EXPECT_FALSE(allows(Post::admin, Action::read_audit) || allows(Post::auditor, Action::manage_accounts));
}

TEST(Rights, APostThatStaysApartTakesTheCasesOfTheOthersAway) {
    for (Post post : {Post::admin, Post::auditor})
        for (Action action : of_cases)
            EXPECT_FALSE(allows(holding({Post::legal_officer, post}), action)) << id(post);
    EXPECT_TRUE(allows(holding({Post::legal_officer, Post::admin}), Action::manage_accounts));
}

TEST(Rights, OfAPostNeedTheirRightInTheCertificate) {
    const Certified none, reading{.reading = true}, custody{.custody = true}, vouching{.vouching = true};
    const auto clerk_with = [](Certified certified) { return holding({Post::clerk}, certified); };
    for (Action action : of_cases)
        EXPECT_FALSE(allows(clerk_with(none), action));
    for (Action action : {Action::read_cases, Action::work_cases, Action::see_totals})
        EXPECT_TRUE(allows(clerk_with(reading), action) && !allows(clerk_with(custody), action) &&
                    !allows(clerk_with(vouching), action));
    EXPECT_TRUE(allows(clerk_with(custody), Action::decide_identity) && !allows(clerk_with(reading), Action::decide_identity));
    EXPECT_TRUE(allows(clerk_with(vouching), Action::vouch) && !allows(clerk_with(reading), Action::vouch));
}

TEST(Rights, WithoutAPostACertificateOpensNothing) {
    for (Action action : of_cases)
        EXPECT_FALSE(allows(holding({}), action));
}

TEST(Rights, OfSeveralPostsAddUp) {
    const Actor both = holding({Post::executive, Post::clerk, Post::clerk});
    EXPECT_TRUE(allows(both, Action::work_cases));
    EXPECT_EQ(both.posts(), (std::vector{Post::clerk, Post::executive})) << "each once, in the order of the line";
}

TEST(Rights, ThePermittedTypeExistsOnlyForWhomTheTableAllows) {
    for (Post post : every_post) {
        const Actor actor = holding({post});
        EXPECT_EQ(Permitted<Action::read_cases>::check(actor).has_value(), allows(post, Action::read_cases));
        const auto work = Permitted<Action::work_cases>::check(actor);
        EXPECT_EQ(work.has_value(), allows(post, Action::work_cases));
        if (work)
            EXPECT_EQ(work->actor().officer, person(7));
        else
            EXPECT_EQ(work.error().code, base::Code::not_found) << "who may not know is told that there is nothing";
    }
}

TEST(Posts, AndCapacitiesAreKnownByNumberAndId) {
    for (Post post : every_post)
        EXPECT_EQ(post_numbered(static_cast<std::uint8_t>(post)), post);
    for (Capacity capacity : capacities) {
        EXPECT_EQ(capacity_numbered(static_cast<std::uint8_t>(capacity)), capacity);
        EXPECT_EQ(capacity_from(id(capacity)), capacity);
    }
    for (int unknown : {0, 10, 255}) {
        EXPECT_EQ(post_numbered(static_cast<std::uint8_t>(unknown)), std::nullopt);
        EXPECT_EQ(capacity_numbered(static_cast<std::uint8_t>(unknown)), std::nullopt);
    }
    EXPECT_EQ(capacity_from("owner"), std::nullopt);
}

TEST(Posts, OfOnePersonStandTogether) {
    const std::vector<Holder> holders{{clerk, Post::legal_officer, "ก", true, false},
                                      {head, Post::head_office, "ข", true, true},
                                      {clerk, Post::clerk, "ก", true, false}};
    const auto list = people(holders);
    ASSERT_EQ(list.size(), 2u);
    EXPECT_EQ(list[0].officer, clerk);
    EXPECT_EQ(list[0].posts, (std::vector{Post::legal_officer, Post::clerk}));
    EXPECT_EQ(list[1].name, "ข");
    EXPECT_TRUE(list[1].may_custody);
}

TEST(Posts, IdsGoThereAndBackAndNoOthersDo) {
    for (Post post : every_post)
        EXPECT_EQ(post_from(id(post)), post);
    for (std::string_view other : {"", "Clerk", "clerk ", "mayor", "legal_office"})
        EXPECT_EQ(post_from(other), std::nullopt) << other;
}

TEST(Posts, OnlyRegistrarLegalOfficerAndHeadOfOfficeTakeIn) {
    for (Post post : every_post)
        EXPECT_EQ(is_intake(post), post == Post::registrar || post == Post::legal_officer || post == Post::head_office) << id(post);
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

std::vector<OfficerId> actors_for(std::span<const Post> posts, const std::vector<Holder> &holders,
                                  const std::vector<OfficerId> &barred) {
    return officers_of(acting_for(posts, holders, barred));
}

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
        EXPECT_FALSE(has(actors_for(by_superior, line(), {screener}), screener));
    EXPECT_EQ(actors_for(by_superior, line(), {executive, clerk}), std::vector{outside});
    auto holders = line();
    holders[2].officer = legal; // the legal officer acts for the clerk
    EXPECT_EQ(actors_for(by_superior, holders, {legal}), std::vector{executive});
}

TEST(ActorsFor, AreNamedOnceForEachPostInWhichTheyAct) {
    auto holders = line();
    holders[3].officer = clerk; // the clerk acts for the executive
    const auto acting = acting_for(by_superior, holders, {});
    ASSERT_EQ(acting.size(), 2U);
    EXPECT_EQ(acting[0].post, Post::clerk);
    EXPECT_EQ(acting[1].post, Post::executive);
    EXPECT_EQ(officers_of(acting), std::vector{clerk});
    const auto up = acting_for(by_legal, holders, std::vector{legal, head});
    ASSERT_EQ(up.size(), 1U) << "who stands in does so in the post that comes next, not in all of theirs";
    EXPECT_EQ(up[0].post, Post::clerk);
}

TEST(ActorsFor, WhoseCertificateDoesNotReadDoesNotAct) {
    auto holders = line();
    holders[0].may_read = false;
    EXPECT_EQ(actors_for(by_legal, holders, {}), std::vector{head});
}

} // namespace
