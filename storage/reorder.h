// Lays rows anew so that their places in the file tell nothing of the order in which they came, in small pieces between which
// the writer serves others. VACUUM does the same for a whole file at once, in memory, and nobody writes meanwhile.
#pragma once

#include "storage/writer.h"

#include <atomic>

namespace storage {

// All cases with an object of `since` or later; without it, all cases. Code::unavailable: `give_up` became true; what was
// done stands.
Result<> reorder_cases(Writer &writer, Database &reader, std::optional<Day> since, const std::atomic<bool> &give_up);

} // namespace storage
