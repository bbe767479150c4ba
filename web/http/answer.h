// One answer as the bytes that are sent. Pages are filled up, so that their size tells an observer of the network next to
// nothing: neither which page it was nor whether a receipt opened a case.
#pragma once

#include "web/http/headers.h"

#include <cstddef>

namespace http {

// Head and body of a page together are a whole number of these.
inline constexpr std::size_t answer_class = 32 * 1024;

// Head and body; for HEAD the head alone, with the length that GET would have. HTML is filled up with blanks in a comment
// behind the document. The rest is not: static files are public and the same for everybody, their names tell their sizes;
// a redirect has no body, and what the browser asks for next says as much.
std::string answer_bytes(const Response &response, const HeaderOptions &options, bool without_body);

} // namespace http
