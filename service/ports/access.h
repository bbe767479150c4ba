// Who may read a case: slots, epochs and the records of both.
#pragma once

#include "service/ports/identity.h"

namespace ports {

class AccessReads {
public:
    virtual ~AccessReads() = default;
    // Everybody with a slot row of the case key in the newest epoch, decoys included.
    virtual base::Result<std::vector<base::OfficerId>> slot_holders(base::CaseId id) = 0;
    virtual base::Result<std::vector<base::OfficerId>> identity_slot_holders(base::CaseId id) = 0;
    virtual base::Result<std::optional<Bytes>> identity_slot(base::CaseId id, base::OfficerId officer) = 0;
    // Digests of the epoch certificates that the log knows of this case (subject = its pseudonym), in order.
    virtual base::Result<std::vector<Array<32>>> logged_epochs(const Array<32> &subject) = 0;
};

struct AccessChange {
    base::CaseId case_id;
    // Code::conflict when the case has another key, or when access was recorded meanwhile.
    crypto::Epoch expected_epoch = 1;
    std::uint32_t expected_records = 0;
    Day today;
    crypto::SealedObject object; // kind access, of the epoch that stands after the change
    std::vector<crypto::SealedSlot> slots; // replace these officers' rows; of the case key in the epoch that stands after it
    struct Next {
        EpochRow epoch;
        // Code::conflict when the case has moved on, or when somebody has a slot row and `slots` does not name them:
        // nobody may lose access unseen.
        std::uint32_t expected_version = 0;
    };
    // Of whoever loses the case by an exclusion: papers_of() them, each in the words of nobody. Code::conflict when there are others
    // by then.
    struct Voided {
        base::OfficerId officer;
        std::vector<IdentityPaper> papers;
    };
    std::optional<Voided> voided{};
    std::optional<Next> next; // begins an epoch: the rows of the one before go
    std::vector<crypto::AuditEntry> audit;
};

class AccessWrites {
public:
    virtual ~AccessWrites() = default;
    virtual base::Result<> change(std::vector<AccessChange> changes) = 0; // of different cases: all of them, or none
};

} // namespace ports
