// Taking access to a case away: the next epoch has a new case key, sealed only to those who stay. What was sealed
// before stays readable for whoever could read it; what comes after does not.
#pragma once

#include "crypto/officer/casework.h"
#include "crypto/reporter/epoch.h"

namespace crypto {

struct NextEpoch {
    CaseKey key;
    CaseRecord record; // the next epoch's; identity_commitment, reporter_key and record_mac stay the first one's
    std::vector<SealedSlot> slots;
    Bytes older_key; // 72 bytes: the key of the epoch before, under the new one
    EpochCertificate certificate;
};

// `record` is of the epoch that ends; `previous` its stored certificate, empty when it is the first. `slots` names
// everybody who has a slot for the case key, with a certificate or (taken away) without. Slots of the identity key are
// not part of an epoch. Code::refused for a key that the record does not commit to, a `previous` of another record, no
// epoch left, and a certificate without the reading right; Code::invalid for a plan with another purpose. How many must
// stay, and whether the author may do this, is the use case's to decide.
Result<NextEpoch> begin_epoch(const CaseKey &key, const CaseRecord &record, View previous, const OfficerKeys &author,
                              std::span<const SlotPlan> slots);

// One epoch back. `record` is of the epoch that `key` is of, `older` of the one before, both from verify_epochs.
// Code::refused for anything but the key to which `older` commits.
Result<CaseKey> open_older(const CaseKey &key, const CaseRecord &record, const CaseRecord &older, View sealed);

} // namespace crypto
