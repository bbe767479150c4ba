#include "web/http/range.h"

#include "web/http/request_parts.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace http {
namespace {

// Digits alone; more than any size is the largest there is.
std::optional<std::size_t> number(std::string_view text) {
    if (text.empty() || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
    std::size_t out = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), out).ec != std::errc{}) return std::string::npos;
    return out;
}

} // namespace

Part parse_range(std::string_view range, std::size_t size) {
    const Part whole{200, 0, size};
    const auto equals = range.find('='), hyphen = range.find('-', equals == range.npos ? range.size() : equals);
    if (hyphen == range.npos || lower(trimmed(range.substr(0, equals))) != "bytes") return whole;
    const auto from = trimmed(range.substr(equals + 1, hyphen - equals - 1)), to = trimmed(range.substr(hyphen + 1));
    const auto first = number(from), last = number(to);
    if (from.empty()) { // so many at the end
        if (!last) return whole;
        const auto wanted = std::min(*last, size);
        return wanted == 0 ? Part{416, 0, 0} : Part{206, size - wanted, wanted};
    }
    if (!first || (!to.empty() && (!last || *last < *first))) return whole;
    if (*first >= size) return Part{416, 0, 0};
    return Part{206, *first, std::min(to.empty() ? size - 1 : *last, size - 1) - *first + 1};
}

std::string content_range(const Part &part, std::size_t size) {
    if (part.status == 200) return {};
    const std::string of = "/" + std::to_string(size);
    if (part.status == 416) return "bytes *" + of;
    return "bytes " + std::to_string(part.first) + "-" + std::to_string(part.first + part.size - 1) + of;
}

} // namespace http
