// The audit log: officers' events are chained at once; a reporter's wait under a random id until the nightly batch, so
// that neither their order nor their time can be read from the chain.
#pragma once

#include "storage/database.h"

#include "service/ports/officer_store.h"

#include <functional>
#include <span>

namespace storage {

// Hash of entry `sequence` (the first is 1, before it stands a head of zeros). Injected: storage holds no audit key.
using ChainHash = std::function<Array<32>(std::uint64_t sequence, const Array<32> &previous, View entry)>;

Result<ports::ChainHead> chain_head(Database &database);

// Recomputes the newest entry's hash. Code::refused: the log was changed, or the audit key is another one.
Result<> check_head(Database &database, const ChainHash &hash);

// Walks the whole log: no entry missing, altered, swapped or filed under another case than it names, and every head that
// an officer countersigned stands where it stood. Code::refused otherwise. About a million entries in a few seconds.
Result<> check_chain(Database &database, const ChainHash &hash);

// Each in the caller's transaction.
Result<> chain(Database &database, const ChainHash &hash, std::span<const crypto::AuditEntry> entries);
Result<> wait(Database &database, const crypto::AuditEntry &entry); // Code::invalid: it names an actor or a time of day
// At most so many of them, sorted by random id; false: no further one waits.
Result<bool> chain_waiting(Database &database, const ChainHash &hash, std::int64_t most);

// See ports::AccessReads::logged_epochs().
Result<std::vector<Array<32>>> logged_epochs(Database &database, const Array<32> &subject);
// See ports::OfficerReads::prints().
Result<std::vector<crypto::AuditEntry>> logged_prints(Database &database, const Array<32> &subject);

// See ports::OfficerReads::digests().
Result<std::vector<ports::ObjectDigest>> digests(Database &database, const Array<32> &subject, base::CaseId id,
                                                 Day today);

} // namespace storage
