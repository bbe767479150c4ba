// What the server must know to send mail by itself, sealed under a key of the instance: not for people, but not
// readable in a copy of the database either. One length for each kind.
#pragma once

#include "crypto/reporter/instance.h"

#include <string>
#include <string_view>

namespace crypto {

inline constexpr std::size_t sealed_mail_address_size = 296, sealed_mail_document_size = 2088;
inline constexpr std::size_t max_mail_address = 254, max_mail_document = 2046; // bytes

// Longer texts are a bug. Opening: Code::refused for whatever was not sealed so, for this officer and this instance.
Bytes seal_mail_address(const InstanceKeys &keys, base::OfficerId officer, std::string_view address);
Result<std::string> open_mail_address(const InstanceKeys &keys, base::OfficerId officer, View sealed);
Bytes seal_mail_document(const InstanceKeys &keys, std::string_view json);
Result<std::string> open_mail_document(const InstanceKeys &keys, View sealed);

} // namespace crypto
