// The complaint manual as data: states, outcomes and one table of transitions. The server enforces it, officer pages
// offer what it allows, and the public manual page is printed from it. Later states are further rows.
#pragma once

#include "service/domain/fault.h"
#include "service/domain/posts.h"

#include <expected>
#include <map>

namespace domain {

enum class State : std::uint8_t {
    submitted = 1,
    registered = 2,
    screening = 3,
    awaiting_information = 4,
    pending_order = 5,
    fact_finding = 6,
    pending_decision = 7,
    action = 8,
    referred = 9,
    suspended = 10,
    closed = 11,
    set_aside = 12, // proposed as no complaint of corruption, waits for another reader
    paper_recorded = 13, // an order given on paper was entered, waits for another reader; the reporter is told as in pending_order
    closing = 14, // its end was proposed, waits for the clerk
};
inline constexpr State last_state = State::closing;
std::string_view id(State state); // catalogue keys: "state.<id>" for officers, "told.<id>" for the reporter
std::optional<State> state_from(std::string_view id);
bool is_finished(State state);
bool waits_to_be_confirmed(State state); // what somebody proposed or entered; it counts as it did before
bool waits_for_others(State state); // than officers of the agency: they look after it once its day has passed
// Whether it waits for the reporter's answer, or was put aside and may come back to that.
bool may_wait_for_answer(State state);

enum class Outcome : std::uint8_t {
    not_accepted = 1,
    insufficient = 2,
    no_merit = 3,
    already_decided = 4,
    voided = 5, // "void": a test of the system or spam, of the whole case; stands outside the totals
    merit_discipline = 6,
    merit_tort = 7,
    merit_criminal = 8,
    merit_ethics = 9,
    merit_supervision = 10, // to who supervises the agency: mayor and councillors stand outside staff discipline
    referred = 11,
    duplicate = 12,
    withdrawn = 13,
    general_grievance = 14, // no matter of corruption, of the whole case; stands outside the totals
};
bool is_counted(Outcome outcome); // else it stands outside the totals
std::string_view id(Outcome outcome); // catalogue key "outcome.<id>"
std::optional<Outcome> outcome_from(std::string_view id);

// How a case counts from the day on which it came to it; from its receipt on it is open.
enum class Standing : std::uint8_t {
    open = 1,      // in progress
    referred = 2,  // in progress, or finished: as the agency counts
    finished = 3,
    uncounted = 4, // ended outside the totals
};
// Of a case that has come to the state, with these outcomes if it is closed; nothing: it stands as it stood before.
std::optional<Standing> standing_in(State state, std::span<const Outcome> outcomes);

enum class FieldType : std::uint8_t {
    line,        // one line of text
    text,        // several lines
    lines,       // a list, one item in each line (allegations)
    confirm,     // a box that must be ticked
    choice,      // one of `choices`
    date,        // a day, as domain/typed_day.h reads it; kept as day_to_type() writes it
    signer,      // who signed on paper: the appointment in which they did
    per_allegation, // one of `choices`, or a text, for every allegation: form fields "<name>_1", "<name>_2", …
    officers,    // one or more officers of the agency: their ids in hex, one in each line
    case_number, // of another case, "12/2569" or "ล 3/2569"; kept without needless blanks
};

// A form has room for this many answers of each per_allegation field.
inline constexpr std::size_t max_list_items = 20;

struct FieldRule {
    std::string_view name; // form field; catalogue "field.<name>.label", ".hint"; choices "choice.<name>.<choice>"
    FieldType type;
    bool required = true;
    std::size_t max_characters = 0;            // text types
    std::span<const std::string_view> choices; // choice types
    std::string_view preset{};                 // the choice that stands there at first; of a text, the key of its words
    bool ahead = false;                        // date: still to come; else one that has come
    bool told = false;                         // goes to the reporter, behind the notice
    bool outside = false;                      // date ahead: by when another agency wants to know; it outlasts the step
};

// The form fields of a rule: its name, or for per_allegation one for each allegation.
std::vector<std::string> field_names(const FieldRule &rule, std::size_t allegations);

enum class Unit : std::uint8_t { at_once, working_days, calendar_days };

struct Transition {
    std::string_view event; // path segment and catalogue key: "move.<event>.title", ".button", ".hint"; "done.<event>" in the history
    State from;
    State to;
    std::span<const Post> by;           // posts; substitutes as in acting_for()
    bool main = false;                  // on the path that the manual tells first
    bool optional = false;              // may be done, but the case does not wait for it: it is nobody's turn
    bool when_nobody = false;           // optional, but awaited when nobody is left for what the case waits for
    bool named = false;                 // of the posts only whom the order named to find the facts; nobody stands in for them
    bool proposes = false;              // its author is the proposer from here on
    bool never_the_proposer = false;    // who proposed it may not decide it
    std::span<const FieldRule> fields;
    Unit unit = Unit::working_days;
    int limit = 0;                      // shipped default, confirmed by the agency
    bool by_hand = false;               // begins a case that came by another way than the web, in one go with what is typed of it
    bool takes_register_number = false;
    bool tells_reporter = false;        // field "notice" is sent to the reporter in the same commit …
    std::string_view standard_notice{}; // … or this text of the catalogue, where nobody words it by hand
    bool needs_latest = false;          // stale when the reporter has written since the form was shown
    std::optional<Outcome> ends_in{};   // of every allegation, and of the whole case where none were stated
    bool returns = false;               // leads to where the case was before it was put aside, and not to `to`
    bool after_void = false;            // only from an end that stands outside the totals
    bool after_end = false;             // only from an end that is counted
    bool after_due = false;             // only when the day that was set has passed
    std::string_view confirms{};        // only what this event proposed
    std::string_view records{};         // enters a decision given on paper: the event, from the same state, that it decides
    bool takes_effect = false;          // confirms what was entered or proposed: its outcome and notice, and of a paper its state
};

std::span<const Transition> transitions();
const Transition *find_transition(State from, std::string_view event);
std::vector<const Transition *> transitions_from(State state);
bool on_paper(const Transition &transition);     // the way of an order given on paper
bool sets_aside(const Transition &transition);   // a part of ending a case outside the totals, or of bringing it back
bool proposes_end(const Transition &transition); // what it says to the reporter waits for the confirmation
// Whether the post is one of the row's, or one further up the line, which acts when nobody of those is left.
bool may_stand_for(const Transition &transition, Post post);

// A move's form against its table row. Texts cleaned; keys: fault.field.missing, fault.too_long, fault.choice.unknown,
// fault.confirm.missing, fault.list.too_long, fault.date.invalid, fault.case_number.invalid, fault.outcome.no_merit: an
// order to act needs an allegation with merit. `allegations`: how many of them per_allegation fields must answer.
struct MoveValues {
    std::map<std::string, std::string> values; // by form field name
    const std::string &at(const std::string &field) const; // empty where there is none
    std::vector<std::string> lines(const std::string &field) const;
    std::vector<base::OfficerId> officers(const std::string &field) const;
};
std::expected<MoveValues, std::vector<Fault>> check_move(const Transition &transition,
                                                         const std::map<std::string, std::string> &typed,
                                                         std::size_t allegations);
// The notice, and behind it what else of the form the reporter is told.
std::string notice_of(const Transition &transition, const MoveValues &values);

// Where the moves of one case have led so far.
struct Course {
    State state = State::submitted;
    // On which day the step began that it is in, or was in when something was proposed that waits to be confirmed: to propose and to
    // take it back gives nobody more time.
    base::Day since{};
    std::optional<base::OfficerId> proposer{}; // who put it before somebody else for a decision
    std::vector<State> before{};        // where it was when it was put aside, suspended, or its end proposed; the last returns first
    std::optional<Outcome> uncounted{}; // it ended outside the totals
    struct Ending {
        const Transition *proposed;
        base::OfficerId by;
    };
    std::optional<Ending> ending{}; // waits to be confirmed by somebody else
    struct Paper {
        const Transition *decision; // that was given on paper
        base::OfficerId entered, signer;
    };
    std::optional<Paper> paper{};           // waits to be confirmed, by neither of the two
    std::vector<base::OfficerId> finders{}; // whom the order in force names to find the facts
    std::optional<base::Day> due{};         // the last day that a form set
    std::optional<base::Day> outside_due{}; // the last day that another agency set, beside every limit
    bool by_hand = false;                   // an officer enters it: it begins with a row by_hand and no other

    const Transition *possible(std::string_view event) const; // by anybody; nullptr: it cannot follow now
    std::vector<const Transition *> possible() const;
    const Transition &effect(const Transition &transition) const; // the decision or proposal that it confirms, else itself
    State after(const Transition &transition) const;
    std::optional<base::OfficerId> proposed_by() const; // who proposed what waits for a decision
    void take(const Transition &transition, base::OfficerId by, const MoveValues &values = {},
              base::OfficerId signer = {}, base::Day on = {}); // signer: of a paper
};

// Who may perform a transition that is possible now, once for each post in which they may.
std::vector<Holder> acting(const Transition &transition, const Course &course, std::span<const Holder> holders,
                           std::span<const base::OfficerId> excluded);
std::vector<base::OfficerId> actors(const Transition &transition, const Course &course, std::span<const Holder> holders,
                                    std::span<const base::OfficerId> excluded);
// Whose turn it is: everyone who may perform some transition that the case waits for.
std::vector<Holder> acting_next(const Course &course, std::span<const Holder> holders,
                                std::span<const base::OfficerId> excluded);
std::vector<base::OfficerId> turn(const Course &course, std::span<const Holder> holders,
                                  std::span<const base::OfficerId> excluded);

// Who may be named to find the facts: whoever may read cases and is not excluded, less who names them and whoever holds the
// post that decides upon their report.
std::vector<Holder> may_find_facts(std::span<const Holder> holders, std::span<const base::OfficerId> excluded,
                                   base::OfficerId names);

// Whether every step of the way that the manual tells first can be taken by somebody, from there to an end: who screens is not who orders,
// who orders names somebody else to find the facts, who found them does not decide, and who proposes the end does not confirm it. If not,
// the complaint is refused before it is accepted, and nobody else is excluded from it afterwards.
bool can_be_decided(std::span<const Holder> holders, std::span<const base::OfficerId> excluded, const Course &from = {});

} // namespace domain
