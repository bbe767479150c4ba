#include "web/net/second_reading.h"

#include "web/http/request_parts.h"
#include "web/http/wipe.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>

namespace net {
namespace {

namespace beast = boost::beast;

// Beast copies header fields into memory of its own.
template <class T> struct WipingAllocator {
    using value_type = T;
    WipingAllocator() = default;
    template <class U> WipingAllocator(const WipingAllocator<U> &) {}
    T *allocate(std::size_t count) { return std::allocator<T>().allocate(count); }
    void deallocate(T *memory, std::size_t count) {
        http::wipe(memory, count * sizeof(T));
        std::allocator<T>().deallocate(memory, count);
    }
    template <class U> bool operator==(const WipingAllocator<U> &) const { return true; }
};

} // namespace

bool parse_head(std::string_view bytes, const http::Head &guarded, bool drop_cookies, http::Request &out) {
    beast::http::request_parser<beast::http::empty_body, WipingAllocator<char>> parser;
    parser.header_limit(http::max_head_bytes + 1);
    parser.body_limit(boost::none);
    beast::error_code ec;
    const std::size_t used = parser.put(boost::asio::buffer(bytes), ec);
    const auto &message = parser.get();
    const auto length = parser.content_length();
    if (ec || used != bytes.size() || !parser.is_header_done() || parser.chunked() || parser.upgrade() ||
        length.has_value() != (guarded.method == http::Method::post) || (length && *length != guarded.content_length) ||
        std::string_view(message.method_string()) != name(guarded.method) ||
        static_cast<std::size_t>(std::distance(message.begin(), message.end())) != guarded.fields)
        return false;

    const auto text = [&](beast::string_view name) { return std::string_view(message[name]); };
    out.method = guarded.method;
    http::set_target(out, message.target(), !drop_cookies);
    out.host = http::lower(text("Host"));
    out.accept_language = text("Accept-Language");
    out.content_type = text("Content-Type");
    if (!drop_cookies) {
        out.cookie = text("Cookie");
        out.range = text("Range");
    }
    out.same_origin = http::same_origin(text("Sec-Fetch-Site"), text("Origin"), out.host);
    return true;
}

} // namespace net
