#include "crypto/officer/second_factor.h"

#include "crypto/primitives/aead.h"

#include <liboath/oath.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace crypto {
namespace {

constexpr std::uint8_t version = 1, purpose_second_factor = 4;
constexpr std::size_t digits = 6;

Bytes associated(base::OfficerId officer) {
    return base::Writer().u8(version).raw(officer.bytes()).u8(purpose_second_factor).take();
}

const char *chars(const TotpSecret &secret) { return reinterpret_cast<const char *>(secret.reveal(raw_secret).data()); }

// Six ASCII digits, or blanks in their place where something else was typed: no code has those.
Array<digits> typed_digits(std::string_view typed) {
    Array<digits> out{}, none{};
    std::size_t count = 0;
    for (std::size_t i = 0; i < typed.size(); ++i) {
        const auto at = [&](std::size_t next) { return i + next < typed.size() ? static_cast<Byte>(typed[i + next]) : Byte{0}; };
        if (at(0) == ' ' || at(0) == '-')
            continue;
        Byte digit = at(0);
        if (digit == 0xe0 && at(1) == 0xb9 && at(2) >= 0x90 && at(2) <= 0x99) { // U+0E50 to U+0E59
            digit = static_cast<Byte>('0' + at(2) - 0x90);
            i += 2;
        }
        if (digit < '0' || digit > '9' || count == digits)
            return none;
        out[count++] = digit;
    }
    return count == digits ? out : none;
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view plain = "-._~", hex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<Byte>(c);
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || plain.find(c) != plain.npos) {
            out += c;
        } else {
            out += '%';
            out += hex[byte >> 4];
            out += hex[byte & 15];
        }
    }
    return out;
}

struct Freed {
    void operator()(char *memory) const { std::free(memory); }
};

} // namespace

std::string totp_code(const TotpSecret &secret, std::int64_t step) {
    char out[digits + 1];
    if (oath_hotp_generate(chars(secret), secret.size, static_cast<std::uint64_t>(step), digits, false,
                           OATH_HOTP_DYNAMIC_TRUNCATION, out) != OATH_OK)
        base::broken("liboath made no code of six digits");
    return out;
}

std::optional<std::int64_t> totp_step_of(const TotpSecret &secret, std::string_view typed, std::int64_t unix_seconds,
                                         std::int64_t last_step) {
    const auto given = typed_digits(typed);
    const std::int64_t now = totp_step_at(unix_seconds);
    std::optional<std::int64_t> out;
    for (std::int64_t step = now - 1; step <= now + 1; ++step) {
        const std::string right = totp_code(secret, step);
        if (detail::equal(given.data(), base::view(right).data(), digits) && step > last_step)
            out = step;
    }
    return out;
}

Bytes seal_second_factor(const TotpSecret &secret, base::OfficerId officer, const PassphraseKeys &passphrase) {
    return aead_seal(passphrase.wrapping, associated(officer), secret.reveal(raw_secret));
}

Result<TotpSecret> open_second_factor(base::OfficerId officer, const PassphraseKeys &passphrase, View sealed) {
    TotpSecret out;
    RETURN_IF_FAILED(aead_open_into(passphrase.wrapping, associated(officer), sealed, out.fill(raw_secret)));
    return out;
}

std::string totp_text(const TotpSecret &secret) {
    char *text = nullptr;
    std::size_t size = 0;
    if (oath_base32_encode(chars(secret), secret.size, &text, &size) != OATH_OK)
        throw std::bad_alloc();
    const std::unique_ptr<char, Freed> held(text);
    return {text, size};
}

std::optional<TotpSecret> totp_from_text(const std::string &base32) {
    char *bytes = nullptr;
    std::size_t size = 0;
    if (oath_base32_decode(base32.data(), base32.size(), &bytes, &size) != OATH_OK)
        return std::nullopt;
    const std::unique_ptr<char, Freed> held(bytes);
    if (size != TotpSecret::size)
        return std::nullopt;
    TotpSecret out;
    std::copy_n(reinterpret_cast<const Byte *>(bytes), size, out.fill(raw_secret).begin());
    wipe({reinterpret_cast<Byte *>(bytes), size});
    return out;
}

std::string otpauth_uri(const TotpSecret &secret, std::string_view issuer, std::string_view login) {
    const std::string name = percent_encoded(issuer);
    return "otpauth://totp/" + name + ":" + percent_encoded(login) + "?secret=" + totp_text(secret) + "&issuer=" + name;
}

} // namespace crypto
