#include "service/domain/agency_profile.h"

#include "service/domain/complaint.h"
#include "service/domain/emblem.h"
#include "service/domain/print_text.h"
#include "service/domain/text.h"
#include "service/domain/typed_day.h"
#include "service/domain/work_calendar.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace domain {
namespace {

constexpr std::array<std::string_view, 5> kinds = {"city_municipality", "town_municipality", "subdistrict_municipality",
                                                   "subdistrict_organisation", "provincial_organisation"};

constexpr std::size_t short_line = 120, long_line = 300, paragraph = 1000, address_length = 200, long_list = 10'000,
                      wording_length = 1500; // together they fit one form, nine bytes for each Thai letter

#define SUCHARIT_OF(member) [](AgencyProfile &profile) -> std::string & { return profile.member; }
using Rule = ProfileRule;
using Part = ProfilePart;
constexpr std::array fields{
    ProfileField{"name_th", Rule::line, short_line, true, Part::identity, SUCHARIT_OF(name.th)},
    ProfileField{"name_en", Rule::line, short_line, true, Part::identity, SUCHARIT_OF(name.en)},
    ProfileField{"contact_th", Rule::line, long_line, false, Part::identity, SUCHARIT_OF(contact.th)},
    ProfileField{"contact_en", Rule::line, long_line, false, Part::identity, SUCHARIT_OF(contact.en)},
    ProfileField{"general_url", Rule::address, address_length, false, Part::identity, SUCHARIT_OF(general_channel_url)},
    ProfileField{"exit_url", Rule::address, address_length, true, Part::identity, SUCHARIT_OF(exit_url)},
    ProfileField{"onion", Rule::onion, address_length, false, Part::identity, SUCHARIT_OF(onion)},
    ProfileField{"kind", Rule::kind, short_line, true, Part::texts, SUCHARIT_OF(kind)},
    ProfileField{"unit_th", Rule::line, short_line, true, Part::texts, SUCHARIT_OF(responsible_unit.th)},
    ProfileField{"unit_en", Rule::line, short_line, true, Part::texts, SUCHARIT_OF(responsible_unit.en)},
    ProfileField{"hours_th", Rule::line, short_line, false, Part::texts, SUCHARIT_OF(hours.th)},
    ProfileField{"hours_en", Rule::line, short_line, false, Part::texts, SUCHARIT_OF(hours.en)},
    ProfileField{"greeting_th", Rule::text, paragraph, false, Part::texts, SUCHARIT_OF(greeting.th)},
    ProfileField{"greeting_en", Rule::text, paragraph, false, Part::texts, SUCHARIT_OF(greeting.en)},
    ProfileField{"general_th", Rule::text, long_line, false, Part::texts, SUCHARIT_OF(general_channel.th)},
    ProfileField{"general_en", Rule::text, long_line, false, Part::texts, SUCHARIT_OF(general_channel.en)},
    ProfileField{"colour", Rule::colour, 7, true, Part::texts, SUCHARIT_OF(colour)},
    ProfileField{"manual_from", Rule::day, short_line, false, Part::manual, SUCHARIT_OF(manual_from)},
    ProfileField{"warn_before", Rule::number, 2, true, Part::manual, SUCHARIT_OF(warn_before)},
    ProfileField{"holidays", Rule::holidays, long_list, false, Part::manual, SUCHARIT_OF(holidays)},
    ProfileField{"emblem", Rule::emblem, long_line, false, Part::emblem, SUCHARIT_OF(emblem)},
    ProfileField{"wording_registration", Rule::wording, wording_length, false, Part::wordings, SUCHARIT_OF(wordings[0])},
    ProfileField{"wording_proposal", Rule::wording, wording_length, false, Part::wordings, SUCHARIT_OF(wordings[1])},
    ProfileField{"wording_appointment", Rule::wording, wording_length, false, Part::wordings, SUCHARIT_OF(wordings[2])},
    ProfileField{"wording_statement", Rule::wording, wording_length, false, Part::wordings, SUCHARIT_OF(wordings[3])},
    ProfileField{"wording_report", Rule::wording, wording_length, false, Part::wordings, SUCHARIT_OF(wordings[4])},
    ProfileField{"wording_referral", Rule::wording, wording_length, false, Part::wordings, SUCHARIT_OF(wordings[5])},
    ProfileField{"wording_result", Rule::wording, wording_length, false, Part::wordings, SUCHARIT_OF(wordings[6])},
};
#undef SUCHARIT_OF

std::vector<CodeLabel> all_shown(std::span<const std::string_view> ids) {
    std::vector<CodeLabel> out;
    for (const std::string_view id : ids)
        out.push_back({std::string(id), {}, true});
    return out;
}

// Of the steps that a case waits for; the same event from several states has one limit.
std::vector<StepLimit> shipped_limits() {
    std::vector<StepLimit> out;
    for (const Transition &row : transitions())
        if (row.unit != Unit::at_once && row.limit > 0 && std::ranges::find(out, row.event, &StepLimit::event) == out.end())
            out.push_back({std::string(row.event), row.limit, row.unit});
    return out;
}

void check_limits(const std::vector<StepLimit> &limits, std::vector<Fault> &faults) {
    const auto steps = shipped_limits();
    if (!std::ranges::equal(limits, steps, {}, &StepLimit::event, &StepLimit::event)) {
        faults.push_back({"limit", "fault.settings.list"});
        return;
    }
    for (const StepLimit &limit : limits)
        if (limit.number < 1 || limit.number > max_limit || limit.unit == Unit::at_once)
            faults.push_back({"limit_" + limit.event, "fault.settings.limit", 0, 0, std::to_string(max_limit)});
}

// The pages escape everything; a tag in a text would only be read as one by whoever typed it.
bool looks_like_markup(std::string_view text) {
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        const char next = text[i + 1];
        const bool letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
        if (text[i] == '<' && (letter || next == '/' || next == '!' || next == '?'))
            return true;
    }
    return false;
}

bool only(std::string_view text, std::string_view allowed) {
    return text.find_first_not_of(allowed) == std::string_view::npos;
}

constexpr std::string_view host_letters = "abcdefghijklmnopqrstuvwxyz0123456789-.";

bool is_onion(std::string_view host) {
    constexpr std::string_view end = ".onion";
    if (!host.ends_with(end))
        return false;
    host.remove_suffix(end.size());
    const auto dot = host.rfind('.');
    const auto name = dot == std::string_view::npos ? host : host.substr(dot + 1);
    return name.size() == 56 && only(name, "abcdefghijklmnopqrstuvwxyz234567"); // version 3
}

// The host of an address that a link may lead to; empty for anything else. Nothing in it needs a browser's goodwill: no user
// name before the host, no blank, no letter outside ASCII.
std::string_view linked_host(std::string_view url, std::string_view scheme) {
    if (!url.starts_with(scheme))
        return {};
    url.remove_prefix(scheme.size());
    for (const char c : url)
        if (c <= ' ' || c >= 0x7f || std::string_view("\"'<>\\^`{|}@").find(c) != std::string_view::npos)
            return {};
    const auto end = std::min(url.find_first_of("/?#"), url.size());
    const auto authority = url.substr(0, end);
    const auto colon = authority.find(':');
    const auto host = authority.substr(0, colon);
    if (colon != std::string_view::npos) {
        const auto port = authority.substr(colon + 1);
        if (port.empty() || port.size() > 5 || !only(port, "0123456789"))
            return {};
    }
    const bool whole = !host.empty() && only(host, host_letters) && host.find('.') != std::string_view::npos &&
                       host.find("..") == std::string_view::npos && host.front() != '.' && host.front() != '-' &&
                       host.back() != '.' && host.back() != '-';
    return whole ? host : std::string_view{};
}

bool is_address(std::string_view url) {
    return !linked_host(url, "https://").empty() || is_onion(linked_host(url, "http://"));
}

bool is_onion_address(std::string_view url) {
    return is_onion(linked_host(url, "https://")) || is_onion(linked_host(url, "http://"));
}

// Two digits, rounded down: 4.499 must not be shown as 4.5.
std::string ratio(double value) {
    const auto tenths = static_cast<long>(std::floor(value * 100));
    const auto digits = std::to_string(tenths % 100);
    return std::to_string(tenths / 100) + "." + (digits.size() == 1 ? "0" : "") + digits;
}

void check_value(const ProfileField &field, std::string &value, std::vector<Fault> &faults) {
    const auto fault = [&](std::string_view key) { faults.push_back({std::string(field.name), key}); };
    if (value.empty()) {
        if (field.required)
            fault("fault.field.missing");
        return;
    }
    if (const auto count = characters(value); count > field.limit && field.rule != Rule::colour) {
        faults.push_back({std::string(field.name), "fault.too_long", field.limit, count - field.limit});
        return;
    }
    switch (field.rule) {
    case Rule::line:
    case Rule::text:
        if (looks_like_markup(value))
            fault("fault.settings.markup");
        break;
    case Rule::wording:
        if (looks_like_markup(value))
            fault("fault.settings.markup");
        else if (auto place = unknown_place(*print_kind_from(field.name.substr(wording_prefix.size())), value))
            faults.push_back({std::string(field.name), "fault.print.place", 0, 0, std::move(*place)});
        break;
    case Rule::holidays:
        if (auto checked = check_holidays(value, field.name))
            value = std::move(*checked);
        else
            faults.push_back(std::move(checked.error()));
        break;
    case Rule::number:
        if (!only(value, "0123456789"))
            fault("fault.settings.number");
        break;
    case Rule::day:
        if (const auto day = typed_day(value))
            value = day_to_type(*day);
        else
            fault("fault.date.invalid");
        break;
    case Rule::emblem:
        if (!emblem_from(value))
            fault("fault.emblem.type");
        break;
    case Rule::kind:
        if (std::ranges::find(kinds, value) == kinds.end())
            fault("fault.settings.kind");
        break;
    case Rule::address:
        if (!is_address(value))
            fault("fault.settings.address");
        break;
    case Rule::onion:
        if (!is_onion_address(value))
            fault("fault.settings.onion");
        break;
    case Rule::colour:
        if (const auto contrast = contrast_with_white(value); !contrast)
            fault("fault.settings.colour");
        else if (*contrast < least_contrast)
            faults.push_back({std::string(field.name), "fault.settings.contrast", 0, 0, ratio(*contrast)});
        break;
    }
}

struct List {
    std::string_view name;
    std::vector<CodeLabel> AgencyProfile::*of;
    std::span<const std::string_view> ids;
};
std::array<List, 2> lists() {
    return {List{"category", &AgencyProfile::categories, category_ids()},
            List{"channel", &AgencyProfile::channels, channel_ids()}};
}

bool is_permutation_of(const std::vector<CodeLabel> &list, std::span<const std::string_view> ids) {
    return list.size() == ids.size() && std::ranges::all_of(ids, [&](std::string_view id) {
               return std::ranges::find(list, id, &CodeLabel::id) != list.end();
           });
}

void check_list(const List &list, std::vector<CodeLabel> &entries, std::vector<Fault> &faults) {
    const std::string prefix(list.name);
    if (!is_permutation_of(entries, list.ids)) {
        faults.push_back({prefix, "fault.settings.list"});
        return;
    }
    for (CodeLabel &entry : entries) {
        for (const auto &[language, text] : {std::pair{"_th_", &entry.label.th}, {"_en_", &entry.label.en}}) {
            *text = clean_line(*text);
            if (const auto count = characters(*text); count > max_code_label)
                faults.push_back({prefix + language + entry.id, "fault.too_long", max_code_label, count - max_code_label});
            else if (looks_like_markup(*text))
                faults.push_back({prefix + language + entry.id, "fault.settings.markup"});
        }
        if (entry.id == code_other && !entry.shown)
            faults.push_back({prefix + "_shown_" + entry.id, "fault.settings.other_off"});
    }
}

std::string order_of(const std::vector<CodeLabel> &list) {
    std::string out;
    for (const CodeLabel &entry : list)
        out += (out.empty() ? "" : " ") + entry.id;
    return out;
}

} // namespace

AgencyProfile::AgencyProfile()
    : categories(all_shown(category_ids())), channels(all_shown(channel_ids())), limits(shipped_limits()),
      holidays(shipped_holidays()) {}

std::string limit_text(const StepLimit &limit) {
    return std::to_string(limit.number) + (limit.unit == Unit::working_days ? " working_days" : " calendar_days");
}

std::span<const ProfileField> profile_fields() { return fields; }
std::span<const std::string_view> kind_ids() { return kinds; }

std::optional<double> contrast_with_white(std::string_view colour) {
    if (colour.size() != 7 || colour[0] != '#' || !only(colour.substr(1), "0123456789abcdefABCDEF"))
        return std::nullopt;
    const auto channel = [&](std::size_t at) {
        const double value = std::stoi(std::string(colour.substr(at, 2)), nullptr, 16) / 255.0;
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    const double luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
    return 1.05 / (luminance + 0.05);
}

std::expected<AgencyProfile, std::vector<Fault>> check_profile(const AgencyProfile &typed) {
    AgencyProfile out = typed;
    std::vector<Fault> faults;
    for (const ProfileField &field : fields) {
        std::string &value = field.of(out);
        value = field.rule == Rule::text || field.rule == Rule::wording || field.rule == Rule::holidays ? clean_text(value) : clean_line(value);
        check_value(field, value, faults);
    }
    for (const List &list : lists())
        check_list(list, out.*list.of, faults);
    check_limits(out.limits, faults);
    if (!faults.empty())
        return std::unexpected(std::move(faults));
    return out;
}

AgencyProfile with_limits(AgencyProfile texts, const AgencyProfile &limits) {
    texts.limits = limits.limits;
    texts.manual_from = limits.manual_from;
    return texts;
}

AgencyProfile with_confirmed(AgencyProfile base, const AgencyProfile &other) {
    for (const ProfileField &field : fields)
        if (needs_second(field.part))
            field.of(base) = field.in(other);
    base.limits = other.limits;
    return base;
}

std::vector<ProfileChange> differences(const AgencyProfile &before, const AgencyProfile &after) {
    std::vector<ProfileChange> out;
    for (const ProfileField &field : fields)
        if (field.in(before) != field.in(after))
            out.push_back({std::string(field.name), "", field.in(before), field.in(after)});
    for (const StepLimit &now : after.limits) {
        const auto then = std::ranges::find(before.limits, now.event, &StepLimit::event);
        if (then != before.limits.end() && *then != now)
            out.push_back({"limit", now.event, limit_text(*then), limit_text(now)});
    }
    for (const List &list : lists()) {
        const std::string name(list.name);
        for (const CodeLabel &now : after.*list.of) {
            const auto then = std::ranges::find(before.*list.of, now.id, &CodeLabel::id);
            if (then == (before.*list.of).end())
                continue;
            if (then->label.th != now.label.th)
                out.push_back({name + "_th", now.id, then->label.th, now.label.th});
            if (then->label.en != now.label.en)
                out.push_back({name + "_en", now.id, then->label.en, now.label.en});
            if (then->shown != now.shown)
                out.push_back({name + "_shown", now.id, then->shown ? "yes" : "no", now.shown ? "yes" : "no"});
        }
        if (const auto then = order_of(before.*list.of), now = order_of(after.*list.of); then != now)
            out.push_back({name + "_order", "", then, now});
    }
    return out;
}

} // namespace domain
