// The tables of routes in deploy/docs/CONTRACT.md and the route tables of the program say the same.
#include "web/pages/officer/face.h"
#include "web/pages/reporter/face.h"

#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <sstream>

namespace {

struct Address {
    http::Method method;
    std::string path;
};

std::string section(const std::string &title) {
    std::ifstream file(std::string(SUCHARIT_TEST_SOURCE) + "/deploy/docs/CONTRACT.md");
    std::stringstream text;
    text << file.rdbuf();
    const std::string all = text.str();
    const auto from = all.find("## " + title);
    return from == std::string::npos ? "" : all.substr(from, all.find("\n## ", from + 1) - from);
}

std::vector<Address> promised(const std::string &title) {
    std::vector<Address> out;
    const std::string text = section(title);
    static const std::regex address("`(GET|POST) (/[^` ]*)`");
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with("| `"))
            for (std::sregex_iterator at(line.begin(), line.end(), address), end; at != end; ++at)
                out.push_back({(*at)[1] == "GET" ? http::Method::get : http::Method::post, (*at)[2]});
    return out;
}

template <class Routes>
void expect_the_same(const std::string &title, const Routes &routes) {
    const auto addresses = promised(title);
    ASSERT_FALSE(addresses.empty());
    for (const auto &address : addresses)
        EXPECT_TRUE(http::find_route(routes, address.method, address.path))
            << "promised and not there: " << http::name(address.method) << ' ' << address.path;
    for (const auto &route : routes) {
        bool found = false;
        for (const auto &address : addresses) {
            http::Captures captures;
            found = found || (address.method == route.method && http::matches(route.pattern, address.path, captures));
        }
        EXPECT_TRUE(found) << "there and not promised: " << http::name(route.method) << ' ' << route.pattern;
    }
}

} // namespace

TEST(Contract, ListsEveryRouteOfTheReporterFaceAndNoOther) { expect_the_same("Reporter face", pages::reporter_routes()); }

TEST(Contract, ListsEveryRouteOfTheOfficerFaceAndNoOther) { expect_the_same("Officer face", pages::officer_routes()); }

TEST(Contract, ListsEveryMoveOfTheTransitionTable) {
    const std::string text = section("Officer face");
    for (const auto &transition : domain::transitions())
        if (!transition.by_hand) // of no case that is there: /entry
            EXPECT_NE(text.find("/cases/{id}/" + std::string(transition.event) + "`"), std::string::npos) << transition.event;
}
