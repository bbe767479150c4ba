// The form of a route table: one constexpr array for each face, read on one screen, checked by the compiler.
//
//   using Route = http::Route<Page, Right>;
//   inline constexpr auto routes = std::to_array<Route>({
//       {Method::get, "/", Audience::anyone, Right::none, 0, Lane::general, &channel_page},
//       {Method::post, "/cases/{id}/order", Audience::officer, Right::order, 300 * KiB, Lane::general, &order},
//   });
//   static_assert(http::well_formed(routes));
#pragma once

#include "web/http/message.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <expected>
#include <span>

namespace http {

inline constexpr std::size_t KiB = 1024;

enum class Audience { anyone, officer }; // officer: a signed-in session is demanded before the handler runs
// password: Argon2id, few at a time; stream: bodies that come or go piece by piece, each with a thread as long as it takes.
enum class Lane { general, password, stream };

// The segments that stood for {…}, in order; valid as long as the path they were found in.
struct Captures {
    std::array<std::string_view, 4> values{};
    std::size_t count = 0;
    constexpr std::string_view operator[](std::size_t index) const { return index < count ? values[index] : ""; }
};

template <class Context, class Right> struct Route {
    using Handler = Response (*)(Context &context, Request &request, const Captures &captures);

    Method method; // get stands for HEAD as well
    std::string_view pattern;
    Audience audience;
    Right right;
    std::size_t body_limit; // bytes; 0 for get
    Lane lane;
    Handler handler;
    std::chrono::milliseconds step{0}; // see answer_step
};

// Whether `path` is `pattern`, in which a segment {name} stands for one segment that is not empty.
constexpr bool matches(std::string_view pattern, std::string_view path, Captures &captures) {
    captures = {};
    for (;;) {
        const auto pattern_end = pattern.find('/', 1), path_end = path.find('/', 1);
        const auto wanted = pattern.substr(0, pattern_end), got = path.substr(0, path_end);
        if (wanted.starts_with("/{")) {
            if (got.size() < 2 || captures.count == captures.values.size()) return false;
            captures.values[captures.count++] = got.substr(1);
        } else if (wanted != got) {
            return false;
        }
        if (pattern_end == std::string_view::npos || path_end == std::string_view::npos) return pattern_end == path_end;
        pattern.remove_prefix(pattern_end);
        path.remove_prefix(path_end);
    }
}

constexpr bool same_address(Method asked, Method routed) {
    return asked == routed || (asked == Method::head && routed == Method::get);
}

template <class R> struct Match {
    const R *route;
    Captures captures; // views into the path that was asked for
};

struct NoRoute {
    unsigned status;   // 404 or 405
    std::string allow; // for 405: the methods that the path has
};

// The first route of the table that fits. Linear: tables have a few dozen lines.
template <class R>
std::expected<Match<R>, NoRoute> find_route(std::span<const R> table, Method method, std::string_view path) {
    Match<R> match{};
    bool get = false, post = false;
    for (const R &route : table) {
        if (!matches(route.pattern, path, match.captures)) continue;
        if (same_address(method, route.method)) {
            match.route = &route;
            return match;
        }
        (route.method == Method::post ? post : get) = true;
    }
    if (!get && !post) return std::unexpected(NoRoute{404, {}});
    return std::unexpected(NoRoute{405, get && post ? "GET, HEAD, POST" : get ? "GET, HEAD" : "POST"});
}
template <class R, std::size_t N>
std::expected<Match<R>, NoRoute> find_route(const std::array<R, N> &table, Method method, std::string_view path) {
    return find_route(std::span<const R>(table), method, path);
}

// How many body bytes a request may have; `otherwise` where no route fits, so that it is answered 404 and not 413.
template <class R, std::size_t N>
std::size_t body_limit(const std::array<R, N> &table, Method method, std::string_view path,
                       std::size_t otherwise = 16 * KiB) {
    const auto found = find_route(table, method, path);
    return found ? found->route->body_limit : otherwise;
}

template <class R, std::size_t N> Lane lane(const std::array<R, N> &table, Method method, std::string_view path) {
    const auto found = find_route(table, method, path);
    return found ? found->route->lane : Lane::general;
}

// Whether the body is read by the handler while it comes (Request::stream).
template <class R, std::size_t N> bool streamed(const std::array<R, N> &table, Method method, std::string_view path) {
    return method == Method::post && lane(table, method, path) == Lane::stream;
}

// Answers of this address leave at whole multiples of so long after the request was there, at once where it is 0. Where
// the work differs with a secret (is there such a case?), the step is longer than any of it, and time says nothing. After a body
// of more than 4 MiB, whose pace says more, a tenth of it.
template <class R, std::size_t N>
std::chrono::milliseconds answer_step(const std::array<R, N> &table, Method method, std::string_view path) {
    const auto found = find_route(table, method, path);
    return found ? found->route->step : std::chrono::milliseconds{0};
}

// For static_assert: patterns begin with '/', braces enclose whole segments, at most 4 of them, no line stands twice,
// every line has a handler, head is not listed, get has no body and post has one.
template <class R, std::size_t N> constexpr bool well_formed(const std::array<R, N> &table) {
    for (std::size_t i = 0; i < N; ++i) {
        const R &route = table[i];
        if (!route.pattern.starts_with('/') || route.handler == nullptr || route.method == Method::head ||
            (route.method == Method::get) != (route.body_limit == 0))
            return false;
        std::size_t braces = 0;
        for (std::size_t at = 0; at < route.pattern.size(); ++at) {
            if (route.pattern[at] == '{' && (++braces > 4 || at == 0 || route.pattern[at - 1] != '/')) return false;
            if (route.pattern[at] == '}' && at + 1 < route.pattern.size() && route.pattern[at + 1] != '/') return false;
        }
        for (std::size_t j = 0; j < i; ++j)
            if (table[j].method == route.method && table[j].pattern == route.pattern) return false;
    }
    return true;
}

} // namespace http
