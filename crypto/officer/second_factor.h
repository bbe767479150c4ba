// The second factor of a sign-in: a code of six digits from a telephone (TOTP, RFC 6238: SHA-1, steps of 30 seconds, as every
// such app does it). The secret is at rest under the passphrase, so a stolen disk shows none, all server keys included.
#pragma once

#include "crypto/officer/passphrase.h"

#include <optional>

namespace crypto {

using TotpSecret = Secret<20, struct TotpSecretTag>;
inline constexpr std::int64_t totp_step_seconds = 30;

constexpr std::int64_t totp_step_at(std::int64_t unix_seconds) { return unix_seconds / totp_step_seconds; }
std::string totp_code(const TotpSecret &secret, std::int64_t step);

// The step whose code was typed: that of `unix_seconds` or a neighbour of it (clocks differ, people are slow), later than
// `last_step`, the last one used. Thai digits, blanks and hyphens are taken. Takes the same time whatever was typed.
std::optional<std::int64_t> totp_step_of(const TotpSecret &secret, std::string_view typed, std::int64_t unix_seconds,
                                         std::int64_t last_step);

// AEAD under the wrapping key, 60 bytes; associated data = version ‖ officer ‖ purpose. Opening: Code::refused.
inline constexpr std::size_t sealed_totp_size = 60;
Bytes seal_second_factor(const TotpSecret &secret, base::OfficerId officer, const PassphraseKeys &passphrase);
Result<TotpSecret> open_second_factor(base::OfficerId officer, const PassphraseKeys &passphrase, View sealed);

// For the app: 32 characters of base32 (RFC 4648) to be typed, and the address that a QR code carries. `issuer`: the agency's
// name as the app will show it.
std::string totp_text(const TotpSecret &secret);
std::optional<TotpSecret> totp_from_text(const std::string &base32); // blanks and small letters do not matter
std::string otpauth_uri(const TotpSecret &secret, std::string_view issuer, std::string_view login);

} // namespace crypto
