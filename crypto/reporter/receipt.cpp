#include "crypto/reporter/receipt.h"

#include "crypto/primitives/hash.h"
#include "crypto/primitives/kdf.h"
#include "crypto/reporter/typed_digits.h"

#include <algorithm>

namespace crypto {
namespace {

constexpr std::size_t payload = 26, with_check = 28;

} // namespace

std::expected<Receipt, Receipt::Fault> Receipt::parse(std::string_view typed) {
    Receipt out;
    const auto digits = out.digits_.fill(raw_secret);
    std::size_t count = 0;
    while (!typed.empty()) {
        const TypedDigit one = next_digit(typed);
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
        .uploads = subkey<UploadKey>(root, kdf_receipt, 5),
    };
}

Array<32> lookup_tag(const ReceiptKeys &keys, const InstanceKeys &instance) {
    return keyed_hash(instance.pepper, {keys.lookup.reveal(raw_secret)});
}

Array<32> compare_tag(const ReceiptKeys &keys, View canonical) { return keyed_hash(keys.compare, {canonical}); }

} // namespace crypto
