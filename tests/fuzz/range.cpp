// Range: a part lies within the file; a second reading by the grammar, digit by digit, finds the same one. The first two
// bytes are the size of the file.
#include "web/http/range.h"
#include "tests/fuzz/target.h"
#include "web/http/request_parts.h"

#include <optional>
#include <string>

namespace {

struct Cursor {
    std::string_view rest;
    void blanks() {
        while (rest.starts_with(' ') || rest.starts_with('\t'))
            rest.remove_prefix(1);
    }
    bool take(char c) {
        blanks();
        if (!rest.starts_with(c)) return false;
        rest.remove_prefix(1);
        return true;
    }
    // Sizes here have 16 bits: what is larger is as good as the largest.
    std::optional<std::size_t> number() {
        blanks();
        std::optional<std::size_t> out;
        for (; !rest.empty() && rest[0] >= '0' && rest[0] <= '9'; rest.remove_prefix(1))
            out = std::min<std::size_t>(out.value_or(0) * 10 + static_cast<std::size_t>(rest[0] - '0'), 1'000'000'000'000);
        return out;
    }
};

http::Part second_reading(std::string_view range, std::size_t size) {
    const http::Part whole{200, 0, size}, nothing{416, 0, 0};
    Cursor at{range};
    at.blanks();
    if (http::lower(at.rest.substr(0, 5)) != "bytes") return whole;
    at.rest.remove_prefix(5);
    if (!at.take('=')) return whole;
    const auto first = at.number();
    if (!at.take('-')) return whole;
    const auto last = at.number();
    at.blanks();
    if (!at.rest.empty() || (!first && !last) || (first && last && *last < *first)) return whole;
    if (!first) return *last == 0 || size == 0 ? nothing : http::Part{206, size - std::min(*last, size), std::min(*last, size)};
    if (*first >= size) return nothing;
    return {206, *first, std::min(last.value_or(size - 1), size - 1) - *first + 1};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    using fuzz::demand;
    fuzz::Input input(data, size);
    const std::size_t length = input.byte() + std::size_t{256} * input.byte();
    const auto rest = input.rest();
    const std::string_view range = fuzz::text(rest.data(), rest.size());
    const auto part = http::parse_range(range, length);
    if (range.size() < 18) // in longer ones both numbers may be beyond the caps, which differ
        demand(part == second_reading(range, length));
    demand(part.status == 200 || part.status == 206 || part.status == 416);
    if (part.status == 206) demand(part.size > 0 && part.first < length && part.size <= length - part.first);
    if (part.status == 200) demand(part.first == 0 && part.size == length);
    demand(http::content_range(part, length).empty() == (part.status == 200));
    return 0;
}
