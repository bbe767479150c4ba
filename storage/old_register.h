// The counting facts of an old register, the imports that brought them, and how cases have counted since when.
#pragma once

#include "service/ports/register.h"
#include "storage/audit_chain.h"
#include "storage/rows.h"
#include "storage/writer.h"

namespace storage {

class RegisterReader final : public ports::RegisterReads {
public:
    explicit RegisterReader(Reader &reader) : reader_(reader) {}
    Result<ports::ImportCounts> compare(std::span<const domain::RegisterEntry> entries) override;

private:
    Reader &reader_;
};

class RegisterWriter final : public ports::RegisterWrites {
public:
    RegisterWriter(Writer &writer, const ChainHash &hash) : writer_(writer), hash_(hash) {}
    Result<ports::ImportCounts> import(std::span<const domain::RegisterEntry> entries, const Array<32> &file,
                                       crypto::AuditEntry audit) override;

private:
    Writer &writer_;
    const ChainHash &hash_;
};

// One for each import, as its entry in the log has it; of the newest as the rows stand now: whatever was done to them past the
// program shows. Rows that no import brought give one that no entry has.
Result<std::vector<Array<32>>> import_digests(Database &database);

// In the commit of a move. Nothing when the case counts as before.
Result<> note_standing(Database &database, base::CaseId id, domain::State state, std::span<const domain::Outcome> outcomes,
                       Day today);

} // namespace storage
