// Brings an officer's list of cases up to date, within a request of that officer, who alone has the keys: it opens what has changed and no
// more, and of very much a piece at a time.
#pragma once

#include "service/usecases/officer/index_rows.h"

namespace usecases {

struct IndexBudget {
    std::size_t at_once = 24;  // cases that are opened in any request
    std::size_t piece = 400;   // and of more, in the one request at a time that opens a piece
    std::size_t looked_at = 4; // that did not change, by the log, and are opened again: round and round
    std::size_t afresh = 2000; // so many changed: it is begun anew
};

// Between reads.one_state() and its end, with the agency as it was before. What is left to open stands in known().todo.
base::Result<CaseIndex> refreshed_index(OfficerContext &context, const OfficerSession &session,
                                        const std::shared_ptr<const AgencySnapshot> &agency, const IndexBudget &budget = {});

// Of these rows: whether what the store has of them is still that from which they were made. What is not is opened again; then rows may
// have gone or changed their places.
base::Result<bool> still_stand(OfficerContext &context, const OfficerSession &session,
                               const std::shared_ptr<const AgencySnapshot> &agency, CaseIndex &index, std::span<const std::size_t> rows);

void keep(OfficerContext &context, const OfficerSession &session, CaseIndex &index); // for the next request

} // namespace usecases
