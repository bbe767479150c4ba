// The agency's settings: versions and the open proposal.
#pragma once

#include "storage/audit_chain.h"
#include "storage/rows.h"
#include "storage/writer.h"

namespace storage {

class SettingsReader final : public ports::SettingsReads {
public:
    explicit SettingsReader(Reader &reader) : reader_(reader) {}
    Result<std::optional<ports::SettingsRow>> newest() override;
    Result<std::vector<ports::SettingsRow>> versions(std::uint64_t most) override;
    Result<std::optional<ports::SettingsRow>> version(std::uint64_t number) override;
    Result<std::optional<ports::ProposalRow>> proposal() override;

private:
    Reader &reader_;
};

class SettingsWriter final : public ports::SettingsWrites {
public:
    SettingsWriter(Writer &writer, const ChainHash &hash) : writer_(writer), hash_(hash) {}
    Result<> change(ports::SettingsRow row, std::optional<base::ProposalId> confirms, crypto::AuditEntry audit) override;
    Result<> propose(ports::ProposalRow row, crypto::AuditEntry audit) override;
    Result<> withdraw(base::ProposalId id, crypto::AuditEntry audit) override;

private:
    Writer &writer_;
    const ChainHash &hash_;
};

} // namespace storage
