#include "crypto/reporter/typed_digits.h"

namespace crypto {

std::array<Byte, 2> check_digits(View digits) {
    unsigned rest = 0;
    for (Byte digit : digits)
        rest = (rest * 10 + (digit - '0')) % 97;
    const unsigned check = 98 - rest * 100 % 97;
    return {static_cast<Byte>('0' + check / 10), static_cast<Byte>('0' + check % 10)};
}

TypedDigit next_digit(std::string_view text) {
    const auto at = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
    if (at(0) >= '0' && at(0) <= '9')
        return {1, static_cast<int>(at(0) - '0')};
    constexpr std::string_view ascii = " \t\r\n-";
    if (ascii.find(text[0]) != ascii.npos)
        return {1, -1};
    if (at(0) == 0xe0 && at(1) == 0xb9 && at(2) >= 0x90 && at(2) <= 0x99) // U+0E50 to U+0E59, Thai digits
        return {3, static_cast<int>(at(2) - 0x90)};
    if (at(0) == 0xc2 && at(1) == 0xa0) // U+00A0, no-break space
        return {2, -1};
    if (at(0) == 0xe2 && at(1) == 0x80)
        // U+2007 figure space, U+2009 thin space, U+202F narrow no-break space, U+2010 to U+2015 hyphens and dashes
        return at(2) == 0x87 || at(2) == 0x89 || at(2) == 0xaf || (at(2) >= 0x90 && at(2) <= 0x95) ? TypedDigit{3, -1} : TypedDigit{};
    if ((at(0) == 0xe2 && at(1) == 0x88 && at(2) == 0x92) || // U+2212, minus
        (at(0) == 0xef && at(1) == 0xbc && at(2) == 0x8d))   // U+FF0D, full-width hyphen
        return {3, -1};
    return {};
}

} // namespace crypto
