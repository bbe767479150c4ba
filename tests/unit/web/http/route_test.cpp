#include "web/http/route.h"

#include <gtest/gtest.h>

namespace http {
namespace {

struct Page {};
enum class Right { none, order };
using TestRoute = Route<Page, Right>;

Response named(std::string_view name) {
    Response response;
    response.body = name;
    return response;
}
Response channel(Page &, Request &, const Captures &) { return named("channel"); }
Response form(Page &, Request &, const Captures &) { return named("form"); }
Response filed(Page &, Request &, const Captures &) { return named("filed"); }
Response order(Page &, Request &, const Captures &captures) { return named(captures[0]); }
Response statistics(Page &, Request &, const Captures &captures) {
    return named(std::string(captures[0]) + "|" + std::string(captures[1]));
}

constexpr auto routes = std::to_array<TestRoute>({
    {Method::get, "/", Audience::anyone, Right::none, 0, Lane::general, &channel},
    {Method::get, "/report", Audience::anyone, Right::none, 0, Lane::general, &form},
    {Method::post, "/report", Audience::anyone, Right::none, 300 * KiB, Lane::general, &filed},
    {Method::post, "/cases/{id}/order", Audience::officer, Right::order, 4 * KiB, Lane::password, &order},
    {Method::post, "/cases/{id}/files", Audience::officer, Right::none, 1024 * KiB, Lane::stream, &order},
    {Method::get, "/files/{id}", Audience::officer, Right::none, 0, Lane::stream, &order},
    {Method::get, "/statistics/{year}/{half}", Audience::anyone, Right::none, 0, Lane::general, &statistics},
});
static_assert(well_formed(routes));

constexpr TestRoute line(Method method, std::string_view pattern, std::size_t limit) {
    return {method, pattern, Audience::anyone, Right::none, limit, Lane::general, &form};
}
static_assert(!well_formed(std::to_array({line(Method::get, "report", 0)})));
static_assert(!well_formed(std::to_array({line(Method::get, "/x{id}", 0)})));
static_assert(!well_formed(std::to_array({line(Method::get, "/{id}x", 0)})));
static_assert(!well_formed(std::to_array({line(Method::head, "/", 0)})));
static_assert(!well_formed(std::to_array({line(Method::post, "/", 0)})));
static_assert(!well_formed(std::to_array({line(Method::get, "/", 1)})));
static_assert(!well_formed(std::to_array({line(Method::get, "/", 0), line(Method::get, "/", 0)})));
static_assert(!well_formed(std::to_array({line(Method::get, "/{a}/{b}/{c}/{d}/{e}", 0)})));

std::string answer(Method method, std::string_view path) {
    const auto found = find_route(routes, method, path);
    if (!found) return std::to_string(found.error().status) + " " + found.error().allow;
    Page page;
    Request request;
    return found->route->handler(page, request, found->captures).body;
}

TEST(Route, IsFoundByMethodAndPath) {
    EXPECT_EQ(answer(Method::get, "/"), "channel");
    EXPECT_EQ(answer(Method::get, "/report"), "form");
    EXPECT_EQ(answer(Method::post, "/report"), "filed");
    EXPECT_EQ(answer(Method::head, "/report"), "form");
}

TEST(Route, HandsOverTheSegmentsInBraces) {
    EXPECT_EQ(answer(Method::post, "/cases/0f/order"), "0f");
    EXPECT_EQ(answer(Method::get, "/statistics/2568/6"), "2568|6");
}

TEST(Route, MatchesNothingButTheExactPath) {
    for (const char *path : {"/report/", "//report", "/Report", "/report/x", "/cases//order", "/cases/order",
                             "/statistics/2568", "/statistics/2568/", "/statistics/2568/6/1", "", "/rep"})
        EXPECT_EQ(answer(Method::get, path), "404 ") << path;
}

TEST(Route, SaysWhichMethodsAnAddressHas) {
    EXPECT_EQ(answer(Method::post, "/"), "405 GET, HEAD");
    EXPECT_EQ(answer(Method::get, "/cases/0f/order"), "405 POST");
    EXPECT_EQ(answer(Method::head, "/cases/0f/order"), "405 POST");
}

TEST(Route, TellsHowMuchABodyMayHave) {
    EXPECT_EQ(body_limit(routes, Method::post, "/report"), 300 * KiB);
    EXPECT_EQ(body_limit(routes, Method::get, "/report"), 0u);
    EXPECT_EQ(body_limit(routes, Method::post, "/nowhere"), 16 * KiB);
    EXPECT_TRUE(streamed(routes, Method::post, "/cases/1/files"));
    EXPECT_FALSE(streamed(routes, Method::get, "/files/1")); // its answer may be a stream, it has no body itself
    EXPECT_FALSE(streamed(routes, Method::post, "/report"));
    EXPECT_FALSE(streamed(routes, Method::post, "/nowhere"));
}

} // namespace
} // namespace http
