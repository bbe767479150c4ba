// What passphrases are compared as, and which ones of somebody's own are refused.
#pragma once

#include "service/domain/fault.h"

#include <optional>
#include <string>
#include <string_view>

namespace domain {

inline constexpr std::size_t least_passphrase = 15, most_passphrase = 200; // code points of the folded form

// The one form in which a passphrase is hashed, however it was typed: clean_line(), capital Latin letters small, and blanks,
// hyphens and dashes in a row one hyphen, none at the ends. Telephones type capitals, blanks and long dashes by themselves.
std::string fold_passphrase(std::string_view typed);

// Likewise a login: clean_line(), capital Latin letters small.
std::string login_name(std::string_view typed);

// Why this one is refused, beside `field`; nothing when it may be used. Too short, too long, hardly more than the login or the
// name, a pattern (repeated pieces, rows of the keyboard, counting), or one of the most common.
// `login`, `name`: of whose it is.
std::optional<Fault> passphrase_fault(std::string field, std::string_view folded, std::string_view login, std::string_view name);

} // namespace domain
