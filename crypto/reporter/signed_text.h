// The inside of what officers write: signature ‖ text. Verified before a word of it is given out.
#pragma once

#include "crypto/primitives/object.h"
#include "crypto/primitives/sign.h"
#include "crypto/reporter/certificate.h"

namespace crypto {

inline constexpr std::string_view move_domain = "sucharit/move/v1";
inline constexpr std::string_view reply_domain = "sucharit/reply/v1";
inline constexpr std::string_view access_domain = "sucharit/access/v1";
inline constexpr std::string_view title_domain = "sucharit/title/v1";
inline constexpr std::string_view file_domain = "sucharit/file/v1";

// What is signed, after the domain: case id ‖ object id ‖ epoch ‖ text. The caller wipes it.
Bytes signed_message(const ObjectHeader &header, View text);

// The text of a padded signature ‖ text. Code::refused unless the header's author, whom the roster knows, signed it for
// this place.
Result<Bytes> verified_text(const Roster &roster, std::string_view domain, const ObjectHeader &header, View padded);

} // namespace crypto
