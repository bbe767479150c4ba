// What a person types as a receipt: accepted exactly when a second reading, code point by code point, finds 28 digits
// that leave 1 modulo 97; and it prints as a receipt that is accepted as the same one.
#include "crypto/reporter/receipt.h"
#include "tests/fuzz/target.h"

namespace {

using fuzz::demand;

// The digits of the 28, or nothing when a character is none of a receipt.
std::optional<std::string> digits_of(std::string_view typed) {
    static constexpr std::string_view separators[] = {" ",      "\t",     "\r",     "\n",     "-",      "\u00a0",
                                                      "\u2007", "\u2009", "\u202f", "\u2010", "\u2011", "\u2012",
                                                      "\u2013", "\u2014", "\u2015", "\u2212", "\uff0d"};
    static constexpr std::string_view thai[] = {"๐", "๑", "๒", "๓", "๔", "๕", "๖", "๗", "๘", "๙"};
    std::string out;
    while (!typed.empty()) {
        if (typed[0] >= '0' && typed[0] <= '9') {
            out += typed[0];
            typed.remove_prefix(1);
            continue;
        }
        const auto front = [&](std::string_view one) { return typed.starts_with(one); };
        if (const auto digit = std::ranges::find_if(thai, front); digit != std::end(thai)) {
            out += static_cast<char>('0' + (digit - thai));
            typed.remove_prefix(digit->size());
        } else if (const auto blank = std::ranges::find_if(separators, front); blank != std::end(separators)) {
            typed.remove_prefix(blank->size());
        } else {
            return std::nullopt;
        }
    }
    return out;
}

bool checks(const std::string &digits) {
    unsigned rest = 0;
    for (const char c : digits)
        rest = (rest * 10 + static_cast<unsigned>(c - '0')) % 97;
    const std::string check = digits.substr(26);
    return rest == 1 && check >= "02" && check <= "98";
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const auto check_one = [](std::string_view typed) {
        const auto receipt = crypto::Receipt::parse(typed);
        const auto digits = digits_of(typed);
        demand(receipt.has_value() == (digits && digits->size() == 28 && checks(*digits)));
        if (!receipt) {
            const bool counted = digits && digits->size() == 28;
            demand((receipt.error() == crypto::Receipt::Fault::wrong_check) == counted);
            return;
        }
        demand(base::text(receipt->digits()) == digits->substr(0, 26));
        const std::string grouped = receipt->grouped();
        const auto again = crypto::Receipt::parse(grouped);
        demand(grouped.size() == 34 && again && fuzz::same(again->digits(), receipt->digits()));
    };
    const std::string_view typed = fuzz::text(data, size);
    check_one(typed);
    // The same with the right check digits, which a fuzzer hardly guesses.
    if (const auto digits = digits_of(typed); digits && digits->size() >= 26) {
        const auto made = crypto::Receipt::from_digits(base::view(std::string_view(*digits).substr(0, 26)));
        const std::string printed = made.grouped();
        check_one(printed);
        demand(crypto::Receipt::parse(printed).has_value());
    }
    return 0;
}
