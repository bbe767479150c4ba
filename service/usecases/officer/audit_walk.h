// Walks the hash chain of the audit log and says by number what does not fit: more than that it was changed somewhere,
// which the store finds by itself at every start.
#pragma once

#include "service/ports/audit_log.h"

#include <vector>

namespace usecases {

enum class AuditFault {
    altered,         // the entry was rewritten
    hash_altered,    // the entry stands, its hash does not
    swapped,         // stands where another one stood (other: that one's number)
    added,           // was put in between
    missing,         // was taken out
    unproven,        // the one before it is missing, so nothing proves it
    malformed,       // chained, and no entry of any known format
    misfiled,        // the columns that find it name another case or object
    signed_otherwise, // an officer signed another log up to here (other: the last number that agrees with a signature)
    signature_false, // the countersignature of that head is not the officer's
    signature_gone,  // the log says that somebody signed, and the signature is not there
    signature_unlogged, // a signature that the log does not know
    roster_set_back, // an officer signed a later state of the certificates than the one that stands
    row_gone,        // the certificate, revocation, appointment, ending, epoch or settings that the entry names
    row_unlogged,    // one that no entry names
    object_gone,     // the sealed object that the entry names
    object_altered,  // it is not the one that was logged
    object_moved,    // it lies in another case
    object_unlogged, // one that no entry names
};

struct AuditFinding {
    AuditFault fault;
    std::uint64_t sequence = 0; // of the entry; 0: none stands for it
    std::uint64_t other = 0;
    std::string about;          // officer, table or object as hex; never anything of a case
};

// One entry of the log, as the checks after the walk use it.
struct WalkedEntry {
    std::uint64_t sequence = 0;
    base::Bytes entry;
    base::Array<32> hash{};
};

// Head `sequence` from the one before it; storage and crypto agree on it in FORMAT.md.
using ChainStep = std::function<base::Array<32>(std::uint64_t sequence, const base::Array<32> &previous, base::View entry)>;

// `rows` in the order of their numbers. What was swapped is put right in them, and what was added is taken out, so that later
// checks see the log as it was. A fault hides no other: after each one the walk goes on from what the next rows prove.
std::vector<AuditFinding> walk_chain(std::vector<WalkedEntry> &rows, const ChainStep &step);

} // namespace usecases
