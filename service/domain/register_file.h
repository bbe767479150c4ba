// An old register as a file: a line for each complaint that came before the program. What it holds are counting facts: no text,
// no name, nothing that a case has.
#pragma once

#include "service/domain/csv.h"
#include "service/domain/workflow.h"

#include <expected>
#include <map>

namespace domain {

struct RegisterEntry {
    int year = 0;       // the fiscal year of receipt, พ.ศ.: with the number it names the row
    std::string number; // as the old register has it: letters, digits and ./-(), plain digits
    base::Day received{};
    std::string channel, category; // ids
    State state = State::registered;
    std::optional<Outcome> outcome{}; // of what is closed
    std::optional<base::Day> closed{};
    bool operator==(const RegisterEntry &) const = default;
};
inline constexpr std::size_t max_register_number = 40; // characters

// What may stand in the columns channel and category for an id: the id itself, and how it is called.
struct RegisterNames {
    std::map<std::string, std::string> channels, categories; // name → id
};

struct RowFault {
    std::size_t line = 0;
    std::string column; // empty: the line as a whole
    std::string_view key;
    std::string measured{}; // fills {{MEASURED}} of those that have it: a column or the number of a line, never what stands in a cell
};

inline constexpr std::string_view register_columns[] = {"register_no", "channel", "received", "category",
                                                        "state", "outcome", "closed"};

// Every fault of every row, in the order of the lines; no entry where there is any. Columns may stand in any order. Keys:
// fault.csv.not_text, fault.csv.empty, fault.csv.quote_open, fault.csv.quote_inside, fault.csv.cells, fault.register.column_unknown,
// fault.register.column_missing, fault.register.column_twice, fault.field.missing, fault.register.number, fault.register.twice,
// fault.register.channel, fault.register.category, fault.register.state, fault.register.outcome, fault.date.invalid,
// fault.register.not_closed, fault.register.closed_early.
std::expected<std::vector<RegisterEntry>, std::vector<RowFault>> read_register(std::string_view bytes, const RegisterNames &names);

// A state or an outcome that a register may name: not those in which something waits to be confirmed.
std::optional<State> register_state(std::string_view id);

} // namespace domain
