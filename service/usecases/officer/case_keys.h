// The keys of one case as they open for one officer: of the newest epoch from the slot, of the others from it.
#pragma once

#include "crypto/officer/epoch.h"
#include "service/usecases/officer/session.h"

namespace usecases {

struct CaseKeys {
    std::vector<crypto::CaseRecord> records; // by epoch; the first is 1
    std::vector<crypto::CaseKey> keys;       // the same
    const crypto::CaseKey *of(crypto::Epoch epoch) const {
        return epoch >= 1 && epoch <= keys.size() ? &keys[epoch - 1] : nullptr;
    }
    const crypto::CaseKey &newest() const { return keys.back(); }
    const crypto::CaseRecord &record() const { return records.back(); }
};

// Code::not_found when the slot does not open. Code::refused when it does, but the chain of epochs is not signed by
// officers with the reading right, does not lead back to the first key, or is not the one that the log knows: an epoch
// that somebody withholds or forges is seen here.
base::Result<CaseKeys> open_case_keys(OfficerContext &context, const OfficerSession &session, const crypto::Roster &roster,
                                      const ports::SlotRow &slot);

// Whether the slot opens, for lists: costs the same whatever the case is.
bool opens(const OfficerSession &session, const ports::SlotRow &slot);

// Every case of the agency has a slot row for each reader, decoy or not, and each is tried. Tried in whole groups, the
// work does not grow with each case that is hidden from an officer. `tried`: how many were.
void fill_group(const OfficerSession &session, std::size_t tried, std::size_t together = 256);

} // namespace usecases
