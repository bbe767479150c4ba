// The agency's settings: versions and the open proposal.
#pragma once

#include "storage/audit_chain.h"
#include "storage/file_store.h"
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
    SettingsWriter(Writer &writer, FileStore &store, const ChainHash &hash)
        : writer_(writer), store_(store), hash_(hash) {}
    Result<> change(ports::SettingsRow row, std::optional<base::ProposalId> confirms, crypto::AuditEntry audit) override;
    Result<> propose(ports::ProposalRow row, std::optional<ports::FileName> emblem, crypto::AuditEntry audit) override;
    Result<> withdraw(base::ProposalId id, crypto::AuditEntry audit) override;

private:
    void drop(ports::FileName emblem); // unless a row names it
    Writer &writer_;
    FileStore &store_;
    const ChainHash &hash_;
};

} // namespace storage
