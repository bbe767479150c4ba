// Officers' own accounts: passphrase, recovery, new keys.
#pragma once

#include "service/ports/account.h"
#include "storage/audit_chain.h"
#include "storage/rows.h"
#include "storage/writer.h"

namespace storage {

class AccountReader final : public ports::AccountReads {
public:
    explicit AccountReader(Reader &reader) : reader_(reader) {}

    Result<std::optional<ports::RecoveryRow>> recovery(base::OfficerId officer) override;
    Result<std::optional<ports::FormerKeysRow>> former_keys(base::OfficerId officer) override;
    Result<std::vector<ports::OwnSlot>> own_slots(base::OfficerId officer, const std::optional<ports::OwnSlot> &after,
                                                  std::size_t limit) override;

private:
    Reader &reader_;
};

class AccountWriter final : public ports::AccountWrites {
public:
    AccountWriter(Writer &writer, ChainHash hash) : writer_(writer), hash_(std::move(hash)) {}

    Result<> change_passphrase(ports::NewPassphrase change, std::vector<crypto::AuditEntry> entries) override;
    Result<> set_recovery(const ports::OfficerRow &as_read, ports::RecoveryRow recovery,
                          std::vector<crypto::AuditEntry> entries) override;
    Result<> recover(ports::NewPassphrase change, const Array<32> &used, ports::RecoveryRow next,
                     std::vector<crypto::AuditEntry> entries) override;
    Result<> rotate(ports::NewKeys keys, std::vector<crypto::AuditEntry> entries) override;
    Result<> reseal(base::OfficerId officer, std::vector<ports::ResealedSlot> slots) override;
    Result<> forget_former(base::OfficerId officer, std::uint32_t generation) override;

private:
    Writer &writer_;
    ChainHash hash_;
};

} // namespace storage
