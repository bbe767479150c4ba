#include "service/domain/identity.h"

#include "service/domain/text.h"

#include <boost/json.hpp>

namespace domain {
namespace {

namespace json = boost::json;

constexpr const char *request_fault = "reading a request to see an identity";
constexpr const char *decision_fault = "reading a decision about an identity";

const json::value *member(const json::value &from, const char *key) {
    const auto *object = from.if_object();
    return object ? object->if_contains(key) : nullptr;
}

bool take(const json::value &from, const char *key, std::string &out) {
    const auto *found = member(from, key);
    if (found && found->is_string())
        out.assign(found->get_string().data(), found->get_string().size());
    return found && found->is_string();
}

bool take(const json::value &from, const char *key, std::int64_t &out) {
    const auto *found = member(from, key);
    if (found && found->is_int64())
        out = found->get_int64();
    return found && found->is_int64();
}

} // namespace

std::string to_json(const IdentityRequest &request) {
    return json::serialize(json::object{{"reason", request.reason},
                                        {"series", request.series},
                                        {"year", request.year},
                                        {"number", request.number},
                                        {"time", request.time}});
}

base::Result<IdentityRequest> identity_request_from_json(std::string_view text) {
    boost::system::error_code broken;
    const auto parsed = json::parse(text, broken);
    IdentityRequest out;
    if (broken || !take(parsed, "reason", out.reason) || !take(parsed, "series", out.series) ||
        !take(parsed, "year", out.year) || !take(parsed, "number", out.number) || !take(parsed, "time", out.time))
        return base::fail(base::Code::invalid, request_fault);
    return out;
}

std::string to_json(const IdentityDecision &decision) {
    return json::serialize(
        json::object{{"granted", decision.granted}, {"reason", decision.reason}, {"time", decision.time}});
}

base::Result<IdentityDecision> identity_decision_from_json(std::string_view text) {
    boost::system::error_code broken;
    const auto parsed = json::parse(text, broken);
    IdentityDecision out;
    const auto *granted = broken ? nullptr : member(parsed, "granted");
    if (!granted || !granted->is_bool() || !take(parsed, "reason", out.reason) || !take(parsed, "time", out.time))
        return base::fail(base::Code::invalid, decision_fault);
    out.granted = granted->get_bool();
    return out;
}

std::expected<std::string, Fault> check_identity_reason(std::string_view typed) {
    std::string text = clean_text(typed);
    if (text.empty())
        return std::unexpected(Fault{"reason", "fault.identity.reason"});
    if (const auto count = characters(text); count > max_identity_reason)
        return std::unexpected(Fault{"reason", "fault.too_long", max_identity_reason, count - max_identity_reason});
    return text;
}

} // namespace domain
