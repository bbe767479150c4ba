// The receipt: 26 random digits and two check digits, the reporter's only key. And the form's one-time token, from
// which it is derived, so that a repeated form shows the same receipt.
#pragma once

#include "crypto/base/clock.h"
#include "crypto/primitives/box.h"
#include "crypto/primitives/file.h"
#include "crypto/reporter/instance.h"

#include <optional>

namespace crypto {

class Receipt {
public:
    // Takes Arabic or Thai digits, spaces, hyphens (any dash) and no-break spaces; 28 digits whose check digits are right
    // (ISO 7064 MOD 97-10). Says apart a wrong count and a wrong check, because the person must be told.
    enum class Fault { not_28_digits, wrong_check };
    static std::expected<Receipt, Fault> parse(std::string_view typed);
    static Receipt from_digits(View twenty_six_ascii_digits); // appends the check digits; anything else is a bug

    std::string grouped() const; // "1234 5678 …": for the one page that shows it
    View digits() const;         // the 26 ASCII digits without the check digits
    Receipt(Receipt &&) = default;
    Receipt &operator=(Receipt &&) = default;

private:
    Receipt() = default;
    Secret<28, struct ReceiptTag> digits_;
};

// Everything derived from K_R = BLAKE2b-256("sucharit/receipt/v1" ‖ 26 digits); crypto_kdf context "scrtrcpt".
struct ReceiptKeys {
    SecretKey<struct LookupTag> lookup;      // 1
    BoxPair pair;                            // 2, the reporter's own
    SecretKey<struct RecordMacTag> record;   // 3
    SecretKey<struct TextCompareTag> compare; // 4
    UploadKey uploads;                       // 5, of files that are not complete yet
    static ReceiptKeys derive(const Receipt &receipt);
};

Array<32> lookup_tag(const ReceiptKeys &keys, const InstanceKeys &instance); // BLAKE2b(lookup, key = pepper)
Array<32> compare_tag(const ReceiptKeys &keys, View canonical);              // BLAKE2b(canonical, key = compare)

// 128 random bits ‖ expiry (u32 hours since 1970, rounded up) ‖ MAC; base64url in the form field `once`.
class Once {
public:
    static Once issue(const InstanceKeys &keys, base::Seconds now, std::chrono::hours lifetime = std::chrono::hours{24});
    // Code::invalid for bytes that this instance did not make. An expired one still parses: the reply to a filing may
    // have been lost; ask expired().
    static Result<Once> parse(const InstanceKeys &keys, std::string_view field);
    std::string field() const;
    bool expired(base::Seconds now) const;
    Receipt receipt(const InstanceKeys &keys) const; // uniform over 10^26
    // The id of the follow-up that this form makes: the same form again makes the same object.
    base::ObjectId object_id(const ReceiptKeys &keys) const;

private:
    Array<16> random_{};
    std::uint32_t expiry_hours_ = 0;
    Array<16> mac_{};
};

} // namespace crypto
