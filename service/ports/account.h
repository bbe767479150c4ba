// What is written of an officer's own account: passphrase, recovery, new keys. The rows themselves are ports::OfficerRow.
#pragma once

#include "crypto/reporter/slot.h"
#include "service/ports/rows.h"

namespace ports {

struct RecoveryRow {
    Array<32> check{}; // crypto::recovery_check()
    Bytes sealed;      // crypto::seal_recovery()
};

// Keys before the present ones, while slots are still being sealed anew.
struct FormerKeysRow {
    std::uint32_t generation = 0;
    crypto::BoxPublicKey box;
    crypto::SignPublicKey sign;
    Bytes sealed; // crypto::seal_former()
    Day since;    // of the present keys
};

struct OwnSlot {
    crypto::SlotPurpose purpose = crypto::SlotPurpose::case_key;
    base::CaseId case_id;
    crypto::Epoch epoch = 0;
    Bytes sealed;
};

class AccountReads {
public:
    virtual ~AccountReads() = default;
    virtual base::Result<std::optional<RecoveryRow>> recovery(base::OfficerId officer) = 0;
    virtual base::Result<std::optional<FormerKeysRow>> former_keys(base::OfficerId officer) = 0;
    // Slots of all purposes, epochs and days, decoys included, behind `after` in the order of their key, `limit` at most.
    virtual base::Result<std::vector<OwnSlot>> own_slots(base::OfficerId officer, const std::optional<OwnSlot> &after,
                                                         std::size_t limit) = 0;
};

// Another passphrase, with everything that was sealed under the old one. `as_read`: the row on which it is built; Code::conflict
// when passphrase, keys or second factor are others meanwhile, or the account is disabled.
struct NewPassphrase {
    OfficerRow as_read;
    Array<16> salt{};
    std::uint32_t operations = 0;
    std::uint64_t memory = 0;
    Array<32> authentication_hash{};
    Bytes sealed_keys;
    Bytes second_factor; // sealed anew, where there is one; in a recovery it goes
};

struct NewKeys {
    OfficerRow as_read;
    crypto::BoxPublicKey box; // of generation as_read.key_generation + 1
    crypto::SignPublicKey sign;
    Bytes sealed_keys;
    Bytes certificate;
    FormerKeysRow former;
    RecoveryRow recovery; // in place of any other
};

struct ResealedSlot {
    OwnSlot was;
    Bytes sealed;
};

class AccountWrites {
public:
    virtual ~AccountWrites() = default;
    virtual base::Result<> change_passphrase(NewPassphrase change, std::vector<crypto::AuditEntry> entries) = 0;
    // In place of any other. Code::conflict: the keys are others meanwhile.
    virtual base::Result<> set_recovery(const OfficerRow &as_read, RecoveryRow recovery, std::vector<crypto::AuditEntry> entries) = 0;
    // Uses the code that has this check, once: Code::conflict when it is used, voided or replaced. The second factor goes.
    virtual base::Result<> recover(NewPassphrase change, const Array<32> &used, RecoveryRow next,
                                   std::vector<crypto::AuditEntry> entries) = 0;
    // Code::conflict also while former keys stand there.
    virtual base::Result<> rotate(NewKeys keys, std::vector<crypto::AuditEntry> entries) = 0;
    // A slot that changed meanwhile stays as it is.
    virtual base::Result<> reseal(base::OfficerId officer, std::vector<ResealedSlot> slots) = 0;
    virtual base::Result<> forget_former(base::OfficerId officer, std::uint32_t generation) = 0;
};

} // namespace ports
