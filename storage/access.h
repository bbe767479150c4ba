// Slots, epochs and who holds them.
#pragma once

#include "storage/audit_chain.h"
#include "storage/rows.h"
#include "storage/writer.h"

namespace storage {

class AccessReader final : public ports::AccessReads {
public:
    explicit AccessReader(Reader &reader) : reader_(reader) {}

    Result<std::vector<base::OfficerId>> slot_holders(base::CaseId id) override;
    Result<std::vector<base::OfficerId>> identity_slot_holders(base::CaseId id) override;
    Result<std::optional<Bytes>> identity_slot(base::CaseId id, base::OfficerId officer) override;
    Result<std::vector<Array<32>>> logged_epochs(const Array<32> &subject) override;

private:
    Reader &reader_;
};

class AccessWriter final : public ports::AccessWrites {
public:
    AccessWriter(Writer &writer, const ChainHash &hash) : writer_(writer), hash_(hash) {}

    // Code::not_found: no such case, or not visible yet; conflict: see ports::AccessChange; invalid: parts that do not
    // belong together.
    Result<> change(std::vector<ports::AccessChange> changes) override;

private:
    Writer &writer_;
    const ChainHash &hash_;
};

} // namespace storage
