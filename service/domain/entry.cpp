#include "service/domain/entry.h"

#include "service/domain/typed_day.h"

#include <algorithm>

namespace domain {
namespace {

constexpr int most_days_ahead = 366; // a mistyped year

void check_days(const MoveValues &values, base::Day today, int oldest_days, std::vector<Fault> &faults) {
    for (const char *field : {"received", "from_letter_date"}) {
        const auto day = typed_day(values.at(field));
        if (day && *day > today)
            faults.push_back({field, "fault.date.future"});
        else if (day && day->number < today.number - oldest_days)
            faults.push_back({field, "fault.date.too_old"});
    }
    const auto due = typed_day(values.at("agency_due"));
    if (due && *due <= today)
        faults.push_back({"agency_due", "fault.date.past"});
    else if (due && due->number - today.number > most_days_ahead)
        faults.push_back({"agency_due", "fault.date.too_far"});
}

} // namespace

const Transition &entry_transition() { return *find_transition(State::submitted, "enter"); }

std::expected<CheckedEntry, std::vector<Fault>> check(const EntryForm &form, std::span<const Holder> line, base::OfficerId by,
                                                      base::Day today, int oldest_days) {
    std::vector<Fault> faults;
    CheckedEntry out;
    if (auto values = check_move(entry_transition(), form.values, 0))
        out.values = std::move(*values);
    else
        faults = std::move(values.error());
    check_days(out.values, today, oldest_days, faults);
    FilingForm complaint = form.complaint;
    complaint.category = out.values.at("category");
    complaint.acknowledge = true; // a statement of who reports, which nobody makes for them
    auto filing = check(complaint, line);
    if (filing)
        out.filing = std::move(*filing);
    else
        faults.insert(faults.end(), filing.error().begin(), filing.error().end());
    if (std::ranges::find(form.complaint.excluded, by.text()) != form.complaint.excluded.end()) {
        std::erase_if(faults, [](const Fault &fault) { return fault.field == "excluded"; });
        faults.push_back({"excluded", "fault.entry.yourself"});
    }
    if (!faults.empty())
        return std::unexpected(std::move(faults));
    out.received = *typed_day(out.values.at("received"));
    out.filing.complaint.by_hand = true;
    return out;
}

} // namespace domain
