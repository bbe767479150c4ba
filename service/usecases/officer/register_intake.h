// An old register with its texts, taken in by an officer: each row is entered like a complaint that came by hand, and each once,
// however often the file comes.
#pragma once

#include "service/domain/register_texts.h"
#include "service/usecases/officer/entry.h"

namespace usecases {

struct IntakeFault {
    std::size_t line = 0;
    domain::Fault fault; // its field is the column; empty: the line as a whole
};
struct IntakeRow { // as the preview names it
    std::size_t line = 0;
    std::string number, channel, category;
    base::Day received;
    std::string facts;
};
struct IntakeLook {
    std::vector<IntakeFault> faults; // every one of every row, by line; with any nothing is taken in
    std::vector<IntakeRow> rows;
};
// Code::not_found as entry_page(); nothing is written.
base::Result<IntakeLook> look_at_register(const domain::Permitted<domain::Action::work_cases> &permitted, OfficerContext &context,
                                          std::string_view bytes, const domain::RegisterNames &names);

// So many rows are entered at once, each in a commit of its own; whoever sends the file again goes on.
inline constexpr std::size_t rows_at_once = 50;
struct IntakeDone {
    std::size_t taken = 0, there = 0; // there: taken in before
    std::size_t next = 0, rows = 0;   // where the next piece begins, of how many
};
struct IntakeRefused {
    enum class Why { not_found, faults, busy, storage_failed };
    Why why;
    IntakeDone done{}; // what stands nevertheless
};
// From the row `from` on, counted from 0.
std::expected<IntakeDone, IntakeRefused> take_in_register(const domain::Permitted<domain::Action::work_cases> &permitted,
                                                          OfficerContext &context, const OfficerSession &session, std::string_view bytes,
                                                          const domain::RegisterNames &names, std::size_t from);

} // namespace usecases
