#include "web/http/headers.h"

namespace http {
namespace {

struct Fixed {
    std::string_view name, value;
};

constexpr Fixed on_every_answer[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"X-Frame-Options", "DENY"},
    {"Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"X-Robots-Tag", "noindex, nofollow"},
};

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

void append(std::string &out, std::string_view name, std::string_view value) {
    out.append(name).append(": ");
    for (const char c : value)
        if (!is_control(c)) out += c;
    out += "\r\n";
}

void append_if(std::string &out, std::string_view name, std::string_view value) {
    if (!value.empty()) append(out, name, value);
}

// RFC 6266 with RFC 8187: an ASCII name for programs of yesterday, the real one for all others.
std::string attachment(std::string_view name) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string plain, encoded;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        const bool simple = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
                            c == '-' || c == '_';
        if (simple)
            encoded += c;
        else
            (encoded += '%').append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
        if (simple)
            plain += c;
        else if (byte < 0x80 || byte >= 0xc0) // one for each character, not for each of its bytes
            plain += '_';
    }
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
}

} // namespace

std::string_view reason(unsigned status) {
    switch (status) {
    case 200:
        return "OK";
    case 206:
        return "Partial Content";
    case 303:
        return "See Other";
    case 304:
        return "Not Modified";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 409:
        return "Conflict";
    case 411:
        return "Length Required";
    case 413:
        return "Content Too Large";
    case 414:
        return "URI Too Long";
    case 415:
        return "Unsupported Media Type";
    case 416:
        return "Range Not Satisfiable";
    case 417:
        return "Expectation Failed";
    case 422:
        return "Unprocessable Content";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 503:
        return "Service Unavailable";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return status < 400 ? "OK" : "Error";
    }
}

std::string answer_head(const Response &response, const HeaderOptions &options, std::size_t content_length) {
    std::string out;
    out.reserve(1536);
    out.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ").append(reason(response.status));
    out += "\r\n";
    append(out, "Content-Security-Policy", response.sandboxed ? sandbox_policy : content_security_policy);
    for (const auto &[name, value] : on_every_answer)
        append(out, name, value);
    if (options.hsts) append(out, "Strict-Transport-Security", "max-age=31536000");
    append(out, "Cache-Control", response.immutable ? "public, max-age=31536000, immutable" : "no-store");
    append_if(out, "Content-Type", response.content_type);
    append_if(out, "Content-Language", response.content_language);
    if (!response.download_name.empty()) append(out, "Content-Disposition", attachment(response.download_name));
    if (!response.content_range.empty()) {
        append(out, "Accept-Ranges", "bytes");
        append(out, "Content-Range", response.content_range);
    }
    append_if(out, "Location", response.location);
    append_if(out, "Allow", response.allow);
    if (response.retry_after != 0) append(out, "Retry-After", std::to_string(response.retry_after));
    if (options.set_cookies)
        for (const std::string &cookie : response.set_cookies)
            append(out, "Set-Cookie", cookie);
    append(out, "Content-Length", std::to_string(content_length));
    append(out, "Connection", options.keep_alive ? "keep-alive" : "close");
    return out += "\r\n";
}

} // namespace http
