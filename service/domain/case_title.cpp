#include "service/domain/case_title.h"

#include "service/domain/text.h"

#include <boost/json.hpp>

namespace domain {

std::expected<std::string, Fault> check_title(std::string_view typed) {
    std::string title = clean_line(typed);
    if (const auto count = characters(title); count > max_title)
        return std::unexpected(Fault{"short_title", "fault.too_long", max_title, count - max_title});
    return title;
}

std::string to_json(const TitleRecord &record) {
    return boost::json::serialize(boost::json::object{{"title", record.title},
                                                      {"number", record.number},
                                                      {"as", boost::json::parse(to_json(record.as))},
                                                      {"time", record.time}});
}

base::Result<TitleRecord> title_from_json(std::string_view json) {
    const auto unreadable = [] { return base::fail(base::Code::invalid, "reading the title of a case"); };
    boost::system::error_code broken;
    const auto parsed = boost::json::parse(json, broken);
    const auto *object = broken ? nullptr : parsed.if_object();
    const auto *title = object ? object->if_contains("title") : nullptr;
    const auto *number = object ? object->if_contains("number") : nullptr;
    const auto *as = object ? object->if_contains("as") : nullptr;
    const auto *time = object ? object->if_contains("time") : nullptr;
    if (!title || !title->is_string() || !number || !number->is_number() || number->is_double() || !as || !time || !time->is_int64())
        return unreadable();
    TitleRecord out{std::string(title->get_string()), number->to_number<std::uint32_t>(broken)};
    out.time = time->get_int64();
    if (broken)
        return unreadable();
    ASSIGN_OR_RETURN(out.as, acted_as_from_json(boost::json::serialize(*as)));
    return out;
}

} // namespace domain
