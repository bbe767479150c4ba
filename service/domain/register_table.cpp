#include "service/domain/register_table.h"

#include "service/domain/text.h"

#include <algorithm>

namespace domain {

bool RegisterTable::header(const CsvRecord &record, const Columns &columns) {
    const std::size_t before = faults_.size();
    const auto is_in = [](std::span<const std::string_view> list, std::string_view name) { return std::ranges::find(list, name) != list.end(); };
    std::set<std::string> seen;
    for (const std::string &cell : record.cells) {
        const std::string name = clean_line(cell);
        if (!is_in(columns.needed, name) && !is_in(columns.besides, name))
            fault(record.line, "", "fault.register.column_unknown", std::to_string(columns_.size() + 1));
        else if (!seen.insert(name).second)
            fault(record.line, name, "fault.register.column_twice");
        columns_.push_back(name);
    }
    for (const std::string_view wanted : columns.needed)
        if (!seen.contains(std::string(wanted))) fault(record.line, wanted, "fault.register.column_missing");
    return faults_.size() == before;
}

void RegisterTable::read(std::string_view bytes, const Columns &columns, std::span<const std::string_view> texts, const Row &row) {
    const auto text = text_of_file(bytes);
    if (!text) return fault(text.error(), "", "fault.csv.not_text");
    const Csv csv = read_csv(*text);
    for (const CsvFault &one : csv.faults)
        fault(one.line, "", one.key);
    if (csv.records.empty() && faults_.empty()) return fault(1, "", "fault.csv.empty");
    // Without a header that is right nothing below it means anything.
    if (csv.records.empty() || !header(csv.records.front(), columns)) return;
    for (const CsvRecord &record : std::span(csv.records).subspan(1)) {
        if (record.cells.size() != columns_.size()) {
            fault(record.line, "", "fault.csv.cells", std::to_string(columns_.size()));
            continue;
        }
        Cells cells;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const bool several = std::ranges::find(texts, columns_[i]) != texts.end();
            cells[columns_[i]] = several ? clean_text(record.cells[i]) : clean_line(record.cells[i]);
        }
        row(record.line, cells);
    }
}

std::vector<RowFault> RegisterTable::take_faults() {
    std::ranges::stable_sort(faults_, {}, &RowFault::line);
    return std::move(faults_);
}

std::optional<std::string> register_number(std::string_view typed) {
    const std::string text = with_plain_digits(clean_line(typed));
    const auto fits = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '/' || c == '.' || c == '-' ||
               c == '(' || c == ')' || c == ' ' || static_cast<unsigned char>(c) >= 0x80;
    };
    const bool has_digit = std::ranges::any_of(text, [](char c) { return c >= '0' && c <= '9'; });
    if (!has_digit || !std::ranges::all_of(text, fits) || characters(text) > max_register_number) return std::nullopt;
    return text;
}

std::optional<std::string> register_name(const std::map<std::string, std::string> &names, const std::string &typed) {
    const auto found = names.find(typed);
    return found == names.end() ? std::nullopt : std::optional(found->second);
}

} // namespace domain
