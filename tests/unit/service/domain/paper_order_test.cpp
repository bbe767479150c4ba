// Orders given on paper, in the table: two people record one, neither of whom signed it, and nothing is decided before.
#include "tests/unit/service/domain/line.h"

#include <set>

namespace {

using namespace domain_test;

const Transition &row(State from, std::string_view event) { return *find_transition(from, event); }

Course put_before(OfficerId proposer) {
    Course out;
    out.state = State::pending_order;
    out.proposer = proposer;
    return out;
}

Course recorded(OfficerId entered, OfficerId signer) {
    Course out = put_before(legal);
    out.take(row(State::pending_order, "paper_close"), entered, {}, signer);
    return out;
}

std::vector<OfficerId> confirmers(const Course &course, const std::vector<Holder> &holders,
                                  const std::vector<OfficerId> &excluded = {}) {
    const auto *confirm = course.possible("confirm_paper");
    return confirm ? actors(*confirm, course, holders, excluded) : std::vector<OfficerId>();
}

TEST(PaperOrder, EveryRecordIsOfADecisionOfTheSuperiorsAndAsksForAllItsFields) {
    for (const Transition &record : transitions()) {
        if (record.records.empty())
            continue;
        const auto *decision = find_transition(record.from, record.records);
        ASSERT_TRUE(decision) << record.event;
        EXPECT_EQ(std::set(decision->by.begin(), decision->by.end()), (std::set{Post::clerk, Post::executive}));
        EXPECT_EQ(record.to, State::paper_recorded);
        EXPECT_TRUE(record.optional) << "the case waits for the superiors, not for a paper";
        std::set<std::string_view> fields;
        for (const FieldRule &rule : record.fields)
            fields.insert(rule.name);
        for (const FieldRule &rule : decision->fields)
            EXPECT_TRUE(fields.contains(rule.name)) << rule.name;
        for (const char *of_the_paper : {"order_number", "order_date", "signer", "paper_kept"}) {
            const auto rule = std::ranges::find(record.fields, std::string_view(of_the_paper), &FieldRule::name);
            ASSERT_NE(rule, record.fields.end()) << of_the_paper;
            EXPECT_TRUE(rule->required) << of_the_paper;
        }
    }
}

TEST(PaperOrder, IsPossibleForTheOrderToCloseOnly) {
    std::set<std::string_view> decisions;
    for (const Transition &record : transitions())
        if (!record.records.empty())
            decisions.insert(record.records);
    EXPECT_EQ(decisions, std::set<std::string_view>{"close"});
}

TEST(PaperOrder, TakesEffectOnlyWhenConfirmedAndLeadsWhereTheDecisionLeads) {
    Course course = recorded(legal, clerk);
    EXPECT_EQ(course.state, State::paper_recorded);
    EXPECT_FALSE(is_finished(course.state));
    EXPECT_EQ(course.possible("close"), nullptr) << "the entry is confirmed or sent back first";
    const Transition &confirm = *course.possible("confirm_paper");
    EXPECT_EQ(&course.effect(confirm), &row(State::pending_order, "close"));
    course.take(confirm, head);
    EXPECT_EQ(course.state, State::closed);
    EXPECT_FALSE(course.paper || course.uncounted);
    EXPECT_TRUE(turn(course, line(), {}).empty());
}

TEST(PaperOrder, SentBackWaitsForTheSuperiorsAgainAndKeepsItsProposer) {
    Course course = recorded(legal, clerk);
    course.take(*course.possible("return_paper"), head);
    EXPECT_EQ(course.state, State::pending_order);
    EXPECT_EQ(course.proposer, legal);
    EXPECT_FALSE(course.paper);
    EXPECT_EQ(turn(course, line(), {}), (std::vector{clerk, executive}));
}

TEST(PaperOrder, NothingCanBeConfirmedThatWasNotEntered) {
    Course course;
    course.state = State::paper_recorded;
    EXPECT_EQ(course.possible("confirm_paper"), nullptr);
}

TEST(PaperOrder, IsConfirmedByNeitherWhoEnteredNorWhoSignedIt) {
    EXPECT_EQ(confirmers(recorded(legal, clerk), line()), (std::vector{head, executive}));
    EXPECT_EQ(confirmers(recorded(legal, executive), line()), (std::vector{head, clerk}));
    EXPECT_EQ(confirmers(recorded(head, executive), line(), {legal}), std::vector{clerk});
    EXPECT_EQ(turn(recorded(legal, clerk), line(), {}), (std::vector{head, executive})) << "it is their turn";
    const Course back = recorded(legal, clerk);
    EXPECT_TRUE(has(actors(*back.possible("return_paper"), back, line(), {}), legal)) << "who mistyped may take it back";
}

TEST(PaperOrder, WhoHoldsTwoPostsIsStillOneHuman) {
    for (std::size_t first = 0; first < 5; ++first)
        for (std::size_t second = first + 1; second < 5; ++second) {
            SCOPED_TRACE(std::to_string(first) + " also holds post " + std::to_string(second));
            auto holders = line();
            holders[second].officer = holders[first].officer;
            for (const Holder &signer : holders) {
                if (signer.officer == legal)
                    continue;
                const auto others = confirmers(recorded(legal, signer.officer), holders);
                EXPECT_FALSE(has(others, legal) || has(others, signer.officer));
            }
        }
}

TEST(StandingIn, IsForThePostsOfTheRowAndThoseFurtherUpTheLine) {
    const Transition &close = row(State::pending_order, "close"), &screen = row(State::registered, "screen");
    for (const Post post : {Post::clerk, Post::executive, Post::outside_officer})
        EXPECT_TRUE(may_stand_for(close, post)) << id(post);
    for (const Post post : {Post::registrar, Post::legal_officer, Post::head_office, Post::admin, Post::auditor})
        EXPECT_FALSE(may_stand_for(close, post)) << id(post);
    EXPECT_TRUE(may_stand_for(screen, Post::head_office));
    EXPECT_FALSE(may_stand_for(screen, Post::registrar));
    EXPECT_FALSE(may_stand_for(screen, Post::admin));
}

} // namespace
