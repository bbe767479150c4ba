// Long numbers on paper: read as people type them, with two digits that catch a slip.
#pragma once

#include "crypto/base/bytes.h"

#include <array>
#include <string_view>

namespace crypto {

using base::Byte;
using base::View;

// ISO 7064 MOD 97-10 over ASCII digits: payload ‖ check leaves 1 when divided by 97. From 02 to 98.
std::array<Byte, 2> check_digits(View digits);

// The first character of what a person typed (not empty): its digit, nothing for a separator, or no part of a number.
struct TypedDigit {
    std::size_t bytes = 0; // 0: no part of a number
    int digit = -1;        // -1: a separator
};
TypedDigit next_digit(std::string_view text);

} // namespace crypto
