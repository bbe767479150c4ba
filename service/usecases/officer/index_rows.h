// A case as a row: made from the opened case, kept in the officer's list, shown in the queue.
#pragma once

#include "service/usecases/officer/case_index.h"
#include "service/usecases/officer/opened_case.h"

namespace usecases {

// As officers type it: see domain::FieldType::case_number.
std::string typed_number(const ports::RegisterNumber &number);

QueueRow row_of(const OfficerContext &context, const OpenedCase &opened, base::OfficerId viewer);

// What a list has of one case.
struct Indexed {
    IndexRow row;
    IndexDetail detail;
};
Indexed indexed(const OfficerContext &context, const ports::SlotRow &slot, const OpenedCase &opened, base::OfficerId viewer,
                CaseIndex &index); // whose names it adds to
Indexed indexed_damaged(const ports::SlotRow &slot); // tampered with: it stays in sight, its page says so

// Of the rows that the store has of a case: while it is the same, nothing was done to them.
base::Array<16> stamp_of(const ports::SlotRow &slot);

// What hangs on the day, on who holds which post and on the limits, once more.
void work_out(IndexRow &row, const IndexDetail &detail, const AgencySnapshot &agency, const domain::Deadlines &deadlines,
              base::OfficerId viewer);
// All that work_out() looks at beside the case.
base::Array<32> agency_digest(const OfficerContext &context, const AgencySnapshot &agency);

QueueRow shown(const IndexRow &row, const IndexDetail &detail, const domain::Deadlines &deadlines, base::Day today);

} // namespace usecases
