#include "service/domain/workflow.h"

#include "service/domain/text.h"

#include <boost/json.hpp>

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
    if (rule.type == FieldType::line)
        value = clean_line(value);
    else if (rule.type == FieldType::text || rule.type == FieldType::lines)
        value = clean_text(value);
    if (rule.type == FieldType::confirm)
        return value == "yes" ? std::nullopt : std::optional(Fault{name, "fault.confirm.missing"});
    if (value.empty())
        return rule.required ? std::optional(Fault{name, "fault.field.missing"}) : std::nullopt;
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

bool on_main_path(const Transition &transition) {
    return !transition.optional && transition.from != State::set_aside;
}

const Transition *Course::possible(std::string_view event) const {
    const Transition *row = find_transition(state, event);
    return row && row->after_void && !voided ? nullptr : row;
}

std::vector<const Transition *> Course::possible() const {
    auto out = transitions_from(state);
    std::erase_if(out, [&](const Transition *row) { return possible(row->event) != row; });
    return out;
}

State Course::after(const Transition &transition) const { return transition.returns ? before : transition.to; }

void Course::take(const Transition &transition, base::OfficerId by) {
    if (transition.to == State::set_aside)
        before = state;
    if (transition.proposes)
        proposer = by;
    state = after(transition);
    voided = transition.ends_in == Outcome::voided;
}

std::vector<base::OfficerId> actors(const Transition &transition, const Course &course, std::span<const Holder> holders,
                                    std::span<const base::OfficerId> excluded) {
    return actors_for(transition.by, holders, excluded, transition.never_the_proposer ? course.proposer : std::nullopt);
}

std::vector<base::OfficerId> turn(const Course &course, std::span<const Holder> holders,
                                  std::span<const base::OfficerId> excluded) {
    std::vector<base::OfficerId> out;
    for (const Transition *row : course.possible())
        if (!row->optional)
            for (base::OfficerId id : actors(*row, course, holders, excluded))
                if (std::ranges::find(out, id) == out.end())
                    out.push_back(id);
    return out;
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

std::string move_to_json(const MoveRecord &move) {
    boost::json::object fields;
    for (const auto &[name, value] : move.values.values)
        fields[name] = value;
    boost::json::object out{{"event", move.event}, {"version", move.version}, {"values", std::move(fields)}};
    put_access(out, move.access);
    return boost::json::serialize(out);
}

base::Result<MoveRecord> move_from_json(std::string_view json) {
    boost::system::error_code broken;
    const auto parsed = boost::json::parse(json, broken);
    const auto *object = broken ? nullptr : parsed.if_object();
    const auto *event = object ? object->if_contains("event") : nullptr;
    const auto *version = object ? object->if_contains("version") : nullptr;
    const auto *values = object ? object->if_contains("values") : nullptr;
    if (!event || !event->is_string() || !version || !values || !values->is_object())
        return base::fail(base::Code::invalid, "reading a move");
    MoveRecord out{std::string(event->get_string()), version->to_number<std::uint32_t>(broken), {}};
    ASSIGN_OR_RETURN(out.access, take_access(*object));
    if (broken || !version->is_number() || version->is_double())
        return base::fail(base::Code::invalid, "reading a move");
    for (const auto &field : values->get_object()) {
        if (!field.value().is_string())
            return base::fail(base::Code::invalid, "reading a move");
        out.values.values[std::string(field.key())] = std::string(field.value().get_string());
    }
    return out;
}

} // namespace domain
