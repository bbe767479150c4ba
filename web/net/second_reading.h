// Reads a head that the guard let through a second time, with Beast. Internal to web/net.
#pragma once

#include "web/http/head_guard.h"

namespace net {

// False when the two readings differ anywhere that matters.
bool parse_head(std::string_view bytes, const http::Head &guarded, bool drop_cookies, http::Request &out);

} // namespace net
