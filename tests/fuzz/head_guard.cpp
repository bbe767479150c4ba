// Bytes from the network: what the guard lets through, Beast reads the same way, and no handler sees what none may see.
#include "web/http/head_guard.h"
#include "tests/fuzz/target.h"
#include "web/http/request_parts.h"

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>

namespace {

using fuzz::demand;
namespace beast = boost::beast;

// The second reading, by a parser of other authors.
void demand_one_reading(std::string_view bytes, const http::Head &head) {
    beast::http::request_parser<beast::http::empty_body> parser;
    parser.header_limit(http::max_head_bytes + 1);
    parser.body_limit(boost::none);
    beast::error_code ec;
    const std::size_t used = parser.put(boost::asio::buffer(bytes), ec);
    demand(!ec && used == bytes.size() && parser.is_header_done());
    const auto &message = parser.get();
    const auto length = parser.content_length();
    demand(!parser.chunked() && !parser.upgrade() && !message.has_content_length() == !length);
    demand(length.has_value() == (head.method == http::Method::post) && length.value_or(0) == head.content_length);
    demand(std::string_view(message.method_string()) == http::name(head.method));
    demand(message.version() == (head.http11 ? 11u : 10u));
    demand(!head.keep_alive || message.keep_alive()); // the guard closes more often: HTTP/1.0 is never kept alive
    demand(static_cast<std::size_t>(std::distance(message.begin(), message.end())) == head.fields);
    demand(message.count("Host") == 1 && message.count("Transfer-Encoding") == 0 && message.count("Expect") == 0);
    demand(std::string_view(message.target()).starts_with('/') && message.target().size() <= http::max_target_bytes);
}

bool may_be_seen(const std::string &name, bool cookies) {
    return name == "host" || name == "content-length" || name == "connection" || name == "content-type" ||
           name == "origin" || name == "sec-fetch-site" || name == "accept-language" || (cookies && (name == "cookie" || name == "range"));
}

// Holds for what was refused as well.
void demand_blanked(std::string_view head, bool cookies) {
    for (auto line_end = head.find("\r\n"); line_end != head.npos; line_end = head.find("\r\n")) {
        head.remove_prefix(line_end + 2);
        const std::string_view line = head.substr(0, head.find("\r\n"));
        const auto colon = line.find(':');
        if (colon != line.npos && !may_be_seen(http::lower(line.substr(0, colon)), cookies))
            demand(http::trimmed(line.substr(colon + 1)).empty());
    }
}

void check(std::string bytes, const http::GuardPolicy &policy) {
    const std::size_t sent = bytes.size();
    const auto first = http::guard(bytes, policy);
    demand(bytes.size() == sent);
    demand_blanked(bytes, !policy.drop_cookies);
    if (!first) {
        demand(first.error().status >= 400);
        return;
    }
    demand(first->fields <= http::max_fields);
    demand_one_reading(bytes, *first);
    // What was blanked stays acceptable, and is read the same way again.
    const auto again = http::guard(bytes, policy);
    demand(again && again->content_length == first->content_length && again->method == first->method &&
           again->keep_alive == first->keep_alive && again->fields == first->fields);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    static const http::GuardPolicy reporter{{"localhost", "[::1]:8443"}, true}, officer{{"localhost"}, false};
    std::string bytes(fuzz::text(data, size));
    const auto end = http::head_end(bytes);
    // However the bytes arrive, the head ends at the same place or is refused.
    const auto half = http::head_end(std::string_view(bytes).substr(0, size / 2));
    demand(!half || *half == 0 || (end && *end == *half));
    if (half && *half == 0) {
        const auto later = http::head_end(bytes, size / 2);
        demand(later.has_value() == end.has_value() && (!end || *later == *end));
    }
    if (!end || *end == 0) return 0;
    demand(*end <= bytes.size() && *end <= http::max_head_bytes);
    bytes.resize(*end);
    check(bytes, reporter);
    check(std::move(bytes), officer);
    return 0;
}
