// The one place where the header of an answer is written: the same exact security headers, each once, on every answer,
// errors and HEAD included. No Server, no Date: an answer says nothing of the program or the machine's clock.
#pragma once

#include "web/http/message.h"

#include <cstddef>

namespace http {

inline constexpr std::string_view content_security_policy =
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; media-src 'self'; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'";
// Of a stranger's file: nothing of it runs, loads, sends or frames, wherever it is opened.
inline constexpr std::string_view sandbox_policy =
    "sandbox; default-src 'none'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

struct HeaderOptions {
    bool keep_alive = false;
    bool hsts = false;        // only when the request's host is the listener's public name
    bool set_cookies = false; // the reporter face never sets one
};

std::string_view reason(unsigned status);

// Status line and header fields with the closing empty line (not the body). `content_length` is that of the body as it is
// sent, also for HEAD. Control bytes inside a value are left out, so that no value can begin another header.
std::string answer_head(const Response &response, const HeaderOptions &options, std::size_t content_length);

} // namespace http
