#include "crypto/reporter/receipt.h"

#include "crypto/primitives/hash.h"
#include "crypto/primitives/kdf.h"

#include <algorithm>

namespace crypto {
namespace {

constexpr std::size_t payload = 26, with_check = 28;

// ISO 7064 MOD 97-10: payload ‖ check leaves 1 when divided by 97.
std::array<Byte, 2> check_digits(View digits) {
    unsigned rest = 0;
    for (Byte digit : digits)
        rest = (rest * 10 + (digit - '0')) % 97;
    const unsigned check = 98 - rest * 100 % 97;
    return {static_cast<Byte>('0' + check / 10), static_cast<Byte>('0' + check % 10)};
}

// One character of what a person typed: its digit, nothing for a separator, or not of a receipt.
struct Typed {
    std::size_t bytes = 0; // 0: not of a receipt
    int digit = -1;
};

Typed next(std::string_view text) {
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
        return at(2) == 0x87 || at(2) == 0x89 || at(2) == 0xaf || (at(2) >= 0x90 && at(2) <= 0x95) ? Typed{3, -1} : Typed{};
    if ((at(0) == 0xe2 && at(1) == 0x88 && at(2) == 0x92) || // U+2212, minus
        (at(0) == 0xef && at(1) == 0xbc && at(2) == 0x8d))   // U+FF0D, full-width hyphen
        return {3, -1};
    return {};
}

} // namespace

std::expected<Receipt, Receipt::Fault> Receipt::parse(std::string_view typed) {
    Receipt out;
    const auto digits = out.digits_.fill(raw_secret);
    std::size_t count = 0;
    while (!typed.empty()) {
        const Typed one = next(typed);
        if (one.bytes == 0 || (one.digit >= 0 && count == with_check))
            return std::unexpected(Fault::not_28_digits);
        if (one.digit >= 0)
            digits[count++] = static_cast<Byte>('0' + one.digit);
        typed.remove_prefix(one.bytes);
    }
    if (count != with_check)
        return std::unexpected(Fault::not_28_digits);
    // Compared with the digits that would be issued: 00, 01 and 99 would also leave 1, and are never issued.
    if (!std::ranges::equal(check_digits(out.digits()), digits.last(2)))
        return std::unexpected(Fault::wrong_check);
    return out;
}

Receipt Receipt::from_digits(View twenty_six_ascii_digits) {
    if (twenty_six_ascii_digits.size() != payload ||
        !std::ranges::all_of(twenty_six_ascii_digits, [](Byte b) { return b >= '0' && b <= '9'; }))
        base::broken("a receipt is made of 26 digits");
    Receipt out;
    const auto digits = out.digits_.fill(raw_secret);
    std::ranges::copy(twenty_six_ascii_digits, digits.begin());
    std::ranges::copy(check_digits(twenty_six_ascii_digits), digits.begin() + payload);
    return out;
}

std::string Receipt::grouped() const {
    const auto digits = digits_.reveal(raw_secret);
    std::string out;
    out.reserve(with_check + with_check / 4);
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && i % 4 == 0)
            out += ' ';
        out += static_cast<char>(digits[i]);
    }
    return out;
}

View Receipt::digits() const { return digits_.reveal(raw_secret).first(payload); }

ReceiptKeys ReceiptKeys::derive(const Receipt &receipt) {
    SecretKey<struct ReceiptRootTag> root;
    detail::blake2b(root.fill(raw_secret), {}, {base::view("sucharit/receipt/v1"), receipt.digits()});
    return ReceiptKeys{
        .lookup = subkey<SecretKey<LookupTag>>(root, kdf_receipt, 1),
        .pair = box_pair_from(subkey<BoxSeed>(root, kdf_receipt, 2)),
        .record = subkey<SecretKey<RecordMacTag>>(root, kdf_receipt, 3),
        .compare = subkey<SecretKey<TextCompareTag>>(root, kdf_receipt, 4),
    };
}

Array<32> lookup_tag(const ReceiptKeys &keys, const InstanceKeys &instance) {
    return keyed_hash(instance.pepper, {keys.lookup.reveal(raw_secret)});
}

Array<32> compare_tag(const ReceiptKeys &keys, View canonical) { return keyed_hash(keys.compare, {canonical}); }

} // namespace crypto
