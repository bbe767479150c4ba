// The stored form of an agency's profile.
#include "service/domain/agency_profile.h"

#include <boost/json.hpp>

namespace domain {
namespace {

namespace json = boost::json;

// 2: with the figures of the manual; 3: with the emblem; 4: with the wordings of prints. What an earlier document does not have is as the program ships it.
constexpr std::int64_t format = 4, format_with_emblem = 3, format_with_manual = 2, first_format = 1;
constexpr std::int64_t since(ProfilePart part) {
    switch (part) {
    case ProfilePart::wordings: return format;
    case ProfilePart::emblem: return format_with_emblem;
    case ProfilePart::manual: return format_with_manual;
    case ProfilePart::texts:
    case ProfilePart::identity: break;
    }
    return first_format;
}

base::Result<json::object> invalid() { return base::fail(base::Code::invalid, "reading the agency's settings"); }

using Wanted = bool (*)(ProfilePart part);
constexpr Wanted every_part = [](ProfilePart) { return true; };

json::object fields_of(const AgencyProfile &profile, Wanted wanted) {
    json::object out;
    for (const ProfileField &field : profile_fields())
        if (wanted(field.part))
            out[field.name] = field.in(profile);
    return out;
}

bool take_text(const json::object &from, std::string_view name, std::string &to) {
    const auto *value = from.if_contains(name);
    if (!value || !value->is_string())
        return false;
    to = std::string(value->get_string());
    return true;
}

// Every field that is wanted, and no other.
bool take_fields(const json::object &object, Wanted wanted, std::int64_t written, AgencyProfile &to) {
    const auto *values = object.if_contains("fields");
    if (!values || !values->is_object())
        return false;
    std::size_t count = 0;
    for (const ProfileField &field : profile_fields()) {
        if (!wanted(field.part) || since(field.part) > written)
            continue;
        if (!take_text(values->get_object(), field.name, field.of(to)))
            return false;
        ++count;
    }
    return values->get_object().size() == count;
}

json::array list_of(const std::vector<CodeLabel> &list) {
    json::array out;
    for (const CodeLabel &entry : list)
        out.push_back(json::object{{"id", entry.id}, {"th", entry.label.th}, {"en", entry.label.en}, {"shown", entry.shown}});
    return out;
}

bool take_list(const json::object &object, std::string_view name, std::vector<CodeLabel> &to) {
    const auto *values = object.if_contains(name);
    if (!values || !values->is_array())
        return false;
    to.clear();
    for (const json::value &value : values->get_array()) {
        CodeLabel entry;
        const auto *fields = value.if_object();
        const auto *shown = fields ? fields->if_contains("shown") : nullptr;
        if (!shown || !shown->is_bool() || fields->size() != 4 || !take_text(*fields, "id", entry.id) ||
            !take_text(*fields, "th", entry.label.th) || !take_text(*fields, "en", entry.label.en))
            return false;
        entry.shown = shown->get_bool();
        to.push_back(std::move(entry));
    }
    return true;
}

json::object limits_of(const AgencyProfile &profile) {
    json::object out;
    for (const StepLimit &limit : profile.limits)
        out[limit.event] = json::object{{"number", limit.number}, {"working", limit.unit == Unit::working_days}};
    return out;
}

// What the program has got since then keeps its shipped limit.
bool take_limits(const json::object &object, AgencyProfile &to) {
    const auto *values = object.if_contains("limits");
    if (!values || !values->is_object())
        return false;
    std::size_t known = 0;
    for (StepLimit &limit : to.limits) {
        const auto *value = values->get_object().if_contains(limit.event);
        if (!value)
            continue;
        ++known;
        const auto *fields = value->if_object();
        const auto *number = fields ? fields->if_contains("number") : nullptr, *working = fields ? fields->if_contains("working") : nullptr;
        if (!number || !working || fields->size() != 2 || !number->is_int64() || !working->is_bool() || number->get_int64() < 1 ||
            number->get_int64() > max_limit)
            return false;
        limit.number = static_cast<int>(number->get_int64());
        limit.unit = working->get_bool() ? Unit::working_days : Unit::calendar_days;
    }
    return known == values->get_object().size();
}

struct Document {
    json::object object;
    std::int64_t format;
    bool with_manual() const { return format >= format_with_manual; }
};

// `members`: of a document with the manual, one fewer without.
base::Result<Document> document_of(std::string_view text, std::size_t members) {
    boost::system::error_code broken;
    auto parsed = json::parse(text, broken);
    if (broken || !parsed.is_object())
        return std::unexpected(invalid().error());
    const auto *written = parsed.get_object().if_contains("format");
    Document out{{}, written && written->is_int64() ? written->get_int64() : 0};
    if (out.format < first_format || out.format > format || parsed.get_object().size() != members - !out.with_manual())
        return std::unexpected(invalid().error());
    out.object = std::move(parsed.get_object());
    return out;
}

} // namespace

std::string to_json(const ProfileVersion &version) {
    return json::serialize(json::object{{"format", format},
                                        {"version", static_cast<std::int64_t>(version.version)},
                                        {"fields", fields_of(version.profile, every_part)},
                                        {"limits", limits_of(version.profile)},
                                        {"categories", list_of(version.profile.categories)},
                                        {"channels", list_of(version.profile.channels)}});
}

base::Result<ProfileVersion> profile_from_json(std::string_view text) {
    ASSIGN_OR_RETURN(const auto document, document_of(text, 6));
    const json::object &object = document.object;
    ProfileVersion out;
    const auto *version = object.if_contains("version");
    if (!version || !version->is_int64() || version->get_int64() < 1 ||
        !take_fields(object, every_part, document.format, out.profile) ||
        (document.with_manual() && !take_limits(object, out.profile)) || !take_list(object, "categories", out.profile.categories) ||
        !take_list(object, "channels", out.profile.channels))
        return std::unexpected(invalid().error());
    out.version = static_cast<std::uint64_t>(version->get_int64());
    const auto checked = check_profile(out.profile);
    if (!checked || *checked != out.profile)
        return std::unexpected(invalid().error());
    return out;
}

std::string proposal_to_json(std::string_view proposal, const AgencyProfile &profile) {
    return json::serialize(json::object{{"format", format},
                                        {"proposal", proposal},
                                        {"fields", fields_of(profile, needs_second)},
                                        {"limits", limits_of(profile)}});
}

base::Result<AgencyProfile> proposal_from_json(std::string_view proposal, std::string_view text, const AgencyProfile &base) {
    ASSIGN_OR_RETURN(const auto document, document_of(text, 4));
    const json::object &object = document.object;
    std::string id;
    AgencyProfile out = base;
    if (!take_text(object, "proposal", id) || id != proposal || !take_fields(object, needs_second, document.format, out) ||
        (document.with_manual() && !take_limits(object, out)))
        return std::unexpected(invalid().error());
    const auto checked = check_profile(out);
    if (!checked || *checked != out)
        return std::unexpected(invalid().error());
    return out;
}

} // namespace domain
