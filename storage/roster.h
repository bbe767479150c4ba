// Accounts and posts: what is proposed, what is signed, and which readers an officer has taken note of.
#pragma once

#include "storage/audit_chain.h"
#include "storage/rows.h"
#include "storage/writer.h"

#include "service/ports/roster.h"

namespace storage {

class RosterReader final : public ports::RosterReads {
public:
    explicit RosterReader(Reader &reader) : reader_(reader) {}
    Result<ports::Proposals> proposals() override;
    Result<std::optional<ports::ProposedAccount>> invited(const Array<32> &invitation) override;
    Result<Bytes> seen_certificates(base::OfficerId officer) override;

private:
    Reader &reader_;
};

class RosterWriter final : public ports::RosterWrites {
public:
    RosterWriter(Writer &writer, const ChainHash &hash) : writer_(writer), hash_(hash) {}
    Result<> propose(ports::Proposal proposal, std::vector<crypto::AuditEntry> audit) override;
    Result<> withdraw_account(base::OfficerId officer, std::vector<crypto::AuditEntry> audit) override;
    Result<> withdraw_post(base::AppointmentId id, std::vector<crypto::AuditEntry> audit) override;
    Result<> redeem(ports::Redeemed redeemed, std::vector<crypto::AuditEntry> audit) override;
    Result<> sign(ports::SignedActs acts, std::vector<crypto::AuditEntry> audit) override;
    Result<> confirm_seen(base::OfficerId officer, Bytes seen) override;

private:
    Writer &writer_;
    const ChainHash &hash_;
};

} // namespace storage
