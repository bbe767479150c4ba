#include "service/domain/register_file.h"

#include "service/domain/fiscal_year.h"
#include "service/domain/text.h"
#include "service/domain/typed_day.h"

#include <algorithm>
#include <set>

namespace domain {
namespace {

// "๑๒/๒๕๖๗" and "12/2567" are one number.
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

class RegisterReader {
public:
    explicit RegisterReader(const RegisterNames &names) : names_(names) {}

    std::expected<std::vector<RegisterEntry>, std::vector<RowFault>> read(std::string_view bytes) {
        const auto text = text_of_file(bytes);
        if (!text) return std::unexpected(std::vector<RowFault>{{text.error(), "", "fault.csv.not_text"}});
        Csv csv = read_csv(*text);
        for (const CsvFault &one : csv.faults)
            faults_.push_back({one.line, "", one.key});
        // Without a header that is right nothing below it means anything.
        if (csv.records.empty() && faults_.empty())
            faults_.push_back({1, "", "fault.csv.empty"});
        else if (!csv.records.empty() && header(csv.records.front()))
            for (std::size_t i = 1; i < csv.records.size(); ++i)
                row(csv.records[i]);
        if (faults_.empty()) return std::move(entries_);
        std::ranges::stable_sort(faults_, {}, &RowFault::line);
        return std::unexpected(std::move(faults_));
    }

private:
    bool header(const CsvRecord &record) {
        const std::size_t before = faults_.size();
        std::set<std::string> seen;
        for (const std::string &cell : record.cells) {
            const std::string name = clean_line(cell);
            if (std::ranges::find(register_columns, name) == std::end(register_columns))
                faults_.push_back({record.line, "", "fault.register.column_unknown", std::to_string(columns_.size() + 1)});
            else if (!seen.insert(name).second)
                faults_.push_back({record.line, name, "fault.register.column_twice"});
            columns_.push_back(name);
        }
        for (const std::string_view wanted : register_columns)
            if (!seen.contains(std::string(wanted))) faults_.push_back({record.line, std::string(wanted), "fault.register.column_missing"});
        return faults_.size() == before;
    }

    void row(const CsvRecord &record) {
        if (record.cells.size() != columns_.size()) {
            faults_.push_back({record.line, "", "fault.csv.cells", std::to_string(columns_.size())});
            return;
        }
        line_ = record.line;
        std::map<std::string_view, std::string> cells;
        for (std::size_t i = 0; i < columns_.size(); ++i)
            cells[columns_[i]] = clean_line(record.cells[i]);
        const std::size_t before = faults_.size();
        RegisterEntry entry;
        if (const auto number = needed(cells, "register_no", "fault.register.number", register_number)) entry.number = *number;
        const auto named_in = [](const std::map<std::string, std::string> &list) {
            return [&list](const std::string &typed) {
                const auto found = list.find(typed);
                return found == list.end() ? std::nullopt : std::optional(found->second);
            };
        };
        if (const auto id = needed(cells, "channel", "fault.register.channel", named_in(names_.channels))) entry.channel = *id;
        if (const auto id = needed(cells, "category", "fault.register.category", named_in(names_.categories))) entry.category = *id;
        if (const auto day = needed(cells, "received", "fault.date.invalid", typed_day)) entry.received = *day;
        entry.year = fiscal_year(entry.received);
        end_of(entry, cells);
        if (faults_.size() == before) add(std::move(entry));
    }

    // State, outcome and the day of the end: together or not at all.
    void end_of(RegisterEntry &entry, std::map<std::string_view, std::string> &cells) {
        const auto state = needed(cells, "state", "fault.register.state", register_state);
        if (!state) return;
        entry.state = *state;
        if (entry.state != State::closed) {
            for (const char *column : {"outcome", "closed"})
                if (!cells[column].empty()) fault(column, "fault.register.not_closed");
            return;
        }
        entry.outcome = needed(cells, "outcome", "fault.register.outcome", outcome_from);
        entry.closed = needed(cells, "closed", "fault.date.invalid", typed_day);
        const bool both_known = entry.closed && typed_day(cells["received"]);
        if (both_known && *entry.closed < entry.received) fault("closed", "fault.register.closed_early");
    }

    void add(RegisterEntry entry) {
        const auto [first, fresh] = lines_.try_emplace({entry.year, entry.number}, line_);
        if (!fresh)
            faults_.push_back({line_, "register_no", "fault.register.twice", std::to_string(first->second)});
        else
            entries_.push_back(std::move(entry));
    }

    template <class Read>
    auto needed(std::map<std::string_view, std::string> &cells, const char *column, std::string_view key, Read read)
        -> decltype(read(std::string())) {
        const std::string &cell = cells[column];
        if (cell.empty()) {
            fault(column, "fault.field.missing");
            return std::nullopt;
        }
        auto out = read(cell);
        if (!out) fault(column, key);
        return out;
    }
    void fault(std::string_view column, std::string_view key) { faults_.push_back({line_, std::string(column), key}); }

    const RegisterNames &names_;
    std::vector<std::string> columns_;
    std::size_t line_ = 0;
    std::map<std::pair<int, std::string>, std::size_t> lines_;
    std::vector<RegisterEntry> entries_;
    std::vector<RowFault> faults_;
};

} // namespace

std::expected<std::vector<RegisterEntry>, std::vector<RowFault>> read_register(std::string_view bytes, const RegisterNames &names) {
    return RegisterReader(names).read(bytes);
}

std::optional<State> register_state(std::string_view id) {
    const auto out = state_from(id);
    return out && !waits_to_be_confirmed(*out) ? out : std::nullopt;
}

} // namespace domain
