#include "service/domain/move_record.h"

#include <boost/json.hpp>

namespace domain {

std::string move_to_json(const MoveRecord &move) {
    boost::json::object fields;
    for (const auto &[name, value] : move.values.values)
        fields[name] = value;
    boost::json::object out{{"event", move.event},
                            {"version", move.version},
                            {"values", std::move(fields)},
                            {"as", boost::json::parse(to_json(move.as))}};
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
    const auto *as = object ? object->if_contains("as") : nullptr;
    if (!event || !event->is_string() || !version || !values || !values->is_object() || !as)
        return base::fail(base::Code::invalid, "reading a move");
    MoveRecord out{std::string(event->get_string()), version->to_number<std::uint32_t>(broken), {}};
    if (broken || !version->is_number() || version->is_double())
        return base::fail(base::Code::invalid, "reading a move");
    for (const auto &field : values->get_object()) {
        if (!field.value().is_string())
            return base::fail(base::Code::invalid, "reading a move");
        out.values.values[std::string(field.key())] = std::string(field.value().get_string());
    }
    ASSIGN_OR_RETURN(out.access, take_access(*object));
    ASSIGN_OR_RETURN(out.as, acted_as_from_json(boost::json::serialize(*as)));
    return out;
}

} // namespace domain
