#include "service/domain/text.h"
#include "service/domain/typed_day.h"
#include "service/domain/workflow.h"

#include <algorithm>
#include <ranges>
#include <set>

namespace domain {
namespace {

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

// "12/2569", or "ล 3/2569" of the restricted series, Thai digits too; nothing for what is no register number.
std::optional<std::string> case_number_from(std::string_view typed) {
    constexpr std::string_view restricted = "ล", thai_zero = "๐";
    std::string out, digits;
    if (typed.starts_with(restricted)) {
        out = std::string(restricted) + " ";
        typed.remove_prefix(restricted.size());
    }
    for (std::size_t at = 0; at < typed.size(); ++at) {
        const std::string_view rest = typed.substr(at);
        if (rest.size() >= 3 && rest[0] == thai_zero[0] && rest[1] == thai_zero[1] &&
            rest[2] >= thai_zero[2] && rest[2] < static_cast<char>(thai_zero[2] + 10)) {
            digits += static_cast<char>('0' + (rest[2] - thai_zero[2]));
            at += 2;
        } else if (rest[0] != ' ') {
            digits += rest[0];
        }
    }
    const auto slash = digits.find('/');
    const auto all_digits = [](std::string_view text, std::size_t most) {
        return !text.empty() && text.size() <= most && text[0] != '0' && text.find_first_not_of("0123456789") == text.npos;
    };
    if (slash == digits.npos || !all_digits(std::string_view(digits).substr(0, slash), 9) ||
        digits.size() - slash != 5 || !all_digits(std::string_view(digits).substr(slash + 1), 4))
        return std::nullopt;
    return out + digits;
}

std::optional<Fault> check_officers(const std::string &name, std::string &value) {
    const auto lines = lines_of(value);
    std::set<std::string> each(lines.begin(), lines.end());
    if (each.size() > max_list_items)
        return Fault{name, "fault.list.too_long"};
    value.clear();
    for (const std::string &line : each) {
        if (!base::OfficerId::from_text(line))
            return Fault{name, "fault.choice.unknown"};
        value += (value.empty() ? "" : "\n") + line;
    }
    return std::nullopt;
}

std::optional<Fault> check_value(const FieldRule &rule, const std::string &name, std::string &value) {
    using enum FieldType;
    const bool worded = rule.type == per_allegation && rule.choices.empty();
    if (rule.type == line || rule.type == date || rule.type == signer || rule.type == case_number)
        value = clean_line(value);
    else if (rule.type == text || rule.type == lines || rule.type == officers || worded)
        value = clean_text(value);
    if (rule.type == FieldType::confirm)
        return value == "yes" ? std::nullopt : std::optional(Fault{name, "fault.confirm.missing"});
    if (value.empty())
        return rule.required ? std::optional(Fault{name, "fault.field.missing"}) : std::nullopt;
    if (rule.type == FieldType::signer)
        return base::AppointmentId::from_text(value) ? std::nullopt : std::optional(Fault{name, "fault.choice.unknown"});
    if (rule.type == FieldType::officers)
        return check_officers(name, value);
    if (rule.type == FieldType::case_number) {
        auto number = case_number_from(value);
        if (number)
            value = std::move(*number);
        return number ? std::nullopt : std::optional(Fault{name, "fault.case_number.invalid"});
    }
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

const std::string &MoveValues::at(const std::string &field) const {
    static const std::string nothing;
    const auto found = values.find(field);
    return found == values.end() ? nothing : found->second;
}

std::vector<base::OfficerId> MoveValues::officers(const std::string &field) const {
    std::vector<base::OfficerId> out;
    for (const std::string &line : lines(field))
        if (const auto id = base::OfficerId::from_text(line))
            out.push_back(*id);
    return out;
}

std::string notice_of(const Transition &transition, const MoveValues &values) {
    std::string out = values.at("notice");
    for (const FieldRule &rule : transition.fields)
        if (rule.told)
            out += "\n\n" + values.at(std::string(rule.name));
    return out;
}

std::vector<std::string> MoveValues::lines(const std::string &field) const {
    return lines_of(at(field));
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
    const auto has_no_merit = [&](std::size_t number) { return out.at("outcome_" + std::to_string(number)) == "no_merit"; };
    if (faults.empty() && transition.to == State::action &&
        std::ranges::all_of(std::views::iota(std::size_t{1}, allegations + 1), has_no_merit))
        faults.push_back({"outcome_1", "fault.outcome.no_merit"});
    if (faults.empty() && out.at("referred_to") == "other" && out.at("office").empty())
        faults.push_back({"office", "fault.field.missing"});
    if (faults.empty() && out.at("channel") == "agency" && out.at("from_agency").empty())
        faults.push_back({"from_agency", "fault.field.missing"});
    if (!faults.empty())
        return std::unexpected(std::move(faults));
    return out;
}

} // namespace domain
