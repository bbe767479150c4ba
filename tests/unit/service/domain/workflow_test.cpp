#include "tests/unit/service/domain/line.h"

#include <map>
#include <set>

namespace {

using namespace domain_test;

constexpr State every_state[] = {State::submitted, State::registered, State::screening, State::awaiting_information,
                                 State::pending_order, State::fact_finding, State::pending_decision, State::action,
                                 State::referred, State::suspended, State::closed, State::set_aside, State::paper_recorded,
                                 State::closing};
constexpr Outcome every_outcome[] = {Outcome::not_accepted, Outcome::insufficient, Outcome::no_merit, Outcome::already_decided,
                                     Outcome::voided, Outcome::merit_discipline, Outcome::merit_tort, Outcome::merit_criminal,
                                     Outcome::merit_ethics, Outcome::merit_supervision, Outcome::referred, Outcome::duplicate,
                                     Outcome::withdrawn, Outcome::general_grievance};

TEST(States, IdsGoThereAndBackAndOnlyClosedIsFinished) {
    for (State state : every_state) {
        EXPECT_EQ(state_from(id(state)), state);
        EXPECT_EQ(is_finished(state), state == State::closed);
        EXPECT_LE(state, last_state);
    }
    for (std::string_view other : {"", "Closed", "closed ", "void"})
        EXPECT_EQ(state_from(other), std::nullopt);
}

TEST(Outcomes, IdsGoThereAndBackAndTwoStandOutsideTheTotals) {
    for (Outcome outcome : every_outcome) {
        EXPECT_EQ(outcome_from(id(outcome)), outcome);
        EXPECT_EQ(is_counted(outcome), outcome != Outcome::voided && outcome != Outcome::general_grievance);
    }
    EXPECT_EQ(id(Outcome::voided), "void");
    EXPECT_EQ(outcome_from("merit"), std::nullopt);
}

// The steps of the manual, written down once more: from, event, to, who acts.
struct Step {
    State from;
    std::string_view event;
    State to;
    std::vector<Post> by;
};

std::vector<Step> manual_steps() {
    using enum State;
    using P = Post;
    const std::vector<Post> registering{P::registrar, P::legal_officer}, legal_officer{P::legal_officer}, the_clerk{P::clerk},
        the_executive{P::executive}, superior{P::clerk, P::executive},
        readers{P::registrar, P::legal_officer, P::head_office, P::clerk, P::executive},
        the_line{std::begin(handling_line), std::end(handling_line)};
    std::vector<Post> anybody = the_line;
    anybody.push_back(P::fact_finder);
    std::vector<Step> out{
        {submitted, "register", registered, registering},
        {submitted, "enter", registered, registering},
        {registered, "screen", screening, legal_officer},
        {screening, "propose", pending_order, legal_officer},
        {screening, "ask", awaiting_information, legal_officer},
        {awaiting_information, "answered", screening, legal_officer},
        {awaiting_information, "insufficient", closing, legal_officer},
        {pending_order, "order_facts", fact_finding, superior},
        {pending_order, "close", closed, superior},
        {pending_order, "refer", referred, superior},
        {pending_order, "paper_close", paper_recorded, legal_officer},
        {paper_recorded, "confirm_paper", closed, readers},
        {paper_recorded, "return_paper", pending_order, readers},
        {fact_finding, "report", pending_decision, anybody},
        {fact_finding, "extend", fact_finding, the_executive},
        {fact_finding, "reassign", fact_finding, superior},
        {pending_decision, "merit", action, the_executive},
        {pending_decision, "no_merit", closed, the_executive},
        {action, "finish", closing, legal_officer},
        {referred, "referral_done", closed, legal_officer},
        {referred, "referral_back", screening, legal_officer},
        {suspended, "resume", submitted, the_clerk},
        {closing, "confirm_ending", closed, the_clerk},
        {closing, "return_ending", submitted, the_clerk},
        {closed, "reopen", screening, superior},
        {set_aside, "confirm_void", closed, {P::registrar, P::legal_officer, P::head_office}},
        {set_aside, "confirm_grievance", closed, {P::registrar, P::legal_officer, P::head_office}},
        {set_aside, "keep", submitted, the_line},
        {closed, "take_up", submitted, the_line},
    };
    for (State from : {submitted, registered, screening}) {
        out.push_back({from, "set_aside", set_aside, registering});
        out.push_back({from, "general_grievance", set_aside, registering});
    }
    for (State from : every_state) {
        if (from == closed || from == closing || from == set_aside || from == paper_recorded)
            continue;
        out.push_back({from, "withdraw", closing, legal_officer});
        out.push_back({from, "duplicate", closing, legal_officer});
        if (from != suspended)
            out.push_back({from, "suspend", suspended, the_clerk});
    }
    return out;
}

TEST(Transitions, EveryStateEventAndPostIsAsTheManualSays) {
    const auto manual = manual_steps();
    std::set<std::string_view> events{"", "Register", "submitted", "decide", "withdrawn"};
    for (const Step &step : manual)
        events.insert(step.event);
    for (const Transition &transition : transitions())
        EXPECT_TRUE(events.contains(transition.event)) << transition.event;
    std::size_t found = 0;
    for (State state : every_state)
        for (std::string_view event : events) {
            const auto step = std::ranges::find_if(
                manual, [&](const Step &candidate) { return candidate.from == state && candidate.event == event; });
            const auto *transition = find_transition(state, event);
            ASSERT_EQ(transition != nullptr, step != manual.end()) << id(state) << " " << event;
            if (!transition)
                continue;
            ++found;
            EXPECT_EQ(transition->to, step->to) << id(state) << " " << event;
            const std::set<Post> by(transition->by.begin(), transition->by.end());
            EXPECT_EQ(by, std::set<Post>(step->by.begin(), step->by.end())) << event;
            EXPECT_FALSE(by.contains(Post::admin) || by.contains(Post::auditor));
            EXPECT_EQ(by.contains(Post::fact_finder), event == "report");
        }
    EXPECT_EQ(found, transitions().size());
    for (State state : every_state)
        for (const Transition *transition : transitions_from(state))
            EXPECT_EQ(transition->from, state);
    for (const Transition *transition : transitions_from(State::closed))
        EXPECT_NE(transition->after_void, transition->after_end) << "an end that is counted is reopened, another taken back";
}

// Which outcomes each way to the end allows.
TEST(Transitions, EndOnlyInTheOutcomesThatTheManualAllows) {
    using enum Outcome;
    const std::map<std::string_view, std::set<Outcome>> allowed{
        {"close", {not_accepted, insufficient, no_merit, already_decided}},
        {"paper_close", {not_accepted, insufficient, no_merit, already_decided}},
        {"merit", {no_merit, merit_discipline, merit_tort, merit_criminal, merit_ethics, merit_supervision}},
        {"no_merit", {no_merit}},
        {"insufficient", {insufficient}},
        {"withdraw", {withdrawn}},
        {"duplicate", {duplicate}},
        {"referral_done", {referred}},
        {"confirm_void", {voided}},
        {"confirm_grievance", {general_grievance}},
    };
    for (const Transition &transition : transitions()) {
        std::set<Outcome> ends;
        if (transition.ends_in)
            ends.insert(*transition.ends_in);
        for (const FieldRule &rule : transition.fields)
            if (rule.name == "outcome")
                for (std::string_view choice : rule.choices)
                    ends.insert(outcome_from(choice).value());
        const auto found = allowed.find(transition.event);
        EXPECT_EQ(ends, found == allowed.end() ? std::set<Outcome>() : found->second) << transition.event;
    }
}

TEST(Transitions, OnlyRegisteringTakesANumberAndEveryEndTellsTheReporter) {
    const std::set<std::string_view> tells{"close", "no_merit", "finish", "insufficient", "withdraw", "duplicate", "referral_done",
                                           "confirm_void", "confirm_grievance", "ask", "refer", "reopen", "take_up"};
    for (const Transition &transition : transitions()) {
        SCOPED_TRACE(transition.event);
        EXPECT_FALSE(transition.fields.empty());
        EXPECT_EQ(transition.takes_register_number, transition.event == "register" || transition.by_hand);
        EXPECT_EQ(transition.tells_reporter, tells.contains(transition.event));
        if (transition.takes_effect) {
            EXPECT_FALSE(transition.tells_reporter || transition.ends_in) << "as what it confirms says";
            continue;
        }
        if (transition.to == State::closed || proposes_end(transition))
            EXPECT_TRUE(transition.tells_reporter);
        if (transition.tells_reporter)
            EXPECT_NE(std::ranges::any_of(transition.fields, [](const FieldRule &rule) {
                return rule.name == "notice" && rule.required;
            }), !transition.standard_notice.empty()) << "the notice is read when the move is built";
    }
}

// Nobody decides what they proposed themselves.
TEST(Transitions, WhatWasProposedIsDecidedBySomebodyElse) {
    for (State state : {State::pending_order, State::pending_decision, State::closing})
        for (const Transition *transition : transitions_from(state)) {
            const bool elsewhere = transition->event == "withdraw" || transition->event == "duplicate" ||
                                   transition->event == "suspend" || !transition->records.empty();
            EXPECT_NE(transition->never_the_proposer, elsewhere) << transition->event;
        }
    for (const Transition &transition : transitions()) {
        const bool waits = transition.to == State::pending_order || transition.to == State::pending_decision ||
                           transition.to == State::closing || transition.to == State::set_aside;
        if (transition.event != "return_paper")
            EXPECT_EQ(transition.proposes, waits) << transition.event;
    }
}

TEST(Transitions, WhatBuriesACaseNeedsTwoPeopleWhoHaveReadTheLatestAndOneBringsItBack) {
    for (const Transition &transition : transitions()) {
        SCOPED_TRACE(transition.event);
        const bool proposes = transition.to == State::set_aside;
        const bool confirms = transition.ends_in && !is_counted(*transition.ends_in);
        const bool ends = transition.to == State::closed || proposes_end(transition) || transition.to == State::closing;
        EXPECT_EQ(transition.needs_latest, proposes || confirms || ends);
        if (proposes) {
            EXPECT_TRUE(transition.proposes);
            EXPECT_FALSE(is_finished(transition.to));
        }
        EXPECT_EQ(!transition.confirms.empty(), confirms);
        if (confirms) {
            EXPECT_EQ(transition.from, State::set_aside);
            EXPECT_TRUE(transition.never_the_proposer);
        }
        EXPECT_EQ(transition.returns, transition.event == "keep" || transition.event == "take_up" ||
                                          transition.event == "resume" || transition.event == "return_ending");
    }
}

// Default limits of the manual, by event: number and whether working days are counted.
TEST(Transitions, HaveTheLimitsOfTheManual) {
    const std::map<std::string_view, std::pair<int, bool>> limits{
        {"register", {1, true}}, {"screen", {1, true}}, {"propose", {2, true}}, {"order_facts", {3, true}}, {"close", {3, true}},
        {"refer", {3, true}}, {"ask", {15, false}}, {"report", {30, false}}, {"merit", {7, false}}, {"no_merit", {7, false}},
        {"referral_done", {30, false}}, {"suspend", {90, false}}, {"resume", {90, false}}, {"reopen", {15, false}}};
    for (const Transition &transition : transitions()) {
        const auto found = limits.find(transition.event);
        EXPECT_EQ(transition.limit, found == limits.end() ? 0 : found->second.first) << transition.event;
        if (found != limits.end())
            EXPECT_EQ(transition.unit == Unit::working_days, found->second.second) << transition.event;
    }
}

TEST(Transitions, TheMainPathLeadsFromReceiptToTheEndAndStandsFirst) {
    std::vector<std::string_view> path;
    for (const Transition &transition : transitions())
        if (transition.main) {
            path.push_back(transition.event);
            EXPECT_FALSE(transition.optional) << transition.event;
            EXPECT_EQ(transitions_from(transition.from).front(), &transition) << transition.event;
        }
    EXPECT_EQ(path, (std::vector<std::string_view>{"register", "screen", "propose", "order_facts", "report", "merit", "finish",
                                                   "confirm_ending"}));
}

} // namespace
