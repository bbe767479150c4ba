// The token of a form that is sent before anybody is signed in (sign-in, joining, recovery): it shows that the form came from
// a page that this server gave to this browser, where there is no session yet whose token could be asked for.
#pragma once

#include "crypto/reporter/instance.h"

namespace crypto {

std::string new_door(); // the cookie's value: 16 random bytes, base64url

// BLAKE2b("sucharit/door/v1" ‖ the cookie's 16 bytes, key = token key), base64url. Empty for a cookie of another shape.
std::string door_token(const InstanceKeys &keys, std::string_view cookie);
bool door_matches(const InstanceKeys &keys, std::string_view cookie, std::string_view token);

} // namespace crypto
