// Officers' second factors: which step was used last, and by whom first.
#pragma once

#include "service/ports/second_factor.h"
#include "storage/audit_chain.h"
#include "storage/rows.h"
#include "storage/writer.h"

namespace storage {

Result<> insert_second_factor(Database &database, base::OfficerId officer, const ports::SecondFactorRow &factor);

class SecondFactorWriter final : public ports::SecondFactorWrites {
public:
    SecondFactorWriter(Writer &writer, ChainHash hash) : writer_(writer), hash_(std::move(hash)) {}

    Result<> use_code(ports::CodeUsed used, std::vector<crypto::AuditEntry> entries) override;
    Result<> set(base::OfficerId officer, ports::SecondFactorRow factor, std::optional<base::Bytes> replaced,
                 std::vector<crypto::AuditEntry> entries) override;

private:
    Writer &writer_;
    ChainHash hash_;
};

} // namespace storage
