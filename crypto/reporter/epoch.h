// When access to a case was taken away, later messages go to another case key. Which one it is, the receipt cannot say
// (its MAC covers the first only): a chain of certificates signed by officers does. Verifies; opens nothing.
#pragma once

#include "crypto/reporter/filing.h"

namespace crypto {

inline constexpr std::string_view epoch_domain = "sucharit/epoch/v1";

// What an officer signs when a case gets its next epoch. Bytes in FORMAT.md.
struct EpochCertificate {
    base::CaseId case_id;
    Epoch epoch = 2; // the new one: 2 or more
    BoxPublicKey case_key;
    Array<32> commitment{};
    base::OfficerId author;
    Array<32> previous{}; // record_digest for epoch 2, then digest() of the stored certificate of the epoch before
    Signature signature{};
    Bytes signed_bytes() const;
    Bytes stored() const; // signed_bytes() ‖ signature
    // The form only. Code::refused for another length or version, an epoch below 2, nobody as author, a degenerate key.
    static Result<EpochCertificate> parse(View stored);
};

// Where the chain begins: of the record of epoch 1.
Array<32> record_digest(const CaseRecord &first);

// The record of every epoch, the first included, from the stored certificates in order. Code::refused unless `first` is
// of epoch 1 and each certificate is of its case, of the next epoch, hangs on the one before, and is signed by its
// author, to whom a certificate known to the roster gives (or gave) the reading right. Says nothing of `first` itself,
// and cannot see that the last certificates were withheld.
Result<std::vector<CaseRecord>> verify_epochs(const CaseRecord &first, std::span<const Bytes> certificates,
                                              const Roster &roster);

// The record to seal a follow-up to (seal_follow_up takes its key and epoch). Code::refused as above, and when the
// first record is not as the holder of this receipt wrote it. Of a later record verify_record is not to be asked: it
// refuses.
Result<CaseRecord> current_case_key(const ReceiptKeys &keys, const CaseRecord &first,
                                    std::span<const Bytes> certificates, const Roster &roster);

} // namespace crypto
