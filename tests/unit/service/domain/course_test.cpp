// Where moves lead, whose turn it is, and who may decide.
#include "tests/unit/service/domain/line.h"

#include "service/domain/typed_day.h"

#include <tuple>

namespace {

using namespace domain_test;

Course at(State state, std::optional<OfficerId> proposer = std::nullopt) {
    Course out;
    out.state = state;
    out.proposer = proposer;
    return out;
}

TEST(Turn, IsTheLegalOfficersUntilTheOrderAndNobodysAfterTheEnd) {
    for (State state : {State::submitted, State::registered, State::screening})
        EXPECT_EQ(turn(at(state), line(), {}), std::vector{legal}) << id(state);
    EXPECT_EQ(turn(at(State::pending_order, legal), line(), {}), (std::vector{clerk, executive}));
    EXPECT_TRUE(turn(at(State::closed, legal), line(), {}).empty());
}

TEST(Turn, PassesUpTheLineForWhoIsExcluded) {
    EXPECT_EQ(turn(at(State::submitted), line(), std::vector{legal}), std::vector{head});
    EXPECT_EQ(turn(at(State::submitted), line(), std::vector{legal, head}), std::vector{clerk});
    EXPECT_EQ(turn(at(State::pending_order, clerk), line(), std::vector{legal, head}), std::vector{executive})
        << "who proposed the order does not give it";
    EXPECT_EQ(turn(at(State::pending_order, legal), line(), std::vector{clerk, executive}), std::vector{outside});
}

std::vector<OfficerId> who_may(const Course &course, std::string_view event, const std::vector<Holder> &holders,
                               const std::vector<OfficerId> &excluded) {
    const Transition *transition = course.possible(event);
    return transition ? actors(*transition, course, holders, excluded) : std::vector<OfficerId>();
}

// For every subset of exclusions under which a complaint is accepted: somebody can set it aside, and for each who does,
// somebody else who reads it can confirm, never the same person, never one who is excluded.
void setting_aside_takes_two_readers(const std::vector<Holder> &holders) {
    std::vector<OfficerId> people = ids(holders);
    std::ranges::sort(people);
    people.erase(std::unique(people.begin(), people.end()), people.end());
    for_each_subset(people, [&](const std::vector<OfficerId> &excluded) {
        if (!readers_of_new(holders, excluded))
            return;
        for (State from : {State::submitted, State::registered, State::screening}) {
            const auto proposers = who_may(at(from), "set_aside", holders, excluded);
            EXPECT_FALSE(proposers.empty());
            for (OfficerId proposer : proposers) {
                EXPECT_FALSE(has(excluded, proposer));
                Course course = at(from);
                course.take(*course.possible("set_aside"), proposer);
                EXPECT_EQ(course.state, State::set_aside);
                const auto confirmers = who_may(course, "confirm_void", holders, excluded);
                EXPECT_FALSE(confirmers.empty());
                EXPECT_FALSE(has(confirmers, proposer));
                for (OfficerId other : confirmers)
                    EXPECT_FALSE(has(excluded, other));
                EXPECT_EQ(turn(course, holders, excluded), confirmers) << "the case waits for the other reader";
                EXPECT_TRUE(has(who_may(course, "keep", holders, excluded), proposer)) << "who proposed may think again";
            }
        }
    });
}

TEST(SettingAside, TakesTwoPeopleUnderEverySubsetOfExclusions) {
    setting_aside_takes_two_readers(line());
    for (std::size_t first = 0; first < 5; ++first)
        for (std::size_t second = first + 1; second < 5; ++second) {
            SCOPED_TRACE(std::to_string(first) + " also holds post " + std::to_string(second));
            auto holders = line();
            holders[second].officer = holders[first].officer;
            setting_aside_takes_two_readers(holders);
        }
}

TEST(SettingAside, LeadsBackToWhereTheCaseWas) {
    for (State from : {State::submitted, State::registered, State::screening}) {
        Course course = at(from);
        const auto take = [&](std::string_view event, OfficerId by) {
            const auto *transition = course.possible(event);
            ASSERT_TRUE(transition) << event;
            course.take(*transition, by);
        };
        take("set_aside", legal);
        EXPECT_FALSE(course.possible("register") || course.possible("screen") || course.possible("propose"));
        EXPECT_EQ(course.after(*course.possible("keep")), from);
        take("keep", head);
        EXPECT_EQ(course.state, from);
        EXPECT_FALSE(course.uncounted);
        take("set_aside", legal);
        take("confirm_void", head);
        EXPECT_EQ(course.state, State::closed);
        EXPECT_TRUE(course.uncounted);
        EXPECT_TRUE(turn(course, line(), {}).empty()) << "it may be taken up, but waits for nobody";
        take("take_up", clerk);
        EXPECT_EQ(course.state, from);
        EXPECT_FALSE(course.uncounted);
    }
}

// Nobody gets more time by proposing something and taking it back; waiting for a court does not count.
TEST(Since, IsTheDayOnWhichTheStepBegan) {
    struct Way {
        State from;
        const char *there, *back;
        int since;
    };
    for (const Way &way : {Way{State::registered, "set_aside", "keep", 1}, Way{State::screening, "general_grievance", "keep", 1},
                           Way{State::action, "withdraw", "return_ending", 1},
                           Way{State::pending_order, "paper_close", "return_paper", 1},
                           Way{State::registered, "suspend", "resume", 3}, Way{State::fact_finding, "extend", "extend", 1},
                           Way{State::awaiting_information, "answered", "ask", 3}}) {
        SCOPED_TRACE(way.there);
        Course course = at(way.from, legal);
        course.since = {1};
        course.take(*course.possible(way.there), legal, {}, executive, {2});
        course.take(*course.possible(way.back), clerk, {}, {}, {3});
        EXPECT_EQ(course.state, way.from);
        EXPECT_EQ(course.since.number, way.since);
    }
    Course ended = at(State::registered);
    ended.since = {1};
    ended.take(*ended.possible("set_aside"), legal, {}, {}, {2});
    ended.take(*ended.possible("confirm_void"), head, {}, {}, {3});
    EXPECT_EQ(ended.since.number, 3);
    ended.take(*ended.possible("take_up"), head, {}, {}, {4});
    EXPECT_EQ(ended.since.number, 4) << "what was brought back begins anew";
}

TEST(SettingAside, NothingElseThatIsClosedCanBeTakenUp) {
    Course course = at(State::pending_order, legal);
    course.take(*course.possible("close"), clerk);
    EXPECT_EQ(course.possible("take_up"), nullptr);
    EXPECT_EQ(course.possible(), std::vector{find_transition(State::closed, "reopen")});
    course.take(*course.possible("reopen"), clerk);
    EXPECT_EQ(course.state, State::screening);
    EXPECT_FALSE(course.uncounted);
}

TEST(SettingAside, IsConfirmedAsWhatItWasProposed) {
    for (const auto &[proposal, confirm, other, outcome] :
         {std::tuple{"set_aside", "confirm_void", "confirm_grievance", Outcome::voided},
          std::tuple{"general_grievance", "confirm_grievance", "confirm_void", Outcome::general_grievance}}) {
        Course course = at(State::registered);
        course.take(*course.possible(proposal), legal);
        EXPECT_EQ(course.possible(other), nullptr) << proposal;
        course.take(*course.possible(confirm), head);
        EXPECT_EQ(course.uncounted, outcome);
        EXPECT_EQ(course.possible("reopen"), nullptr);
        course.take(*course.possible("take_up"), head);
        EXPECT_EQ(course.state, State::registered);
    }
}

MoveValues naming(std::initializer_list<OfficerId> officers) {
    std::string lines;
    for (OfficerId one : officers)
        lines += one.text() + "\n";
    return {{{"fact_finders", lines}, {"due_date", "1/4/2569"}}};
}

Course finding(std::initializer_list<OfficerId> officers) {
    Course course = at(State::pending_order, legal);
    course.take(*course.possible("order_facts"), clerk, naming(officers));
    return course;
}

TEST(FactFinding, IsReportedByWhomTheOrderNamesAndNobodyStandsInForThem) {
    const Course course = finding({head, outside});
    EXPECT_EQ(who_may(course, "report", line(), {}), (std::vector{head, outside}));
    EXPECT_EQ(turn(course, line(), {}), (std::vector{head, outside}));
    EXPECT_EQ(who_may(course, "report", line(), {head}), std::vector{outside});
    EXPECT_TRUE(who_may(course, "report", line(), {head, outside}).empty());
    Course after = course;
    after.take(*after.possible("reassign"), clerk, naming({legal}));
    EXPECT_EQ(turn(after, line(), {}), std::vector{legal}) << "the earlier names are replaced";
    after.take(*after.possible("extend"), executive, {{{"due_date", "1/5/2569"}}});
    EXPECT_EQ(turn(after, line(), {}), std::vector{legal}) << "more time changes nobody";
    after.take(*after.possible("report"), legal);
    EXPECT_EQ(who_may(after, "merit", line(), {}), std::vector{executive});
}

TEST(FactFinding, WhoReportsNeverDecides) {
    Course course = finding({executive});
    course.take(*course.possible("report"), executive);
    EXPECT_EQ(who_may(course, "merit", line(), {}), std::vector{outside});
    EXPECT_EQ(who_may(course, "no_merit", line(), {}), std::vector{outside});
}

TEST(FactFinding, MayBeGivenToWhoReadsAndNeitherOrdersDecidesNorIsExcluded) {
    auto holders = line();
    holders.push_back({person(6), Post::fact_finder, "ผู้สืบสวน", true, false});
    holders.push_back({person(7), Post::fact_finder, "อ่านไม่ได้", false, false});
    EXPECT_EQ(ids(may_find_facts(holders, {}, clerk)), (std::vector{legal, head, outside, person(6)}));
    EXPECT_EQ(ids(may_find_facts(holders, std::vector{legal, person(6)}, clerk)), (std::vector{head, outside}));
    holders.push_back({head, Post::executive, "รักษาราชการแทน", true, false});
    EXPECT_FALSE(has(ids(may_find_facts(holders, {}, clerk)), head)) << "acts for who decides";
    EXPECT_TRUE(acting_for(std::vector{Post::registrar}, std::vector{holders[5]}, {}).empty()) << "no part of the line";
}

// For every state that can be put aside: it returns to where it was, also from one inside the other.
TEST(PuttingAside, LeadsBackToWhereTheCaseWas) {
    using enum State;
    for (State from : {submitted, registered, screening, awaiting_information, pending_order, fact_finding, pending_decision, action, referred}) {
        SCOPED_TRACE(id(from));
        Course course = at(from, head);
        const auto take = [&](std::string_view event, OfficerId by) {
            const auto *transition = course.possible(event);
            ASSERT_TRUE(transition) << event;
            course.take(*transition, by);
        };
        take("suspend", clerk);
        EXPECT_EQ(course.state, suspended);
        EXPECT_EQ(turn(course, line(), {}), std::vector{clerk});
        EXPECT_EQ(course.possible("suspend"), nullptr);
        take("withdraw", legal);
        EXPECT_EQ(course.state, closing);
        EXPECT_EQ(course.proposed_by(), legal);
        EXPECT_EQ(turn(course, line(), {}), std::vector{clerk});
        EXPECT_EQ(who_may(course, "confirm_ending", line(), {clerk}), std::vector{executive});
        take("return_ending", clerk);
        EXPECT_EQ(course.state, suspended);
        take("resume", clerk);
        EXPECT_EQ(course.state, from);
        EXPECT_EQ(course.proposer, head) << "who proposed the order stays its proposer";
        take("withdraw", legal);
        EXPECT_EQ(course.effect(*course.possible("confirm_ending")).event, "withdraw");
        take("confirm_ending", clerk);
        EXPECT_EQ(course.state, closed);
        EXPECT_FALSE(course.uncounted) << "it counts";
        EXPECT_TRUE(turn(course, line(), {}).empty());
        take("reopen", executive);
        EXPECT_EQ(course.state, screening);
        EXPECT_TRUE(course.before.empty());
    }
}

TEST(PuttingAside, NothingReturnsThatWasNotPutAside) {
    for (State state : {State::suspended, State::closing, State::set_aside})
        for (const char *event : {"resume", "return_ending", "confirm_ending", "keep", "confirm_void", "confirm_grievance"})
            EXPECT_EQ(at(state).possible(event), nullptr) << id(state) << " " << event;
    EXPECT_EQ(at(State::awaiting_information).possible("insufficient"), nullptr) << "no day was set";
}

TEST(Asking, SetsTheDayAfterWhichTheCaseMayEndForWantOfInformation) {
    Course course = at(State::screening);
    course.take(*course.possible("ask"), legal, {{{"reply_by", "20/3/2569"}}});
    EXPECT_EQ(course.due, typed_day("20/3/2569"));
    EXPECT_EQ(turn(course, line(), {}), std::vector{legal});
    ASSERT_TRUE(course.possible("insufficient"));
    EXPECT_TRUE(course.possible("insufficient")->after_due);
    course.take(*course.possible("answered"), {});
    EXPECT_EQ(course.state, State::screening);
    EXPECT_EQ(course.possible("insufficient"), nullptr);
}

// Walks the case from filing to its end, each step by each of those who may take it, and says whether some walk arrives.
bool some_walk_arrives(const std::vector<Holder> &holders, const std::vector<OfficerId> &excluded, const Course &course,
                       std::size_t &walks) {
    if (is_finished(course.state))
        return true;
    bool arrives = false;
    for (const char *event : {"register", "screen", "propose", "order_facts", "report", "merit", "finish", "confirm_ending"}) {
        const Transition *transition = course.possible(event);
        if (!transition)
            continue;
        for (OfficerId actor : actors(*transition, course, holders, excluded)) {
            ++walks;
            EXPECT_FALSE(has(excluded, actor));
            if (transition->never_the_proposer)
                EXPECT_NE(actor, course.proposed_by()) << "who proposed it decided it";
            if (transition->from == State::pending_decision)
                EXPECT_FALSE(has(course.finders, actor)) << "who found the facts decided";
            std::vector<OfficerId> named{{}};
            if (std::string_view(event) == "order_facts")
                named = officers_of(may_find_facts(holders, excluded, actor));
            for (OfficerId finder : named) {
                Course next = course;
                next.take(*transition, actor, {{{"fact_finders", finder.text()}}});
                arrives |= some_walk_arrives(holders, excluded, next, walks);
                if (arrives)
                    return true;
            }
        }
    }
    return arrives;
}

void whenever_it_can_be_decided_a_walk_arrives(const std::vector<Holder> &holders) {
    std::vector<OfficerId> people = ids(holders);
    std::ranges::sort(people);
    people.erase(std::unique(people.begin(), people.end()), people.end());
    for_each_subset(people, [&](const std::vector<OfficerId> &excluded) {
        std::size_t walks = 0;
        const bool arrives = some_walk_arrives(holders, excluded, Course(), walks);
        EXPECT_EQ(can_be_decided(holders, excluded), arrives);
    });
}

TEST(CanBeDecided, ForEverySubsetOfExclusionsAWalkToTheEndExistsExactlyWhenItSaysSo) {
    whenever_it_can_be_decided_a_walk_arrives(line());
    EXPECT_TRUE(can_be_decided(line(), {}));
    EXPECT_FALSE(can_be_decided(line(), std::vector{clerk, executive, outside})) << "nobody above the legal officer is left";
    EXPECT_FALSE(can_be_decided({}, {}));
    EXPECT_FALSE(can_be_decided(line(), std::vector{executive, outside})) << "nobody to decide upon the report";
    EXPECT_TRUE(can_be_decided(line(), std::vector{executive})) << "the outside officer decides";
}

TEST(CanBeDecided, FromWhereACaseStands) {
    Course course;
    course.state = State::pending_decision;
    course.finders = {outside};
    EXPECT_TRUE(can_be_decided(line(), {}, course));
    EXPECT_FALSE(can_be_decided(line(), std::vector{executive}, course)) << "who found the facts is the only one left";
    course.state = State::fact_finding;
    EXPECT_TRUE(can_be_decided(line(), std::vector{executive}, course)) << "a new order names somebody else";
    course.finders = {legal};
    EXPECT_TRUE(can_be_decided(line(), std::vector{legal}, course)) << "nobody is left to report: a new order";
    EXPECT_FALSE(can_be_decided(line(), std::vector{executive, outside}, course));
    course = {.state = State::suspended, .before = {State::pending_order}};
    EXPECT_TRUE(can_be_decided(line(), std::vector{clerk}, course));
    EXPECT_FALSE(can_be_decided(line(), std::vector{clerk, executive, outside}, course));
    EXPECT_TRUE(can_be_decided(line(), ids(line()), {.state = State::closed})) << "it has ended";
}

TEST(CanBeDecided, AlsoWhereOnePersonHoldsTwoPosts) {
    for (std::size_t first = 0; first < 5; ++first)
        for (std::size_t second = first + 1; second < 5; ++second) {
            SCOPED_TRACE(std::to_string(first) + " also holds post " + std::to_string(second));
            auto holders = line();
            holders[second].officer = holders[first].officer;
            whenever_it_can_be_decided_a_walk_arrives(holders);
        }
}

TEST(CanBeDecided, AlsoWhereAPostHasTwoHoldersOfWhomOneActsForASuperior) {
    auto holders = line();
    holders.insert(holders.begin() + 1, {person(6), Post::legal_officer, "ก", true, false});
    holders.insert(holders.begin() + 3, {legal, Post::clerk, "ข", true, false});
    whenever_it_can_be_decided_a_walk_arrives(holders);
}

// A case that an officer enters begins with that and nothing else; one from the web never does.
TEST(Course, BeginsByHandOrFromTheWebAndNotBoth) {
    Course web, by_hand;
    by_hand.by_hand = true;
    EXPECT_FALSE(web.possible("enter"));
    EXPECT_TRUE(web.possible("register"));
    EXPECT_FALSE(by_hand.possible("register"));
    ASSERT_EQ(by_hand.possible().size(), 1U);
    by_hand.take(*by_hand.possible("enter"), base::OfficerId::random(), MoveValues{{{"agency_due", "5/3/2569"}}});
    EXPECT_EQ(by_hand.state, State::registered);
    EXPECT_EQ(by_hand.outside_due, typed_day("5/3/2569"));
    EXPECT_FALSE(by_hand.due) << "no day of a step";
    EXPECT_FALSE(by_hand.possible("enter"));
    EXPECT_TRUE(by_hand.possible("screen"));
}

} // namespace
