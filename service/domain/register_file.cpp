#include "service/domain/register_file.h"

#include "service/domain/fiscal_year.h"
#include "service/domain/register_table.h"
#include "service/domain/typed_day.h"

namespace domain {
namespace {

class RegisterReader {
public:
    explicit RegisterReader(const RegisterNames &names) : names_(names) {}

    std::expected<std::vector<RegisterEntry>, std::vector<RowFault>> read(std::string_view bytes) {
        table_.read(bytes, {register_columns, {}}, {}, [this](std::size_t line, const Cells &cells) { row(line, cells); });
        if (table_.faults() > 0) return std::unexpected(table_.take_faults());
        return std::move(entries_);
    }

private:
    using Cells = RegisterTable::Cells;

    void row(std::size_t line, const Cells &cells) {
        const std::size_t before = table_.faults();
        RegisterEntry entry;
        const auto needed = [&](std::string_view column, std::string_view key, auto reader) { return table_.needed(line, cells, column, key, reader); };
        const auto named_in = [](const std::map<std::string, std::string> &list) {
            return [&list](const std::string &typed) { return register_name(list, typed); };
        };
        if (const auto number = needed("register_no", "fault.register.number", register_number)) entry.number = *number;
        if (const auto id = needed("channel", "fault.register.channel", named_in(names_.channels))) entry.channel = *id;
        if (const auto id = needed("category", "fault.register.category", named_in(names_.categories))) entry.category = *id;
        const auto received = needed("received", "fault.date.invalid", typed_day);
        if (received) {
            entry.received = *received;
            entry.year = fiscal_year(*received);
        }
        end_of(line, cells, entry, received.has_value());
        if (table_.faults() == before) add(line, std::move(entry));
    }

    // State, outcome and the day of the end: together or not at all.
    void end_of(std::size_t line, const Cells &cells, RegisterEntry &entry, bool received) {
        const auto state = table_.needed(line, cells, "state", "fault.register.state", register_state);
        if (!state) return;
        entry.state = *state;
        if (entry.state != State::closed) {
            for (const char *column : {"outcome", "closed"})
                if (!cells.at(column).empty()) table_.fault(line, column, "fault.register.not_closed");
            return;
        }
        entry.outcome = table_.needed(line, cells, "outcome", "fault.register.outcome", outcome_from);
        entry.closed = table_.needed(line, cells, "closed", "fault.date.invalid", typed_day);
        if (received && entry.closed && *entry.closed < entry.received) table_.fault(line, "closed", "fault.register.closed_early");
    }

    void add(std::size_t line, RegisterEntry entry) {
        const auto [first, fresh] = lines_.try_emplace({entry.year, entry.number}, line);
        if (!fresh)
            table_.fault(line, "register_no", "fault.register.twice", std::to_string(first->second));
        else
            entries_.push_back(std::move(entry));
    }

    const RegisterNames &names_;
    RegisterTable table_;
    std::map<std::pair<int, std::string>, std::size_t> lines_;
    std::vector<RegisterEntry> entries_;
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
