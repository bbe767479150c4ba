// Which part of a file a request asks for (RFC 9110 section 14).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace http {

struct Part {
    unsigned status; // 200: all of it; 206: this part; 416: no byte of it is there
    std::size_t first, size;
    bool operator==(const Part &) const = default;
};

// `range`: the field's value, empty when it was not sent. One range is served; what is not one, several of them or
// another unit get everything, as the standard allows.
Part parse_range(std::string_view range, std::size_t size);

// The value of Content-Range that goes with the part; empty for the whole.
std::string content_range(const Part &part, std::size_t size);

} // namespace http
