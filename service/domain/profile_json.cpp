// The stored form of an agency's profile.
#include "service/domain/agency_profile.h"

#include <boost/json.hpp>

namespace domain {
namespace {

namespace json = boost::json;

constexpr std::int64_t format = 1;

base::Result<json::object> invalid() { return base::fail(base::Code::invalid, "reading the agency's settings"); }

json::object fields_of(const AgencyProfile &profile, std::optional<ProfilePart> part) {
    json::object out;
    for (const ProfileField &field : profile_fields())
        if (!part || field.part == *part)
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

// Every field of the part, and no other.
bool take_fields(const json::object &object, std::optional<ProfilePart> part, AgencyProfile &to) {
    const auto *values = object.if_contains("fields");
    if (!values || !values->is_object())
        return false;
    std::size_t count = 0;
    for (const ProfileField &field : profile_fields()) {
        if (part && field.part != *part)
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

base::Result<json::object> object_of(std::string_view text, std::size_t members) {
    boost::system::error_code broken;
    auto parsed = json::parse(text, broken);
    if (broken || !parsed.is_object())
        return invalid();
    const auto *written = parsed.get_object().if_contains("format");
    if (!written || !written->is_int64() || written->get_int64() != format || parsed.get_object().size() != members)
        return invalid();
    return std::move(parsed.get_object());
}

} // namespace

std::string to_json(const ProfileVersion &version) {
    return json::serialize(json::object{{"format", format},
                                        {"version", static_cast<std::int64_t>(version.version)},
                                        {"fields", fields_of(version.profile, std::nullopt)},
                                        {"categories", list_of(version.profile.categories)},
                                        {"channels", list_of(version.profile.channels)}});
}

base::Result<ProfileVersion> profile_from_json(std::string_view text) {
    ASSIGN_OR_RETURN(const auto object, object_of(text, 5));
    ProfileVersion out;
    const auto *version = object.if_contains("version");
    if (!version || !version->is_int64() || version->get_int64() < 1 ||
        !take_fields(object, std::nullopt, out.profile) || !take_list(object, "categories", out.profile.categories) ||
        !take_list(object, "channels", out.profile.channels))
        return std::unexpected(invalid().error());
    out.version = static_cast<std::uint64_t>(version->get_int64());
    const auto checked = check_profile(out.profile);
    if (!checked || *checked != out.profile)
        return std::unexpected(invalid().error());
    return out;
}

std::string identity_to_json(std::string_view proposal, const AgencyProfile &profile) {
    return json::serialize(json::object{
        {"format", format}, {"proposal", proposal}, {"fields", fields_of(profile, ProfilePart::identity)}});
}

base::Result<AgencyProfile> identity_from_json(std::string_view proposal, std::string_view text, const AgencyProfile &base) {
    ASSIGN_OR_RETURN(const auto object, object_of(text, 3));
    std::string id;
    AgencyProfile out = base;
    if (!take_text(object, "proposal", id) || id != proposal || !take_fields(object, ProfilePart::identity, out))
        return std::unexpected(invalid().error());
    const auto checked = check_profile(out);
    if (!checked || *checked != out)
        return std::unexpected(invalid().error());
    return out;
}

} // namespace domain
