#include "web/pages/officer/door.h"

#include "crypto/officer/door.h"
#include "web/http/cookie.h"

namespace pages {

std::string door_field(OfficerRequest &page, const http::Request &request) {
    if (const auto cookie = http::cookie(request.cookie, door_cookie))
        if (auto token = crypto::door_token(page.use.keys, *cookie); !token.empty()) return token;
    if (page.new_door.empty()) page.new_door = crypto::new_door();
    return crypto::door_token(page.use.keys, page.new_door);
}

bool door_is_right(const OfficerRequest &page, const http::Request &request, const http::Form &form) {
    const auto cookie = http::cookie(request.cookie, door_cookie);
    return request.same_origin && cookie && crypto::door_matches(page.use.keys, *cookie, form.get("door"));
}

} // namespace pages
