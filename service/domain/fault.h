// A fault of a form, named beside its field.
#pragma once

#include <string>
#include <string_view>

namespace domain {

// One fault beside one field. `key` is a catalogue key; `limit` and `over` fill {{LIMIT}} and {{OVER}} where it has them.
struct Fault {
    std::string field;
    std::string_view key;
    std::size_t limit = 0;
    std::size_t over = 0; // characters too many, or too few
    std::string measured{}; // fills {{MEASURED}}
};

} // namespace domain
