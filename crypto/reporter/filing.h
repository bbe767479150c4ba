// What the reporter's side of the server can do: seal a complaint and a follow-up, verify its own record, read officers'
// replies. Nothing in this library opens slots, bodies or files.
#pragma once

#include "crypto/primitives/object.h"
#include "crypto/reporter/certificate.h"
#include "crypto/reporter/receipt.h"

namespace crypto {

enum class SlotPurpose : std::uint8_t { case_key = 1, identity_key = 2 };

// One slot that will stand in the database. A decoy is sealed to a throwaway key: it looks like any other.
struct SlotPlan {
    base::OfficerId officer;
    const CertificateFields *certificate; // from Roster::live(); nullptr makes a decoy
    SlotPurpose purpose;
};

struct SealedSlot {
    base::OfficerId officer;
    SlotPurpose purpose;
    Bytes sealed;
};

struct SealedObject {
    ObjectHeader header;
    Bytes sealed;
};

// The columns of a case that bind it together; see FORMAT.md.
struct CaseRecord {
    base::CaseId case_id;
    Epoch epoch = 1;
    Array<32> commitment{};          // BLAKE2b(key = kdf(CK), case id ‖ epoch): nobody can be given another key
    Array<32> identity_commitment{}; // the same for IK
    BoxPublicKey case_key;           // X25519 of CK
    BoxPublicKey reporter_key;
    Array<32> record_mac{};          // BLAKE2b(key = kdf(K_R,3), version ‖ case id ‖ epoch ‖ case key ‖ reporter key)
};

struct SealedFiling {
    CaseRecord record;
    SealedObject complaint; // plaintext: reporter public key ‖ JSON, padded
    SealedObject identity;  // one fixed size, also when empty
    std::vector<SealedSlot> slots;
};

// Fresh CK, IK and ids. identity may be empty. Code::invalid when a text is longer than its class.
Result<SealedFiling> seal_filing(const ReceiptKeys &keys, View complaint_json, View identity_json,
                                 std::span<const SlotPlan> slots);

// Code::refused when the row was not written by the holder of this receipt (somebody else's case key or reporter key).
Result<> verify_record(const ReceiptKeys &keys, const CaseRecord &record);

// To the case key, and from the receipt's own pair: whoever writes to the database seals nothing that passes for it. Nor
// does the receipt open it again: sealed once more under a key that is thrown away.
// Verify the record first. Code::refused for a degenerate case key, Code::invalid when too long.
Result<SealedObject> seal_follow_up(const ReceiptKeys &keys, const CaseRecord &record, base::ObjectId object_id, View json);

// An officer's reply, read with the receipt: the signature of the header's author is verified against the roster
// (live or known) before anything is returned. Code::refused otherwise.
Result<Bytes> open_reply_as_reporter(const ReceiptKeys &keys, const Roster &roster, const ObjectHeader &header,
                                     View sealed);

} // namespace crypto
