// A complaint that came by another way than the web, as the officer who took it types it.
#pragma once

#include "service/domain/complaint.h"
#include "service/domain/workflow.h"

namespace domain {

struct EntryForm {
    std::map<std::string, std::string> values{}; // of entry_transition()'s fields, as typed: how it came
    FilingForm complaint{};                      // what it says; the category is the one among `values`
};

struct CheckedEntry {
    MoveValues values;
    base::Day received{};
    CheckedFiling filing;
};

// Older than this is a slip of the year, or a register that is long closed.
inline constexpr int oldest_entry_days = 5 * 366;

const Transition &entry_transition();

// Every fault at once, how it came before what it says. `by`: who types; they may name nobody less than themselves, for then somebody
// else must type it. Keys: those of check_move() and of check() for complaints, fault.date.future, fault.date.too_old, fault.date.past,
// fault.date.too_far, fault.entry.yourself.
std::expected<CheckedEntry, std::vector<Fault>> check(const EntryForm &form, std::span<const Holder> line, base::OfficerId by,
                                                      base::Day today, int oldest_days = oldest_entry_days);

} // namespace domain
