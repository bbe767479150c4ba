// Which certificates an officer has taken note of: their serials, signed by that officer, so that whoever writes to the
// database can take confirmations away but never add one.
#pragma once

#include "crypto/officer/keyring.h"

#include <set>

namespace crypto {

using Serials = std::set<base::CertificateSerial>;
inline constexpr std::string_view seen_domain = "sucharit/seen/v1"; // instance ‖ officer ‖ serials in their order

// What is stored: serials ‖ signature.
Bytes sign_seen(const OfficerKeys &keys, base::InstanceId instance, const Serials &serials);
// Code::invalid for another form, an order that is not theirs or a serial twice; refused for another signature.
Result<Serials> read_seen(base::InstanceId instance, base::OfficerId officer, const SignPublicKey &key, View stored);

} // namespace crypto
