#include "tests/unit/service/domain/line.h"

#include <set>

namespace {

using namespace domain_test;

constexpr State every_state[] = {State::submitted, State::registered, State::screening, State::awaiting_information,
                                 State::pending_order, State::fact_finding, State::pending_decision, State::action,
                                 State::referred, State::suspended, State::closed, State::set_aside, State::paper_recorded};

TEST(States, IdsGoThereAndBackAndOnlyClosedIsFinished) {
    for (State state : every_state) {
        EXPECT_EQ(state_from(id(state)), state);
        EXPECT_EQ(is_finished(state), state == State::closed);
    }
    for (std::string_view other : {"", "Closed", "closed ", "void"})
        EXPECT_EQ(state_from(other), std::nullopt);
}

TEST(Outcomes, IdsGoThereAndBack) {
    for (Outcome outcome : {Outcome::not_accepted, Outcome::insufficient, Outcome::no_merit, Outcome::already_decided,
                            Outcome::voided})
        EXPECT_EQ(outcome_from(id(outcome)), outcome);
    EXPECT_EQ(id(Outcome::voided), "void");
    EXPECT_EQ(outcome_from("merit_discipline"), std::nullopt) << "only after fact-finding";
}

// The steps of the manual, written down once more: from, event, to, who acts.
struct Step {
    State from;
    std::string_view event;
    State to;
    std::vector<Post> by;
};
const std::vector<Step> manual{
    {State::submitted, "register", State::registered, {Post::registrar, Post::legal_officer}},
    {State::registered, "screen", State::screening, {Post::legal_officer}},
    {State::screening, "propose", State::pending_order, {Post::legal_officer}},
    {State::pending_order, "close", State::closed, {Post::clerk, Post::executive}},
    {State::pending_order, "paper_close", State::paper_recorded, {Post::legal_officer}},
    {State::paper_recorded, "confirm_paper", State::closed,
     {Post::registrar, Post::legal_officer, Post::head_office, Post::clerk, Post::executive}},
    {State::paper_recorded, "return_paper", State::pending_order,
     {Post::registrar, Post::legal_officer, Post::head_office, Post::clerk, Post::executive}},
    {State::submitted, "set_aside", State::set_aside, {Post::registrar, Post::legal_officer}},
    {State::registered, "set_aside", State::set_aside, {Post::registrar, Post::legal_officer}},
    {State::screening, "set_aside", State::set_aside, {Post::registrar, Post::legal_officer}},
    {State::set_aside, "confirm_void", State::closed, {Post::registrar, Post::legal_officer, Post::head_office}},
    {State::set_aside, "keep", State::submitted, {std::begin(handling_line), std::end(handling_line)}},
    {State::closed, "take_up", State::submitted, {std::begin(handling_line), std::end(handling_line)}},
};

TEST(Transitions, EveryStateEventAndPostIsAsTheManualSays) {
    std::size_t found = 0;
    for (State state : every_state)
        for (const char *event : {"register", "screen", "propose", "close", "set_aside", "confirm_void", "keep", "take_up", "paper_close",
                                  "confirm_paper", "return_paper", "", "Register",
                                  "submitted", "reopen"}) {
            const auto step = std::ranges::find_if(
                manual, [&](const Step &candidate) { return candidate.from == state && candidate.event == event; });
            const auto *transition = find_transition(state, event);
            ASSERT_EQ(transition != nullptr, step != manual.end()) << id(state) << " " << event;
            if (!transition)
                continue;
            ++found;
            EXPECT_EQ(transition->to, step->to);
            const std::set<Post> by(transition->by.begin(), transition->by.end());
            EXPECT_EQ(by, std::set<Post>(step->by.begin(), step->by.end())) << event;
            EXPECT_FALSE(by.contains(Post::admin) || by.contains(Post::auditor));
        }
    EXPECT_EQ(found, transitions().size());
    for (State state : every_state)
        for (const Transition *transition : transitions_from(state))
            EXPECT_EQ(transition->from, state);
    for (const Transition *transition : transitions_from(State::closed))
        EXPECT_TRUE(transition->after_void) << "an order is not taken back";
}

TEST(Transitions, OnlyRegisteringTakesANumberAndOnlyClosingAndTakingUpTellTheReporter) {
    for (const Transition &transition : transitions()) {
        if (transition.takes_effect) {
            EXPECT_FALSE(transition.tells_reporter || transition.never_the_proposer) << "as the decision that it confirms";
            continue;
        }
        EXPECT_EQ(transition.takes_register_number, transition.event == "register");
        EXPECT_EQ(transition.tells_reporter, transition.to == State::closed || transition.after_void) << "who was told of an end";
        EXPECT_EQ(transition.never_the_proposer, transition.to == State::closed);
        EXPECT_FALSE(transition.fields.empty());
        if (transition.tells_reporter)
            EXPECT_NE(std::ranges::any_of(transition.fields, [](const FieldRule &rule) {
                return rule.name == "notice" && rule.required;
            }), !transition.standard_notice.empty()) << "the notice is read when the move is built";
    }
}

TEST(Transitions, WhatBuriesACaseNeedsTwoPeopleWhoHaveReadTheLatestAndOneBringsItBack) {
    for (const Transition &transition : transitions()) {
        SCOPED_TRACE(transition.event);
        const bool proposes = transition.to == State::set_aside, confirms = transition.ends_in == Outcome::voided;
        EXPECT_EQ(transition.needs_latest, proposes || confirms);
        if (proposes) {
            EXPECT_TRUE(transition.proposes);
            EXPECT_FALSE(is_finished(transition.to));
        }
        if (confirms) {
            EXPECT_EQ(transition.from, State::set_aside);
            EXPECT_TRUE(transition.never_the_proposer);
        }
        EXPECT_EQ(transition.returns, transition.event == "keep" || transition.event == "take_up");
        EXPECT_FALSE(transition.returns && transition.never_the_proposer);
    }
}

TEST(Transitions, TheMainPathLeadsFromReceiptToTheOrder) {
    std::vector<std::string_view> path;
    for (const Transition &transition : transitions())
        if (on_main_path(transition))
            path.push_back(transition.event);
    EXPECT_EQ(path, (std::vector<std::string_view>{"register", "screen", "propose", "close"}));
    for (State state : {State::submitted, State::registered, State::screening, State::pending_order})
        EXPECT_TRUE(on_main_path(*transitions_from(state).front())) << id(state);
}

constexpr std::size_t allegations = 2;

std::string valid(const FieldRule &rule) {
    if (rule.type == FieldType::confirm)
        return "yes";
    if (rule.type == FieldType::date)
        return "2/3/2569";
    if (rule.type == FieldType::signer)
        return std::string(32, 'a');
    return rule.choices.empty() ? "ข้อความ" : std::string(rule.choices.front());
}

std::vector<std::string> form_names(const FieldRule &rule) {
    if (rule.type != FieldType::per_allegation)
        return {std::string(rule.name)};
    std::vector<std::string> out;
    for (std::size_t i = 1; i <= allegations; ++i)
        out.push_back(std::string(rule.name) + "_" + std::to_string(i));
    return out;
}

std::map<std::string, std::string> whole_form(const Transition &transition) {
    std::map<std::string, std::string> out;
    for (const FieldRule &rule : transition.fields)
        for (const std::string &name : form_names(rule))
            out[name] = valid(rule);
    return out;
}

testing::AssertionResult only_fault(const Transition &transition, const std::map<std::string, std::string> &typed,
                                    const std::string &field, std::string_view key) {
    const auto checked = check_move(transition, typed, allegations);
    if (checked)
        return testing::AssertionFailure() << "taken";
    if (checked.error().size() != 1 || checked.error()[0].field != field || checked.error()[0].key != key)
        return testing::AssertionFailure() << checked.error().size() << " faults, the first " << checked.error()[0].field
                                           << " " << checked.error()[0].key;
    return testing::AssertionSuccess();
}

template <class Check>
void for_each_field(Check check) {
    for (const Transition &transition : transitions())
        for (const FieldRule &rule : transition.fields)
            for (const std::string &name : form_names(rule)) {
                SCOPED_TRACE(std::string(transition.event) + " " + name);
                check(transition, rule, name);
            }
}

TEST(MoveForm, AWholeFormIsTakenAndKeepsWhatWasTyped) {
    for (const Transition &transition : transitions()) {
        const auto checked = check_move(transition, whole_form(transition), allegations);
        ASSERT_TRUE(checked) << transition.event;
        EXPECT_EQ(checked->values, whole_form(transition));
    }
}

TEST(MoveForm, EveryMissingFieldIsNamed) {
    for_each_field([](const Transition &transition, const FieldRule &rule, const std::string &name) {
        for (const char *blank : {"absent", "", " \n\u200B"}) {
            auto typed = whole_form(transition);
            if (blank == std::string("absent"))
                typed.erase(name);
            else if (rule.choices.empty() || blank == std::string())
                typed[name] = blank;
            else
                continue;
            if (!rule.required) {
                EXPECT_TRUE(check_move(transition, typed, allegations));
            } else {
                EXPECT_TRUE(only_fault(transition, typed, name,
                                       rule.type == FieldType::confirm ? "fault.confirm.missing" : "fault.field.missing"));
            }
        }
    });
}

TEST(MoveForm, EveryTextIsTakenToItsLastCharacterAndNotBeyond) {
    for_each_field([](const Transition &transition, const FieldRule &rule, const std::string &name) {
        if (rule.type == FieldType::confirm || rule.type == FieldType::date || rule.type == FieldType::signer ||
            !rule.choices.empty())
            return;
        ASSERT_GT(rule.max_characters, 0U);
        auto typed = whole_form(transition);
        std::string longest;
        for (std::size_t i = 0; i < rule.max_characters; ++i)
            longest += "ก";
        typed[name] = " " + longest + "\r\n";
        EXPECT_TRUE(check_move(transition, typed, allegations));
        typed[name] = longest + "ข";
        EXPECT_TRUE(only_fault(transition, typed, name, "fault.too_long"));
        const auto checked = check_move(transition, typed, allegations);
        ASSERT_FALSE(checked);
        EXPECT_EQ(checked.error()[0].limit, rule.max_characters);
        EXPECT_EQ(checked.error()[0].over, 1U);
    });
}

TEST(MoveForm, AChoiceThatTheTableDoesNotKnowIsRefused) {
    for_each_field([](const Transition &transition, const FieldRule &rule, const std::string &name) {
        for (const char *other : {"other_than_any", "Yes", " yes", "on"}) {
            auto typed = whole_form(transition);
            typed[name] = other;
            if (!rule.choices.empty())
                EXPECT_TRUE(only_fault(transition, typed, name, "fault.choice.unknown")) << other;
            if (rule.type == FieldType::confirm)
                EXPECT_TRUE(only_fault(transition, typed, name, "fault.confirm.missing")) << other;
        }
    });
}

TEST(MoveForm, AFieldThatTheTableDoesNotKnowIsNotKept) {
    for (const Transition &transition : transitions()) {
        auto typed = whole_form(transition);
        typed["state"] = "closed";
        typed["outcome_3"] = "no_merit"; // there are two allegations
        typed["outcome"] = "no_merit";
        typed["csrf"] = "x";
        const auto checked = check_move(transition, typed, allegations);
        ASSERT_TRUE(checked);
        EXPECT_EQ(checked->values, whole_form(transition));
    }
}

TEST(MoveForm, EveryFaultIsToldAtOnce) {
    for (const Transition &transition : transitions()) {
        std::size_t required = 0;
        for (const FieldRule &rule : transition.fields)
            required += rule.required ? form_names(rule).size() : 0;
        const auto checked = check_move(transition, {}, allegations);
        EXPECT_EQ(checked ? 0 : checked.error().size(), required) << transition.event;
    }
}

TEST(MoveForm, AllegationsAreTheLinesThatSaySomething) {
    const MoveValues values{{{"allegations", "หนึ่ง\n\n  สอง \n \nสาม"}}};
    EXPECT_EQ(values.lines("allegations"), (std::vector<std::string>{"หนึ่ง", "สอง", "สาม"}));
    EXPECT_TRUE(values.lines("reason").empty());
    EXPECT_TRUE((MoveValues{{{"allegations", ""}}}).lines("allegations").empty());
}

TEST(MoveForm, MoreAllegationsThanAFormCanAnswerAreRefused) {
    const Transition &propose = *find_transition(State::screening, "propose");
    auto typed = whole_form(propose);
    typed["allegations"].clear();
    for (std::size_t i = 0; i < max_list_items; ++i)
        typed["allegations"] += "ก\n\n";
    EXPECT_TRUE(check_move(propose, typed, 0));
    typed["allegations"] += "ก\n";
    const auto checked = check_move(propose, typed, 0);
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().front().field, "allegations");
    EXPECT_EQ(checked.error().front().key, "fault.list.too_long");
}

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
        EXPECT_FALSE(course.voided);
        take("set_aside", legal);
        take("confirm_void", head);
        EXPECT_EQ(course.state, State::closed);
        EXPECT_TRUE(course.voided);
        EXPECT_TRUE(turn(course, line(), {}).empty()) << "it may be taken up, but waits for nobody";
        take("take_up", clerk);
        EXPECT_EQ(course.state, from);
        EXPECT_FALSE(course.voided);
    }
}

TEST(SettingAside, NothingElseThatIsClosedCanBeTakenUp) {
    Course course = at(State::pending_order, legal);
    course.take(*course.possible("close"), clerk);
    EXPECT_EQ(course.possible("take_up"), nullptr);
    EXPECT_TRUE(course.possible().empty());
}

// Walks the case from filing to the order, each step by each of those whose turn it is, and says whether some walk arrives.
bool some_walk_arrives(const std::vector<Holder> &holders, const std::vector<OfficerId> &excluded, const Course &course,
                       std::size_t &walks) {
    if (is_finished(course.state))
        return true;
    bool arrives = false;
    for (const Transition *transition : course.possible()) {
        if (!on_main_path(*transition))
            continue;
        for (OfficerId actor : actors(*transition, course, holders, excluded)) {
            ++walks;
            EXPECT_FALSE(has(excluded, actor));
            if (is_finished(transition->to))
                EXPECT_NE(actor, course.proposer) << "who proposed the order gave it";
            Course next = course;
            next.take(*transition, actor);
            arrives |= some_walk_arrives(holders, excluded, next, walks);
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

} // namespace
