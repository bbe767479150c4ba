#include "service/domain/message.h"

#include "service/domain/text.h"

#include <boost/json.hpp>

namespace domain {

namespace json = boost::json;

std::string to_json(const Message &message) {
    json::object out{{"text", message.text}};
    if (message.from)
        out["from"] = id(*message.from);
    if (message.refiled)
        out["refiled"] = json::parse(to_json(*message.refiled));
    if (message.answers)
        out["answers"] = *message.answers;
    return json::serialize(out);
}

base::Result<Message> message_from_json(std::string_view text) {
    boost::system::error_code broken;
    const auto parsed = json::parse(text, broken);
    const auto *object = broken ? nullptr : parsed.if_object();
    const auto *body = object ? object->if_contains("text") : nullptr;
    if (!body || !body->is_string())
        return base::fail(base::Code::invalid, "reading a message");
    Message out;
    out.text = std::string(body->get_string());
    if (const auto *from = object->if_contains("from")) {
        out.from = from->is_string() ? post_from(std::string_view(from->get_string())) : std::nullopt;
        if (!out.from)
            return base::fail(base::Code::invalid, "reading a message");
    }
    if (const auto *refiled = object->if_contains("refiled")) {
        ASSIGN_OR_RETURN(out.refiled, complaint_from_json(json::serialize(*refiled)));
    }
    if (const auto *answers = object->if_contains("answers")) {
        out.answers = answers->to_number<std::uint32_t>(broken);
        if (broken || answers->is_double())
            return base::fail(base::Code::invalid, "reading a message");
    }
    return out;
}

std::expected<std::string, Fault> check_message(std::string_view typed) {
    std::string text = clean_text(typed);
    if (text.empty())
        return std::unexpected(Fault{"message", "fault.message.missing"});
    if (const auto count = characters(text); count > max_message)
        return std::unexpected(Fault{"message", "fault.too_long", max_message, count - max_message});
    return text;
}

} // namespace domain
