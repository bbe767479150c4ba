// Requests to see a reporter's identity.
#pragma once

#include "service/ports/identity.h"
#include "storage/audit_chain.h"
#include "storage/rows.h"
#include "storage/writer.h"

namespace storage {

class IdentityReader final : public ports::IdentityReads {
public:
    explicit IdentityReader(Reader &reader) : reader_(reader) {}
    Result<std::vector<base::OfficerId>> custodians(base::CaseId id) override;
    Result<std::optional<ports::IdentityRequestRow>> request_of(base::CaseId id, base::OfficerId requester) override;
    Result<std::vector<ports::IdentityLetterRow>> letters_to(base::OfficerId custodian) override;
    Result<std::optional<ports::IdentityLetterRow>> letter(base::ObjectId request, base::OfficerId custodian) override;
    Result<std::vector<ports::IdentityPaper>> papers_of(base::CaseId id, base::OfficerId officer) override;
    Result<std::optional<ports::IdentityRow>> identity(base::CaseId id, base::OfficerId custodian) override;

private:
    Reader &reader_;
};

class IdentityWriter final : public ports::IdentityWrites {
public:
    IdentityWriter(Writer &writer, const ChainHash &hash) : writer_(writer), hash_(hash) {}
    Result<> ask(ports::NewIdentityRequest request) override;
    Result<> decide(ports::IdentityDecided decision) override;
    Result<> show(ports::IdentityShown shown) override;

private:
    Writer &writer_;
    const ChainHash &hash_;
};

// In the caller's transaction.
Result<> void_identity_papers(Database &database, base::CaseId id, const ports::AccessChange::Voided &voided);
// Copies that nobody fetched in time. In the caller's transaction.
Result<> delete_stale_identities(Database &database, Day today);

} // namespace storage
