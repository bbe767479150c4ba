#include "service/domain/print_text.h"

#include "service/domain/text.h"
#include "service/domain/typed_day.h"

#include <algorithm>

namespace domain {
namespace {

constexpr std::string_view of_registration[] = {"AGENCY", "NUMBER", "RECEIVED", "CATEGORY"};
constexpr std::string_view of_proposal[] = {"AGENCY", "NUMBER", "RECEIVED", "CATEGORY", "COMPLAINT", "SCREENING", "ISSUES", "ORDER"};
constexpr std::string_view of_appointment[] = {"AGENCY", "NUMBER", "RECEIVED", "CATEGORY", "FACT_FINDERS", "ISSUES", "DUE_DATE"};
constexpr std::string_view of_statement[] = {"AGENCY", "NUMBER", "ORDER_NUMBER", "ORDER_DATE", "ISSUES"};
constexpr std::string_view of_report[] = {"AGENCY",    "NUMBER",   "RECEIVED", "ORDER_NUMBER", "ORDER_DATE",
                                          "COMPLAINT", "FINDINGS", "EVIDENCE", "OPINIONS"};
constexpr std::string_view of_referral[] = {"AGENCY", "NUMBER", "RECEIVED", "CATEGORY", "BASIS", "TEXT", "MASKED"};
constexpr std::string_view of_result[] = {"AGENCY", "NUMBER", "RECEIVED", "NOTICE"};

// "{NAME}", in capitals, at `at`; empty: none begins there.
std::string_view place_at(std::string_view wording, std::size_t at) {
    const auto end = wording.find('}', at);
    if (wording[at] != '{' || end == std::string_view::npos || end == at + 1)
        return {};
    const auto name = wording.substr(at + 1, end - at - 1);
    const bool capitals = std::ranges::all_of(name, [](char c) { return (c >= 'A' && c <= 'Z') || c == '_'; });
    return capitals ? wording.substr(at, end - at + 1) : std::string_view{};
}

std::string_view name_of(std::string_view place) { return place.substr(1, place.size() - 2); }

} // namespace

std::span<const std::string_view> print_places(PrintKind kind) {
    switch (kind) {
    case PrintKind::registration: return of_registration;
    case PrintKind::proposal: return of_proposal;
    case PrintKind::appointment: return of_appointment;
    case PrintKind::statement: return of_statement;
    case PrintKind::report: return of_report;
    case PrintKind::referral: return of_referral;
    case PrintKind::result: return of_result;
    case PrintKind::contents:
    case PrintKind::whole: break; // lists: nothing of them is worded
    }
    return {};
}

std::string fill_places(std::string_view wording, const std::map<std::string, std::string, std::less<>> &values) {
    std::string out;
    for (std::size_t at = 0; at < wording.size();) {
        const auto place = place_at(wording, at);
        const auto value = place.empty() ? values.end() : values.find(name_of(place));
        if (value == values.end()) {
            out += wording[at++];
            continue;
        }
        out += value->second;
        at += place.size();
    }
    return out;
}

std::optional<std::string> unknown_place(PrintKind kind, std::string_view wording) {
    for (std::size_t at = 0; at < wording.size(); ++at)
        if (const auto place = place_at(wording, at); !place.empty() && std::ranges::find(print_places(kind), name_of(place)) == print_places(kind).end())
            return std::string(place);
    return std::nullopt;
}

bool takes_letter(PrintKind kind) {
    return kind == PrintKind::proposal || kind == PrintKind::report || leaves_the_agency(kind);
}

std::expected<PrintForm, std::vector<Fault>> check_print(PrintKind kind, const PrintForm &typed) {
    PrintForm out{clean_line(typed.print_number), clean_line(typed.letter_date), clean_line(typed.addressee), clean_text(typed.letter_text)};
    std::vector<Fault> faults;
    const auto bounded = [&](std::string_view field, const std::string &text, std::size_t most) {
        if (const auto count = characters(text); count > most)
            faults.push_back({std::string(field), "fault.too_long", most, count - most});
    };
    bounded("print_number", out.print_number, max_print_number);
    if (!out.letter_date.empty()) {
        if (const auto day = typed_day(out.letter_date))
            out.letter_date = day_to_type(*day);
        else
            faults.push_back({"letter_date", "fault.date.invalid"});
    }
    bounded("addressee", out.addressee, max_addressee);
    bounded("letter_text", out.letter_text, max_letter_text);
    if (kind == PrintKind::referral && out.letter_text.empty())
        faults.push_back({"letter_text", "fault.field.missing"});
    if (!faults.empty())
        return std::unexpected(std::move(faults));
    return out;
}

} // namespace domain
