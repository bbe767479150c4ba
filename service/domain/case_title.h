// What officers call a case among themselves, in a few words: sealed for its readers, and never told the reporter. Its JSON, read strictly.
#pragma once

#include "service/domain/acted_as.h"
#include "service/domain/fault.h"

#include <expected>

namespace domain {

inline constexpr std::size_t max_title = 80; // characters

// The titles of a case are numbered 1, 2, 3 …: the last one counts, and none can be left out. An empty one takes the name away.
struct TitleRecord {
    std::string title;
    std::uint32_t number = 1;
    std::vector<ActedAs> as{}; // the posts in which its author acted
    base::Seconds time = 0;
};
std::expected<std::string, Fault> check_title(std::string_view typed); // cleaned; may be empty
std::string to_json(const TitleRecord &record);
base::Result<TitleRecord> title_from_json(std::string_view json);

} // namespace domain
