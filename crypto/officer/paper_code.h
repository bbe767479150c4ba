// Codes that an officer carries on paper: 130 random bits as 26 characters of Crockford's base32, in groups of four.
#pragma once

#include "crypto/primitives/hash.h"
#include "crypto/reporter/instance.h"

#include <string>

namespace crypto {

class PaperCode {
public:
    static constexpr std::size_t characters = 26;

    static PaperCode random();
    // Small letters, blanks and hyphens are taken, and I, L, O for the digits they look like; Code::invalid for anything else.
    static Result<PaperCode> parse(std::string_view typed);
    std::string text() const; // ABCD-EFGH-…; to be shown once, never kept
    const Secret<characters, struct PaperCodeTag> &ascii() const { return ascii_; } // without hyphens

private:
    Secret<characters, struct PaperCodeTag> ascii_;
};

// What is stored of an invitation: HASH(pepper, "sucharit/invitation/v1" ‖ the 26 characters).
Array<32> invitation_hash(const InstanceKeys &keys, const PaperCode &code);

} // namespace crypto
