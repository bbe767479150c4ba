#include "service/domain/register_texts.h"

#include "service/domain/fiscal_year.h"
#include "service/domain/register_table.h"
#include "service/domain/typed_day.h"

#include <array>

namespace domain {
namespace {

constexpr std::string_view needed_columns[] = {"register_no", "channel", "received", "category", "facts"};
constexpr std::string_view besides[] = {"state", "outcome", "closed", "secrecy", "subject_name", "subject_position", "subject_unit",
                                        "when", "where", "witnesses", "elsewhere", "wish", "name", "address", "phone", "email",
                                        "from_agency", "from_letter", "from_letter_date", "agency_due"};
constexpr std::string_view several_lines[] = {"facts", "witnesses", "elsewhere", "wish", "address"};

std::string cell(const RegisterTable::Cells &cells, std::string_view column) {
    const auto found = cells.find(column);
    return found == cells.end() ? std::string() : found->second;
}

FilingForm complaint_of(const RegisterTable::Cells &cells) {
    FilingForm out;
    out.subject_name = cell(cells, "subject_name");
    out.subject_position = cell(cells, "subject_position");
    out.subject_unit = cell(cells, "subject_unit");
    out.subject_unknown = out.subject_name.empty() && out.subject_position.empty();
    out.facts = cell(cells, "facts");
    out.when = cell(cells, "when");
    out.where = cell(cells, "where");
    out.witnesses = cell(cells, "witnesses");
    out.elsewhere = cell(cells, "elsewhere");
    out.wish = cell(cells, "wish");
    out.name = cell(cells, "name");
    out.address = cell(cells, "address");
    out.phone = cell(cells, "phone");
    out.email = cell(cells, "email");
    out.anonymous = out.name.empty() && out.address.empty() && out.phone.empty() && out.email.empty();
    return out;
}

class TextsReader {
public:
    explicit TextsReader(const RegisterNames &names) : names_(names) {}

    std::expected<std::vector<RegisterRow>, std::vector<RowFault>> read(std::string_view bytes) {
        table_.read(bytes, {needed_columns, besides}, several_lines, [this](std::size_t line, const RegisterTable::Cells &cells) { row(line, cells); });
        if (rows_.size() > max_rows_with_texts)
            table_.fault(rows_[max_rows_with_texts].line, "", "fault.register.too_many", std::to_string(max_rows_with_texts));
        if (table_.faults() > 0) return std::unexpected(table_.take_faults());
        return std::move(rows_);
    }

private:
    void row(std::size_t line, const RegisterTable::Cells &cells) {
        const std::size_t before = table_.faults();
        RegisterRow out{line, 0, {}, {}};
        const auto needed = [&](std::string_view column, std::string_view key, auto reader) { return table_.needed(line, cells, column, key, reader); };
        const auto number = needed("register_no", "fault.register.number", register_number);
        const auto channel = needed("channel", "fault.register.channel", [&](const std::string &typed) { return register_name(names_.channels, typed); });
        const auto category = needed("category", "fault.register.category", [&](const std::string &typed) { return register_name(names_.categories, typed); });
        const auto received = needed("received", "fault.date.invalid", typed_day);
        (void)needed("facts", "fault.field.missing", [](const std::string &typed) { return std::optional(typed); });
        ends(line, cells);
        if (table_.faults() > before) return;
        out.year = fiscal_year(*received);
        out.number = *number;
        const std::string secrecy = cell(cells, "secrecy");
        out.form.values = {{"channel", *channel}, {"category", *category}, {"received", day_to_type(*received)}, {"old_number", *number},
                           {"secrecy", secrecy.empty() ? "confidential" : secrecy}};
        for (const char *column : {"from_agency", "from_letter", "from_letter_date", "agency_due"})
            out.form.values[column] = cell(cells, column);
        out.form.complaint = complaint_of(cells);
        const auto [first, fresh] = lines_.try_emplace({out.form.values["channel"], out.year, out.number}, line);
        if (!fresh)
            table_.fault(line, "register_no", "fault.register.twice", std::to_string(first->second));
        else
            rows_.push_back(std::move(out));
    }

    // What has ended was decided by somebody whose signature the program does not have.
    void ends(std::size_t line, const RegisterTable::Cells &cells) {
        const std::string state = cell(cells, "state");
        const auto known = register_state(state);
        if (!state.empty() && !known)
            table_.fault(line, "state", "fault.register.state");
        else if ((known && is_finished(*known)) || !cell(cells, "outcome").empty() || !cell(cells, "closed").empty())
            table_.fault(line, "state", "fault.register.ended");
    }

    const RegisterNames &names_;
    RegisterTable table_;
    std::map<std::tuple<std::string, int, std::string>, std::size_t> lines_;
    std::vector<RegisterRow> rows_;
};

} // namespace

std::span<const std::string_view> text_columns() {
    static constexpr auto all = [] {
        std::array<std::string_view, std::size(needed_columns) + std::size(besides)> out{};
        std::size_t at = 0;
        for (const auto name : needed_columns)
            out[at++] = name;
        for (const auto name : besides)
            out[at++] = name;
        return out;
    }();
    return all;
}

std::expected<std::vector<RegisterRow>, std::vector<RowFault>> read_register_texts(std::string_view bytes, const RegisterNames &names) {
    return TextsReader(names).read(bytes);
}

} // namespace domain
