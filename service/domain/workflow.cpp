#include "service/domain/workflow.h"

#include "service/domain/typed_day.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

namespace domain {
namespace {

template <class E>
struct Named {
    E value;
    std::string_view id;
};

constexpr std::array states{
    Named{State::submitted, "submitted"},
    Named{State::registered, "registered"},
    Named{State::screening, "screening"},
    Named{State::awaiting_information, "awaiting_information"},
    Named{State::pending_order, "pending_order"},
    Named{State::fact_finding, "fact_finding"},
    Named{State::pending_decision, "pending_decision"},
    Named{State::action, "action"},
    Named{State::referred, "referred"},
    Named{State::suspended, "suspended"},
    Named{State::closed, "closed"},
    Named{State::set_aside, "set_aside"},
    Named{State::paper_recorded, "paper_recorded"},
    Named{State::closing, "closing"},
};

constexpr std::array outcomes{
    Named{Outcome::not_accepted, "not_accepted"},
    Named{Outcome::insufficient, "insufficient"},
    Named{Outcome::no_merit, "no_merit"},
    Named{Outcome::already_decided, "already_decided"},
    Named{Outcome::voided, "void"},
    Named{Outcome::merit_discipline, "merit_discipline"},
    Named{Outcome::merit_tort, "merit_tort"},
    Named{Outcome::merit_criminal, "merit_criminal"},
    Named{Outcome::merit_ethics, "merit_ethics"},
    Named{Outcome::merit_supervision, "merit_supervision"},
    Named{Outcome::referred, "referred"},
    Named{Outcome::duplicate, "duplicate"},
    Named{Outcome::withdrawn, "withdrawn"},
    Named{Outcome::general_grievance, "general_grievance"},
};

template <class E, std::size_t N>
std::string_view id_of(const std::array<Named<E>, N> &names, E value) {
    for (const auto &named : names)
        if (named.value == value)
            return named.id;
    base::broken("a value that is not in its table");
}

template <class E, std::size_t N>
std::optional<E> value_of(const std::array<Named<E>, N> &names, std::string_view id) {
    for (const auto &named : names)
        if (named.id == id)
            return named.value;
    return std::nullopt;
}

} // namespace

std::string_view id(State state) { return id_of(states, state); }
std::optional<State> state_from(std::string_view id) { return value_of(states, id); }
bool is_finished(State state) { return state == State::closed; }
bool waits_to_be_confirmed(State state) {
    return state == State::set_aside || state == State::closing || state == State::paper_recorded;
}
bool waits_for_others(State state) {
    return state == State::awaiting_information || state == State::referred || state == State::suspended;
}
bool may_wait_for_answer(State state) {
    return state == State::awaiting_information || state == State::closing || state == State::suspended;
}
std::string_view id(Outcome outcome) { return id_of(outcomes, outcome); }
std::optional<Outcome> outcome_from(std::string_view id) { return value_of(outcomes, id); }
bool is_counted(Outcome outcome) { return outcome != Outcome::voided && outcome != Outcome::general_grievance; }

std::optional<Standing> standing_in(State state, std::span<const Outcome> ended_in) {
    if (waits_to_be_confirmed(state))
        return std::nullopt;
    if (is_finished(state))
        return std::ranges::all_of(ended_in, is_counted) ? Standing::finished : Standing::uncounted;
    return state == State::referred ? Standing::referred : Standing::open;
}

const Transition *find_transition(State from, std::string_view event) {
    for (const Transition &row : transitions())
        if (row.from == from && row.event == event)
            return &row;
    return nullptr;
}

std::vector<const Transition *> transitions_from(State state) {
    std::vector<const Transition *> out;
    for (const Transition &row : transitions())
        if (row.from == state)
            out.push_back(&row);
    return out;
}

bool on_paper(const Transition &transition) {
    return !transition.records.empty() || transition.from == State::paper_recorded;
}

bool sets_aside(const Transition &transition) {
    return transition.to == State::set_aside || transition.from == State::set_aside || transition.after_void;
}

bool proposes_end(const Transition &transition) { return transition.to == State::closing; }

bool may_stand_for(const Transition &transition, Post post) {
    if (std::ranges::find(transition.by, post) != transition.by.end())
        return true;
    const Post highest = *std::ranges::max_element(transition.by, {}, place_in_line);
    return place_in_line(post) > place_in_line(highest) && place_in_line(post) < std::size(handling_line);
}

const Transition *Course::possible(std::string_view event) const {
    const Transition *row = find_transition(state, event);
    if (!row || (row->after_void && !uncounted) || (row->after_end && uncounted) || (row->after_due && !due) ||
        (row->takes_effect && !paper && !ending) || (row->returns && before.empty()) ||
        row->by_hand != (by_hand && state == State::submitted))
        return nullptr;
    return row->confirms.empty() || (ending && ending->proposed->event == row->confirms) ? row : nullptr;
}

std::vector<const Transition *> Course::possible() const {
    auto out = transitions_from(state);
    std::erase_if(out, [&](const Transition *row) { return possible(row->event) != row; });
    return out;
}

const Transition &Course::effect(const Transition &transition) const {
    if (!transition.takes_effect)
        return transition;
    return paper ? *paper->decision : *ending->proposed;
}

State Course::after(const Transition &transition) const {
    if (transition.returns)
        return before.back();
    return transition.takes_effect && paper ? paper->decision->to : transition.to;
}

std::optional<base::OfficerId> Course::proposed_by() const { return ending ? ending->by : proposer; }

void Course::take(const Transition &transition, base::OfficerId by, const MoveValues &values, base::OfficerId signer,
                  base::Day on) {
    const State next = after(transition);
    const bool taken_back = waits_to_be_confirmed(state) && !transition.takes_effect && !is_finished(next);
    if (!taken_back && !waits_to_be_confirmed(next) && next != state)
        since = on;
    const Transition &decided = effect(transition);
    uncounted = next == State::closed && decided.ends_in && !is_counted(*decided.ends_in) ? decided.ends_in : std::nullopt;
    if (transition.returns)
        before.pop_back();
    else if (next == State::set_aside || next == State::closing || next == State::suspended)
        before.push_back(state);
    else if (is_finished(state))
        before.clear();
    ending.reset();
    if (next == State::set_aside || next == State::closing)
        ending = Ending{&transition, by};
    else if (transition.proposes)
        proposer = by;
    paper.reset();
    if (!transition.records.empty())
        paper = Paper{find_transition(transition.from, transition.records), by, signer};
    if (auto named = values.officers("fact_finders"); !named.empty())
        finders = std::move(named);
    for (const FieldRule &rule : transition.fields)
        if (rule.type == FieldType::date && rule.ahead)
            if (const auto day = typed_day(values.at(std::string(rule.name))))
                (rule.outside ? outside_due : due) = day;
    state = next;
}

std::vector<Holder> acting(const Transition &transition, const Course &course, std::span<const Holder> holders,
                           std::span<const base::OfficerId> excluded) {
    std::vector<base::OfficerId> barred(excluded.begin(), excluded.end());
    if (const auto proposer = course.proposed_by(); transition.never_the_proposer && proposer)
        barred.push_back(*proposer);
    if (transition.takes_effect && course.paper)
        barred.insert(barred.end(), {course.paper->entered, course.paper->signer});
    if (transition.from == State::pending_decision) // nobody finds the facts and decides
        barred.insert(barred.end(), course.finders.begin(), course.finders.end());
    if (!transition.named)
        return acting_for(transition.by, holders, barred);
    std::vector<Holder> out;
    for (const Holder &holder : holders)
        if (holder.may_read && std::ranges::find(course.finders, holder.officer) != course.finders.end() &&
            std::ranges::find(barred, holder.officer) == barred.end())
            out.push_back(holder);
    return out;
}

std::vector<Holder> may_find_facts(std::span<const Holder> holders, std::span<const base::OfficerId> excluded,
                                   base::OfficerId names) {
    std::vector<Holder> out;
    const auto decides = [&](base::OfficerId officer) {
        return std::ranges::any_of(holders, [&](const Holder &one) {
            return one.officer == officer && one.post == Post::executive;
        });
    };
    for (const Holder &holder : holders)
        if (holder.may_read && holder.officer != names && !decides(holder.officer) &&
            std::ranges::find(excluded, holder.officer) == excluded.end())
            out.push_back(holder);
    return out;
}

std::vector<base::OfficerId> actors(const Transition &transition, const Course &course, std::span<const Holder> holders,
                                    std::span<const base::OfficerId> excluded) {
    return officers_of(acting(transition, course, holders, excluded));
}

std::vector<Holder> acting_next(const Course &course, std::span<const Holder> holders,
                                std::span<const base::OfficerId> excluded) {
    std::vector<Holder> out;
    const auto add = [&](const Transition &row) {
        for (Holder &holder : acting(row, course, holders, excluded))
            out.push_back(std::move(holder));
    };
    const auto possible = course.possible();
    for (const Transition *row : possible)
        if (!row->optional)
            add(*row);
    if (!out.empty())
        return out;
    for (const Transition *row : possible)
        if (row->when_nobody)
            add(*row);
    return out;
}

std::vector<base::OfficerId> turn(const Course &course, std::span<const Holder> holders,
                                  std::span<const base::OfficerId> excluded) {
    return officers_of(acting_next(course, holders, excluded));
}

namespace {

// Looks for one way to an end; where it has been, it need not look again.
class Way {
public:
    Way(std::span<const Holder> holders, std::span<const base::OfficerId> excluded) : holders_(holders), excluded_(excluded) {}

    bool ends(const Course &course) {
        if (is_finished(course.state))
            return true;
        if (!tried_.emplace(course.state, course.before, course.proposed_by(), course.finders).second)
            return false;
        const auto rows = course.possible();
        const bool told = std::ranges::any_of(rows, &Transition::main);
        const auto awaited = [&](const Transition *row) { return told ? row->main : !row->optional; };
        return std::ranges::any_of(rows, [&](const Transition *row) { return awaited(row) && somebody_takes(*row, course); }) ||
               std::ranges::any_of(rows, [&](const Transition *row) { return row->when_nobody && somebody_takes(*row, course); });
    }

private:
    bool somebody_takes(const Transition &row, const Course &course) {
        return std::ranges::any_of(actors(row, course, holders_, excluded_), [&](base::OfficerId by) {
            Course next = course;
            next.take(row, by);
            if (std::ranges::find(row.fields, FieldType::officers, &FieldRule::type) == row.fields.end())
                return ends(next);
            return std::ranges::any_of(officers_of(may_find_facts(holders_, excluded_, by)), [&](base::OfficerId named) {
                next.finders = {named};
                return ends(next);
            });
        });
    }

    std::span<const Holder> holders_;
    std::span<const base::OfficerId> excluded_;
    std::set<std::tuple<State, std::vector<State>, std::optional<base::OfficerId>, std::vector<base::OfficerId>>> tried_;
};

} // namespace

bool can_be_decided(std::span<const Holder> holders, std::span<const base::OfficerId> excluded, const Course &from) {
    return Way(holders, excluded).ends(from);
}

} // namespace domain
