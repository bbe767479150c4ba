// What the agency says of itself: versions of one readable document, and the proposal that waits for a second person.
#pragma once

#include "service/ports/files.h"

namespace ports {

struct SettingsRow {
    std::uint64_t version = 0;
    std::string document;
    base::Seconds time = 0;
    base::OfficerId author;
    std::optional<base::OfficerId> second; // who confirmed it, where it needed two
    bool in_log = false; // the entry of the audit log that it names holds its digest: it was not edited behind the program's back
};

struct ProposalRow {
    base::ProposalId id;
    std::string document;
    base::Seconds time = 0;
    base::OfficerId author;
    bool in_log = false;
};

class SettingsReads {
public:
    virtual ~SettingsReads() = default;
    virtual base::Result<std::optional<SettingsRow>> newest() = 0;
    virtual base::Result<std::vector<SettingsRow>> versions(std::uint64_t most) = 0; // newest first
    virtual base::Result<std::optional<SettingsRow>> version(std::uint64_t number) = 0;
    virtual base::Result<std::optional<ProposalRow>> proposal() = 0; // at most one is open
};

class SettingsWrites {
public:
    virtual ~SettingsWrites() = default;
    // The row follows the newest version, and its proposal, where it confirms one, is still open and somebody else's: else
    // Code::conflict. `audit` is the entry with the digest of the document.
    virtual base::Result<> change(SettingsRow row, std::optional<base::ProposalId> confirms, crypto::AuditEntry audit) = 0;
    // `emblem`: the file of the picture in the document, complete before. It stays as long as the proposal or a version
    // names it, and goes with a proposal that is refused or withdrawn. Code::conflict: another one is open.
    virtual base::Result<> propose(ProposalRow row, std::optional<FileName> emblem, crypto::AuditEntry audit) = 0;
    virtual base::Result<> withdraw(base::ProposalId id, crypto::AuditEntry audit) = 0; // Code::conflict: it is not open any more
};

} // namespace ports
