#include "service/domain/workflow.h"

#include "service/domain/text.h"
#include "service/domain/typed_day.h"

#include <algorithm>
#include <array>

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
};

constexpr std::array outcomes{
    Named{Outcome::not_accepted, "not_accepted"},
    Named{Outcome::insufficient, "insufficient"},
    Named{Outcome::no_merit, "no_merit"},
    Named{Outcome::already_decided, "already_decided"},
    Named{Outcome::voided, "void"},
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

constexpr std::string_view secrecy_choices[] = {"confidential", "secret", "top_secret"};
constexpr std::string_view category_choices[] = {
    "bribery", "procurement", "embezzlement", "title_deed", "personnel", "budget",
    "malfeasance", "conflict_of_interest", "unusual_wealth", "ethics", "private_use", "other"};
constexpr std::string_view sufficiency_choices[] = {"sufficient", "unclear"};
constexpr std::string_view yes_no_choices[] = {"no", "yes", "unknown"};
constexpr std::string_view outcome_choices[] = {"not_accepted", "insufficient", "no_merit", "already_decided"};

// Narrow on purpose: what is none of these is read, registered and answered.
constexpr std::string_view void_reason_choices[] = {"test", "advertising", "unreadable", "repeated"};

constexpr Post by_legal_officer[] = {Post::legal_officer};
constexpr Post by_superior[] = {Post::clerk, Post::executive};
constexpr Post by_registering[] = {Post::registrar, Post::legal_officer};
constexpr Post by_intake[] = {Post::registrar, Post::legal_officer, Post::head_office};
// Everyone who can open a case that was put before the superiors, whether they are its readers by post or by that move.
constexpr Post by_other_reader[] = {Post::registrar, Post::legal_officer, Post::head_office, Post::clerk, Post::executive};

constexpr FieldRule register_fields[] = {
    {"category", FieldType::choice, true, 0, category_choices, ""},
    {"secrecy", FieldType::choice, true, 0, secrecy_choices, "confidential"},
};
constexpr FieldRule screen_fields[] = {
    {"no_conflict", FieldType::confirm, true, 0, {}, ""},
};
// The screening form: is what the complaint says enough to act on, and does something else stand in the way?
constexpr FieldRule propose_fields[] = {
    {"sufficient_person", FieldType::choice, true, 0, sufficiency_choices, ""},
    {"sufficient_unit", FieldType::choice, true, 0, sufficiency_choices, ""},
    {"sufficient_time_place", FieldType::choice, true, 0, sufficiency_choices, ""},
    {"sufficient_conduct", FieldType::choice, true, 0, sufficiency_choices, ""},
    {"older_than_five_years", FieldType::choice, true, 0, yes_no_choices, ""},
    {"other_agency_acts", FieldType::choice, true, 0, yes_no_choices, ""},
    {"in_court", FieldType::choice, true, 0, yes_no_choices, ""},
    {"allegations", FieldType::lines, true, 2000, {}, ""},
    {"proposed_order", FieldType::text, true, 3000, {}, ""},
};
constexpr FieldRule close_fields[] = {
    {"outcome", FieldType::per_allegation, true, 0, outcome_choices, ""},
    {"order_number", FieldType::line, false, 100, {}, ""},
    {"reason", FieldType::text, true, 3000, {}, ""},
    {"notice", FieldType::text, true, 3000, {}, ""},
};
// What the paper says of itself, and the same decision.
constexpr FieldRule paper_close_fields[] = {
    {"order_number", FieldType::line, true, 100, {}, ""},
    {"order_date", FieldType::date, true, 0, {}, ""},
    {"signer", FieldType::signer, true, 0, {}, ""},
    {"paper_kept", FieldType::line, true, 200, {}, ""},
    {"outcome", FieldType::per_allegation, true, 0, outcome_choices, ""},
    {"reason", FieldType::text, true, 3000, {}, ""},
    {"notice", FieldType::text, true, 3000, {}, ""},
};
constexpr FieldRule confirm_paper_fields[] = {
    {"compared", FieldType::confirm, true, 0, {}, ""},
};
constexpr FieldRule return_paper_fields[] = {
    {"return_reason", FieldType::text, true, 500, {}, ""},
};

constexpr FieldRule set_aside_fields[] = {
    {"void_reason", FieldType::choice, true, 0, void_reason_choices, ""},
    {"remark", FieldType::text, false, 500, {}, ""},
};
constexpr FieldRule confirm_void_fields[] = {
    {"read_whole", FieldType::confirm, true, 0, {}, ""},
};
constexpr FieldRule remark_fields[] = {
    {"remark", FieldType::text, false, 500, {}, ""},
};

// Two people bury a case, one brings it back: whoever can read it.
constexpr Transition set_aside_from(State from) {
    return {.event = "set_aside", .from = from, .to = State::set_aside, .by = by_registering, .optional = true,
            .proposes = true, .fields = set_aside_fields, .needs_latest = true};
}

constexpr std::array table{
    Transition{.event = "register", .from = State::submitted, .to = State::registered, .by = by_registering,
               .fields = register_fields, .unit = Unit::working_days, .limit = 1, .takes_register_number = true},
    Transition{.event = "screen", .from = State::registered, .to = State::screening, .by = by_legal_officer,
               .fields = screen_fields, .unit = Unit::working_days, .limit = 1},
    Transition{.event = "propose", .from = State::screening, .to = State::pending_order, .by = by_legal_officer,
               .proposes = true, .fields = propose_fields, .unit = Unit::working_days, .limit = 2},
    Transition{.event = "close", .from = State::pending_order, .to = State::closed, .by = by_superior,
               .never_the_proposer = true, .fields = close_fields, .unit = Unit::working_days, .limit = 3,
               .tells_reporter = true},
    Transition{.event = "paper_close", .from = State::pending_order, .to = State::paper_recorded, .by = by_legal_officer,
               .optional = true, .fields = paper_close_fields, .records = "close"},
    Transition{.event = "confirm_paper", .from = State::paper_recorded, .to = State::closed, .by = by_other_reader,
               .fields = confirm_paper_fields, .takes_effect = true},
    Transition{.event = "return_paper", .from = State::paper_recorded, .to = State::pending_order, .by = by_other_reader,
               .optional = true, .fields = return_paper_fields},
    set_aside_from(State::submitted),
    set_aside_from(State::registered),
    set_aside_from(State::screening),
    Transition{.event = "confirm_void", .from = State::set_aside, .to = State::closed, .by = by_intake,
               .never_the_proposer = true, .fields = confirm_void_fields, .tells_reporter = true,
               .standard_notice = "notice.void", .needs_latest = true, .ends_in = Outcome::voided},
    Transition{.event = "keep", .from = State::set_aside, .to = State::submitted, .by = handling_line, .optional = true,
               .fields = remark_fields, .returns = true},
    Transition{.event = "take_up", .from = State::closed, .to = State::submitted, .by = handling_line, .optional = true,
               .fields = remark_fields, .tells_reporter = true, .standard_notice = "notice.taken_up", .returns = true,
               .after_void = true},
};

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        if (std::string line = clean_line(text.substr(at, end - at)); !line.empty())
            out.push_back(std::move(line));
        at = end + 1;
    }
    return out;
}

std::optional<Fault> check_value(const FieldRule &rule, const std::string &name, std::string &value) {
    if (rule.type == FieldType::line || rule.type == FieldType::date || rule.type == FieldType::signer)
        value = clean_line(value);
    else if (rule.type == FieldType::text || rule.type == FieldType::lines)
        value = clean_text(value);
    if (rule.type == FieldType::confirm)
        return value == "yes" ? std::nullopt : std::optional(Fault{name, "fault.confirm.missing"});
    if (value.empty())
        return rule.required ? std::optional(Fault{name, "fault.field.missing"}) : std::nullopt;
    if (rule.type == FieldType::signer)
        return base::AppointmentId::from_text(value) ? std::nullopt : std::optional(Fault{name, "fault.choice.unknown"});
    if (rule.type == FieldType::date) {
        const auto day = typed_day(value);
        if (day)
            value = day_to_type(*day);
        return day ? std::nullopt : std::optional(Fault{name, "fault.date.invalid"});
    }
    if (!rule.choices.empty())
        return std::ranges::find(rule.choices, value) != rule.choices.end()
                   ? std::nullopt
                   : std::optional(Fault{name, "fault.choice.unknown"});
    if (const auto count = characters(value); count > rule.max_characters)
        return Fault{name, "fault.too_long", rule.max_characters, count - rule.max_characters};
    if (rule.type == FieldType::lines && lines_of(value).size() > max_list_items)
        return Fault{name, "fault.list.too_long"};
    return std::nullopt;
}

} // namespace

std::string_view id(State state) { return id_of(states, state); }
std::optional<State> state_from(std::string_view id) { return value_of(states, id); }
bool is_finished(State state) { return state == State::closed; }
std::string_view id(Outcome outcome) { return id_of(outcomes, outcome); }
std::optional<Outcome> outcome_from(std::string_view id) { return value_of(outcomes, id); }

std::span<const std::string_view> category_ids() { return category_choices; }
std::span<const Transition> transitions() { return table; }

const Transition *find_transition(State from, std::string_view event) {
    for (const Transition &row : table)
        if (row.from == from && row.event == event)
            return &row;
    return nullptr;
}

std::vector<const Transition *> transitions_from(State state) {
    std::vector<const Transition *> out;
    for (const Transition &row : table)
        if (row.from == state)
            out.push_back(&row);
    return out;
}

bool on_paper(const Transition &transition) {
    return !transition.records.empty() || transition.from == State::paper_recorded;
}

bool on_main_path(const Transition &transition) {
    return !transition.optional && transition.from != State::set_aside && !on_paper(transition);
}

bool may_stand_for(const Transition &transition, Post post) {
    if (std::ranges::find(transition.by, post) != transition.by.end())
        return true;
    const Post highest = *std::ranges::max_element(transition.by, {}, place_in_line);
    return place_in_line(post) > place_in_line(highest) && place_in_line(post) < std::size(handling_line);
}

const Transition *Course::possible(std::string_view event) const {
    const Transition *row = find_transition(state, event);
    return row && ((row->after_void && !voided) || (row->takes_effect && !paper)) ? nullptr : row;
}

std::vector<const Transition *> Course::possible() const {
    auto out = transitions_from(state);
    std::erase_if(out, [&](const Transition *row) { return possible(row->event) != row; });
    return out;
}

const Transition &Course::effect(const Transition &transition) const {
    return transition.takes_effect ? *paper->decision : transition;
}

State Course::after(const Transition &transition) const { return transition.returns ? before : effect(transition).to; }

void Course::take(const Transition &transition, base::OfficerId by, base::OfficerId signer) {
    if (transition.to == State::set_aside)
        before = state;
    if (transition.proposes)
        proposer = by;
    state = after(transition);
    voided = effect(transition).ends_in == Outcome::voided;
    paper.reset();
    if (!transition.records.empty())
        paper = Paper{find_transition(transition.from, transition.records), by, signer};
}

std::vector<Holder> acting(const Transition &transition, const Course &course, std::span<const Holder> holders,
                           std::span<const base::OfficerId> excluded) {
    std::vector<base::OfficerId> barred(excluded.begin(), excluded.end());
    if (transition.never_the_proposer && course.proposer)
        barred.push_back(*course.proposer);
    if (transition.takes_effect && course.paper)
        barred.insert(barred.end(), {course.paper->entered, course.paper->signer});
    return acting_for(transition.by, holders, barred);
}

std::vector<base::OfficerId> actors(const Transition &transition, const Course &course, std::span<const Holder> holders,
                                    std::span<const base::OfficerId> excluded) {
    return officers_of(acting(transition, course, holders, excluded));
}

std::vector<Holder> acting_next(const Course &course, std::span<const Holder> holders,
                                std::span<const base::OfficerId> excluded) {
    std::vector<Holder> out;
    for (const Transition *row : course.possible())
        if (!row->optional)
            for (Holder &holder : acting(*row, course, holders, excluded))
                out.push_back(std::move(holder));
    return out;
}

std::vector<base::OfficerId> turn(const Course &course, std::span<const Holder> holders,
                                  std::span<const base::OfficerId> excluded) {
    return officers_of(acting_next(course, holders, excluded));
}

bool can_be_decided(std::span<const Holder> holders, std::span<const base::OfficerId> excluded) {
    const auto arrives = [&](base::OfficerId screener) {
        Course course;
        while (!is_finished(course.state)) {
            if (turn(course, holders, excluded).empty())
                return false;
            course.take(*transitions_from(course.state).front(), screener);
        }
        return true;
    };
    return std::ranges::any_of(turn(Course{.state = State::screening}, holders, excluded), arrives);
}

std::vector<std::string> MoveValues::lines(const std::string &field) const {
    const auto found = values.find(field);
    return found == values.end() ? std::vector<std::string>() : lines_of(found->second);
}

std::vector<std::string> field_names(const FieldRule &rule, std::size_t allegations) {
    if (rule.type != FieldType::per_allegation)
        return {std::string(rule.name)};
    std::vector<std::string> out;
    for (std::size_t i = 1; i <= allegations; ++i)
        out.push_back(std::string(rule.name) + "_" + std::to_string(i));
    return out;
}

std::expected<MoveValues, std::vector<Fault>> check_move(const Transition &transition,
                                                         const std::map<std::string, std::string> &typed,
                                                         std::size_t allegations) {
    MoveValues out;
    std::vector<Fault> faults;
    for (const FieldRule &rule : transition.fields) {
        for (const std::string &name : field_names(rule, allegations)) {
            const auto found = typed.find(name);
            std::string value = found == typed.end() ? std::string() : found->second;
            if (auto fault = check_value(rule, name, value))
                faults.push_back(std::move(*fault));
            else
                out.values[name] = std::move(value);
        }
    }
    if (!faults.empty())
        return std::unexpected(std::move(faults));
    return out;
}

} // namespace domain
