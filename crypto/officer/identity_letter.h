// How officers speak of a reporter's identity: a request to the custodians, the decision, and the one copy. Each letter is sealed
// to one officer, signed inside by another, and opens at its own place only. All have one size: none tells by it what it says.
#pragma once

#include "crypto/officer/keyring.h"
#include "crypto/primitives/object.h"

namespace crypto {

enum class LetterKind : std::uint8_t {
    request = 1,  // by who works the case, to a custodian
    decision = 2, // by a custodian, to who asked
    copy = 3,     // the same: what the reporter gave, or that nothing was given
};

struct LetterPlace {
    LetterKind kind;
    base::CaseId case_id;
    base::ObjectId request;
};

inline constexpr std::size_t letter_plain = 8192, letter_sealed = letter_plain + box_overhead;
inline constexpr std::size_t max_letter_text = letter_plain - (1 + 1 + 4 * 16 + 64 + 4); // bytes

// `to` must be live in the roster. Code::refused when its certificate does not have the right of who receives such a letter (custody
// for a request, reading else) or its key is degenerate; Code::invalid for a text that is too long.
Result<Bytes> seal_letter(const OfficerKeys &author, const LetterPlace &place, const CertificateFields &to, View text);
// For a custodian who must not know: of the same size, sealed to nobody.
Result<Bytes> seal_decoy_letter();

struct Letter {
    base::OfficerId from;
    Bytes text; // the caller wipes it
};
// Code::not_found for a box that is not the reader's: a decoy, or another officer's. Code::refused for whatever opens and is not, at
// this place and to this reader, signed under an accepted certificate that itself gives the author the right to write such a
// letter (reading for a request, custody else).
Result<Letter> open_letter(const OfficerKeys &reader, const Roster &roster, const LetterPlace &place, View sealed);

} // namespace crypto
