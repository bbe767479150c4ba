#include "crypto/officer/door.h"

#include "crypto/primitives/hash.h"

namespace crypto {

std::string new_door() { return base::base64url(base::random_id_bytes()); }

std::string door_token(const InstanceKeys &keys, std::string_view cookie) {
    constexpr std::size_t encoded = 22; // 16 bytes
    const auto bytes = cookie.size() == encoded ? base::from_base64url(cookie) : std::nullopt;
    return bytes ? base::base64url(keyed_hash(keys.token, {base::view("sucharit/door/v1"), *bytes})) : std::string();
}

bool door_matches(const InstanceKeys &keys, std::string_view cookie, std::string_view token) {
    const std::string expected = door_token(keys, cookie);
    return !expected.empty() && token.size() == expected.size() &&
           detail::equal(base::view(token).data(), base::view(expected).data(), expected.size());
}

} // namespace crypto
