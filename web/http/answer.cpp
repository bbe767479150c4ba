#include "web/http/answer.h"

#include "web/http/wipe.h"

namespace http {
namespace {

constexpr std::string_view comment_begin = "<!--", comment_end = "-->";

bool is_filled(const Response &response) { return !response.immutable && response.content_type.starts_with("text/html"); }

// The smallest length of at least `wanted` with which a head, `fixed` bytes without the digits of that length, fills whole
// classes.
std::size_t filled_length(std::size_t fixed, std::size_t wanted) {
    for (std::size_t total = (fixed + wanted) / answer_class * answer_class;; total += answer_class)
        for (std::size_t digits = 1; digits <= 20; ++digits)
            if (total >= fixed + digits + wanted && std::to_string(total - fixed - digits).size() == digits)
                return total - fixed - digits;
}

} // namespace

std::string answer_bytes(const Response &response, const HeaderOptions &options, bool without_body) {
    const std::size_t size = response.body.size();
    std::size_t length = size;
    if (is_filled(response)) {
        const std::size_t fixed = answer_head(response, options, 0).size() - 1;
        length = filled_length(fixed, size + comment_begin.size() + comment_end.size());
    }
    std::string bytes = answer_head(response, options, length);
    if (without_body) return bytes;
    grow(bytes, bytes.size() + length);
    bytes += response.body;
    if (length != size) {
        bytes += comment_begin;
        bytes.append(length - size - comment_begin.size() - comment_end.size(), ' ');
        bytes += comment_end;
    }
    return bytes;
}

} // namespace http
