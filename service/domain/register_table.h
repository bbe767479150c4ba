// The table that every register's file is: its header, and its rows by the names of their columns. Inside domain only.
#pragma once

#include "service/domain/register_file.h"

#include <functional>
#include <set>

namespace domain {

class RegisterTable {
public:
    using Cells = std::map<std::string_view, std::string>; // cleaned; of columns that the file does not have none
    struct Columns {
        std::span<const std::string_view> needed, besides;
    };
    // Asked for each row of a file whose header is right.
    using Row = std::function<void(std::size_t line, const Cells &cells)>;

    // One line of a cell, or several where the column is one of `texts`.
    void read(std::string_view bytes, const Columns &columns, std::span<const std::string_view> texts, const Row &row);
    void fault(std::size_t line, std::string_view column, std::string_view key, std::string measured = {}) {
        faults_.push_back({line, std::string(column), key, std::move(measured)});
    }
    std::size_t faults() const { return faults_.size(); }
    std::vector<RowFault> take_faults(); // by line

    // What stands in a cell that must not be empty, by its reader; nothing, and a fault, where it cannot be read.
    template <class Read>
    auto needed(std::size_t line, const Cells &cells, std::string_view column, std::string_view key, Read reader)
        -> decltype(reader(std::string())) {
        const auto found = cells.find(column);
        if (found == cells.end() || found->second.empty()) {
            fault(line, column, "fault.field.missing");
            return std::nullopt;
        }
        auto out = reader(found->second);
        if (!out) fault(line, column, key);
        return out;
    }

private:
    bool header(const CsvRecord &record, const Columns &columns);
    std::vector<std::string> columns_;
    std::vector<RowFault> faults_;
};

// "๑๒/๒๕๖๗" and "12/2567" are one number.
std::optional<std::string> register_number(std::string_view typed);
// The id that an id or a wording stands for.
std::optional<std::string> register_name(const std::map<std::string, std::string> &names, const std::string &typed);

} // namespace domain
