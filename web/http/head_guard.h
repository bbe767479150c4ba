// Looks at the raw bytes of a request's head before any parser does, and refuses whatever two parsers could read
// differently (RFC 9112 sections 3, 5, 6 and 11.2: request smuggling) or that a browser's form does not need.
#pragma once

#include "web/http/message.h"

#include <cstddef>
#include <expected>
#include <span>

namespace http {

inline constexpr std::size_t max_head_bytes = 16 * 1024;
inline constexpr std::size_t max_target_bytes = 2048;
inline constexpr std::size_t max_fields = 64;

struct GuardPolicy {
    // "name" goes with any port, "name:port" with that port only; lower case; IPv6 in brackets.
    std::vector<std::string> allowed_hosts;
    bool drop_cookies = true; // and Range: nobody downloads a part there
};

struct Refusal {
    unsigned status;      // 400; or 405, 414, 417, 431, which tell an honest program what to do instead
    std::string_view why; // a literal, for tests
};

// The framing that was found, so that a second parser can be held to it.
struct Head {
    Method method = Method::get;
    bool http11 = true;
    bool keep_alive = true;
    std::size_t content_length = 0;
    std::size_t fields = 0;
};

// Where the head ends (one past the empty line), or 0 when it has not ended yet. Bytes that cannot be part of a head,
// and a head that grows past its limit, are refused as soon as they are seen. `seen`: how many of the bytes an earlier
// call has looked at already.
std::expected<std::size_t, Refusal> head_end(std::string_view bytes, std::size_t seen = 0);

// `head` is exactly one head, up to and with its empty line. The values of all fields that no handler may see
// (User-Agent, Referer, forwarding fields, and Cookie and Range when dropped) are overwritten with blanks in place, also when it
// is refused later.
std::expected<Head, Refusal> guard(std::span<char> head, const GuardPolicy &policy);

} // namespace http
