// The request target: path and language as a second, slower reading finds them, and the route that fits the path.
#include "tests/fuzz/target.h"
#include "web/http/request_parts.h"
#include "web/http/route.h"

namespace {

using fuzz::demand;
using namespace http;

struct Nothing {};
enum class Right { none };
using Table = Route<Nothing, Right>;

Response page(Nothing &, Request &, const Captures &) { return {}; }

// The forms that the two faces use, and the most captures that a route may have.
constexpr auto routes = std::to_array<Table>({
    {Method::get, "/", Audience::anyone, Right::none, 0, Lane::general, &page},
    {Method::get, "/login", Audience::anyone, Right::none, 0, Lane::general, &page},
    {Method::post, "/login", Audience::anyone, Right::none, 4, Lane::general, &page},
    {Method::get, "/cases/{id}", Audience::anyone, Right::none, 0, Lane::general, &page},
    {Method::post, "/cases/{id}/reply", Audience::anyone, Right::none, 5, Lane::general, &page},
    {Method::post, "/cases/{id}/{event}", Audience::anyone, Right::none, 6, Lane::general, &page},
    {Method::get, "/{a}/{b}/{c}/{d}", Audience::anyone, Right::none, 0, Lane::general, &page},
});
static_assert(well_formed(routes));

std::vector<std::string_view> split(std::string_view text, char at) {
    std::vector<std::string_view> out;
    for (;;) {
        const auto end = text.find(at);
        out.push_back(text.substr(0, end));
        if (end == text.npos) return out;
        text.remove_prefix(end + 1);
    }
}

using Segments = std::vector<std::string_view>;

bool fits(const Segments &wanted, const Segments &got, Segments &captured) {
    captured.clear();
    if (wanted.size() != got.size()) return false;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const bool capture = wanted[i].starts_with('{');
        if (capture ? got[i].empty() : wanted[i] != got[i]) return false;
        if (capture) captured.push_back(got[i]);
    }
    return true;
}

const std::vector<Segments> &patterns() {
    static const std::vector<Segments> split_once = [] {
        std::vector<Segments> out;
        for (const Table &route : routes)
            out.push_back(split(route.pattern, '/'));
        return out;
    }();
    return split_once;
}

void check_route(Method method, std::string_view path, const Segments &segments) {
    const auto found = find_route(routes, method, path);
    const Table *expected = nullptr;
    bool somewhere = false;
    Segments captured, expected_captured;
    for (std::size_t i = 0; i < routes.size(); ++i)
        if (fits(patterns()[i], segments, captured)) {
            somewhere = true;
            if (!expected && same_address(method, routes[i].method)) {
                expected = &routes[i];
                expected_captured = captured;
            }
        }
    demand(found.has_value() == (expected != nullptr));
    if (!found) {
        demand(found.error().status == (somewhere ? 405u : 404u) && found.error().allow.empty() != somewhere);
        return;
    }
    demand(found->route == expected && found->captures.count == expected_captured.size());
    for (std::size_t i = 0; i < expected_captured.size(); ++i)
        demand(found->captures[i] == expected_captured[i]);
    demand(body_limit(routes, method, path) == expected->body_limit);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    // In the form in which the guard leaves it.
    std::string target = "/";
    for (const char c : fuzz::text(data, size))
        if (c > 0x20 && c < 0x7f && c != '#' && c != '\\') target += c;
    if (size > 0 && data[0] == '/') target.erase(0, 1);

    Request request;
    set_target(request, target);
    const auto parts = split(target, '?');
    demand(request.path == parts[0]);
    std::optional<std::string> language;
    if (parts.size() > 1)
        for (const auto pair : split(std::string_view(target).substr(parts[0].size() + 1), '&'))
            if (!language && (pair == "lang=th" || pair == "lang=en")) language = pair.substr(5);
    demand(request.lang_query == language);

    const Segments segments = split(request.path, '/');
    for (const Method method : {Method::get, Method::head, Method::post})
        check_route(method, request.path, segments);
    return 0;
}
