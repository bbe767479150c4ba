#include "web/http/head_guard.h"

#include "web/http/request_parts.h"
#include "web/http/text.h"

#include <algorithm>
#include <utility>

namespace http {
namespace {

std::unexpected<Refusal> refuse(unsigned status, std::string_view why) { return std::unexpected(Refusal{status, why}); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<Refusal> read_version(std::string_view version, Head &head) {
    if (version.size() != 8 || !version.starts_with("HTTP/") || !is_digit(version[5]) || version[6] != '.' ||
        !is_digit(version[7]))
        return Refusal{400, "no HTTP version"};
    if (version != "HTTP/1.1" && version != "HTTP/1.0") return Refusal{400, "another HTTP version"};
    head.http11 = version == "HTTP/1.1";
    head.keep_alive = head.http11; // HTTP/1.0 is never kept alive
    return std::nullopt;
}

std::optional<Refusal> read_request_line(std::string_view line, Head &head) {
    const auto first = line.find(' '), last = line.rfind(' ');
    if (first == line.npos || first == last) return Refusal{400, "request line"};
    const auto method = line.substr(0, first), target = line.substr(first + 1, last - first - 1);
    if (!is_token(method)) return Refusal{400, "method"};
    if (auto bad = read_version(line.substr(last + 1), head)) return bad;
    if (method == "GET")
        head.method = Method::get;
    else if (method == "HEAD")
        head.method = Method::head;
    else if (method == "POST")
        head.method = Method::post;
    else if (method == "PUT" || method == "DELETE" || method == "OPTIONS" || method == "PATCH")
        return Refusal{405, "another method"};
    else
        return Refusal{400, "a method that no program has a reason to use here"};
    if (target.size() > max_target_bytes) return Refusal{414, "target too long"};
    if (!target.starts_with('/') ||
        !std::ranges::all_of(target, [](char c) { return c > 0x20 && c < 0x7f && c != '#' && c != '\\'; }))
        return Refusal{400, "target not in origin form"};
    return std::nullopt;
}

// "name", "name:port", "[v6]:port"
bool host_allowed(std::string_view value, const GuardPolicy &policy) {
    const std::string host = lower(value);
    const std::string_view whole = host;
    const auto bracket = whole.find(']');
    const auto colon = whole.find(':', bracket == whole.npos ? 0 : bracket);
    if (colon != whole.npos) {
        const auto port = whole.substr(colon + 1);
        if (port.empty() || port.size() > 5 || !std::ranges::all_of(port, is_digit)) return false;
    }
    const auto bare = whole.substr(0, colon);
    return std::ranges::any_of(policy.allowed_hosts,
                               [&](const std::string &allowed) { return allowed == whole || allowed == bare; });
}

struct Found {
    bool host = false, length = false, connection = false, cookie = false, range = false, content_type = false, origin = false,
         fetch_site = false;
};

bool twice(bool &flag) { return std::exchange(flag, true); }

std::optional<Refusal> read_length(std::string_view value, Head &head) {
    if (value.empty() || value.size() > 10 || !std::ranges::all_of(value, is_digit))
        return Refusal{400, "Content-Length not a number"};
    for (const char c : value)
        head.content_length = head.content_length * 10 + static_cast<std::size_t>(c - '0');
    return std::nullopt;
}

std::optional<Refusal> read_connection(std::string_view value, Head &head) {
    for (;;) {
        const auto end = value.find(',');
        const std::string option = lower(trimmed(value.substr(0, end)));
        if (option == "close")
            head.keep_alive = false;
        else if (option != "keep-alive" && option != "te")
            return Refusal{400, "Connection names another field"}; // it would ask us to drop that field
        if (end == value.npos) return std::nullopt;
        value.remove_prefix(end + 1);
    }
}

// What one field means for the framing. `keep`: a handler may see its value.
std::optional<Refusal> read_field(const std::string &name, std::string_view value, const GuardPolicy &policy,
                                  Head &head, Found &found, bool &keep) {
    keep = true;
    if (name == "host")
        return twice(found.host)             ? std::optional{Refusal{400, "two Hosts"}}
               : host_allowed(value, policy) ? std::nullopt
                                             : std::optional{Refusal{400, "Host not ours"}};
    if (name == "content-length")
        return twice(found.length) ? Refusal{400, "two Content-Lengths"} : read_length(value, head);
    if (name == "connection")
        return twice(found.connection) ? Refusal{400, "two Connections"} : read_connection(value, head);
    if (name == "cookie" || name == "range") {
        keep = !policy.drop_cookies;
        return keep && twice(name == "cookie" ? found.cookie : found.range)
                   ? std::optional{Refusal{400, "two Cookies, or two Ranges"}}
                   : std::nullopt;
    }
    bool *once = name == "content-type"     ? &found.content_type
                 : name == "origin"         ? &found.origin
                 : name == "sec-fetch-site" ? &found.fetch_site
                                            : nullptr;
    if (once != nullptr) return twice(*once) ? std::optional{Refusal{400, "a field twice"}} : std::nullopt;
    if (name == "accept-language") return std::nullopt;
    keep = false;
    if (name == "transfer-encoding" || name == "trailer") return Refusal{400, "Transfer-Encoding"};
    if (name == "upgrade") return Refusal{400, "Upgrade"};
    if (name == "expect") return Refusal{417, "Expect"};
    if (name == "content-encoding" && !value.empty() && lower(value) != "identity")
        return Refusal{400, "Content-Encoding"};
    return std::nullopt;
}

std::optional<Refusal> check_framing(const Head &head, const Found &found) {
    if (!found.host) return Refusal{400, "no Host"};
    if (head.method == Method::post && !found.length) return Refusal{400, "no Content-Length"};
    if (head.method != Method::post && found.length) return Refusal{400, "a body where none belongs"};
    return std::nullopt;
}

// The field lines, which end with the empty line of the head. Goes on after a refusal, so that everything is blanked.
std::optional<Refusal> read_fields(std::span<char> lines, const GuardPolicy &policy, Head &head) {
    Found found;
    std::optional<Refusal> first;
    const auto note = [&](std::optional<Refusal> bad) {
        if (bad && !first) first = bad;
    };
    std::string_view text(lines.data(), lines.size());
    for (auto end = text.find("\r\n"); end != 0 && end != text.npos; end = text.find("\r\n")) {
        const auto line = text.substr(0, end);
        if (++head.fields > max_fields) note(Refusal{400, "too many fields"});
        const auto colon = line.find(':');
        bool keep = false;
        if (line[0] == ' ' || line[0] == '\t')
            note(Refusal{400, "folded line"});
        else if (colon == line.npos || !is_token(line.substr(0, colon)))
            note(Refusal{400, "field name"});
        else
            note(read_field(lower(line.substr(0, colon)), trimmed(line.substr(colon + 1)), policy, head, found, keep));
        if (!keep) {
            const auto from =
                static_cast<std::size_t>(line.data() - lines.data()) + (colon == line.npos ? 0 : colon + 1);
            std::ranges::fill(lines.subspan(from, end - (colon == line.npos ? 0 : colon + 1)), ' ');
        }
        text.remove_prefix(end + 2);
    }
    note(check_framing(head, found));
    return first;
}

} // namespace

std::expected<std::size_t, Refusal> head_end(std::string_view bytes, std::size_t seen) {
    for (std::size_t i = std::min(seen, bytes.size()); i < std::min(bytes.size(), max_head_bytes); ++i) {
        const char c = bytes[i];
        const bool after_cr = i > 0 && bytes[i - 1] == '\r';
        if (after_cr != (c == '\n')) return refuse(400, "a bare CR or LF");
        if ((static_cast<unsigned char>(c) < 0x20 && c != '\r' && c != '\n' && c != '\t') || c == 0x7f)
            return refuse(400, "a control byte");
        if (c == '\n' && i == 1) return refuse(400, "an empty line before the request");
        if (c == '\n' && i >= 3 && bytes[i - 2] == '\n') return i + 1;
    }
    // GET, two spaces and the version are 13 bytes; a longer method is none of ours.
    if (bytes.substr(0, max_target_bytes + 32).find('\n') == bytes.npos && bytes.size() >= max_target_bytes + 32)
        return refuse(400, "request line without an end");
    if (bytes.size() >= max_head_bytes) return refuse(431, "head too long");
    return 0;
}

std::expected<Head, Refusal> guard(std::span<char> head, const GuardPolicy &policy) {
    const std::string_view text(head.data(), head.size());
    const auto end = head_end(text);
    if (!end) return std::unexpected(end.error());
    if (*end != head.size()) return refuse(400, "not one whole head");
    Head out;
    const auto line_end = text.find("\r\n");
    const auto bad_line = read_request_line(text.substr(0, line_end), out);
    const auto bad_field = read_fields(head.subspan(line_end + 2), policy, out);
    if (bad_line) return std::unexpected(*bad_line);
    if (bad_field) return std::unexpected(*bad_field);
    return out;
}

} // namespace http
