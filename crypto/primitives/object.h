// Sealed objects: what each is bound to, and how its length is hidden.
#pragma once

#include "crypto/base/ids.h"
#include "crypto/primitives/secret.h"

namespace crypto {

// The registry of kinds stands in crypto/FORMAT.md; numbers are never used twice.
enum class Kind : std::uint8_t {
    complaint = 1, // JSON of the complaint, under CK
    identity = 2,  // JSON of the reporter's identity or nothing, one fixed size, under IK
    follow_up = 3, // reporter → officers, boxed from the receipt's pair to the case key
    reply = 4,     // officer → reporter and officers
    move = 5,      // an officer's act on the case: transition, declaration, order; signed, under CK
    access = 6,    // who reads the case from now on; signed, under CK; never shown to the reporter
    file = 7,      // what describes a file and holds its key; of either side; last of its parts to be written
    title = 8,     // the officers' short name of the case; signed, under CK; never shown to the reporter
};

using Epoch = std::uint32_t;

inline constexpr std::uint8_t format_version = 1;

// Associated data of every object: it opens nowhere but in its own case, at its own place, by its own author.
struct ObjectHeader {
    Kind kind;
    base::CaseId case_id;
    base::ObjectId object_id;
    Epoch epoch = 1;
    base::OfficerId author; // all zero: the reporter
    Bytes associated_data() const; // format version ‖ kind ‖ case ‖ object ‖ epoch ‖ author: 54 bytes
};

// JSON grows to 4, 16 or 64 KiB before it is sealed (a complaint to at least 16), so that a length says little.
// Padded = u32 length ‖ plain ‖ zeros. An identity always takes 4 KiB.
inline constexpr std::size_t max_text = 64 * 1024 - 4; // bytes of plaintext that fit the largest class
inline constexpr std::size_t max_json = max_text - 64; // the same for the JSON of any kind: 64 may be a signature
inline constexpr std::size_t max_identity = 4 * 1024 - 4;
Result<Bytes> pad_text(Kind kind, View plain); // Code::invalid when too long. The caller wipes what it gets
Result<Bytes> unpad_text(View padded);         // Code::invalid for any other size, length or padding

Array<32> digest(View sealed); // BLAKE2b-256 of a ciphertext, as the audit log keeps it

} // namespace crypto
