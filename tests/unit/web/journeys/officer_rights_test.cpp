// What an officer's session opens, and what it does not.
#include "tests/unit/web/journeys/browser.h"

namespace journeys {

namespace {

constexpr const char *nowhere = "00000000000000000000000000000001"; // the id of no case

std::string with_id(std::string_view pattern, const std::string &id, const std::string &event) {
    std::string out(pattern);
    for (const auto &[name, value] : {std::pair{"{id}", id}, {"{event}", event}})
        if (const auto at = out.find(name); at != std::string::npos)
            out.replace(at, std::string_view(name).size(), value);
    return out;
}

} // namespace

class OfficerRights : public Browser {
protected:
    std::string csrf() { return input(officer_get("/queue").body, "csrf"); }
    // Every request that the face knows for a case, with all that an honest form would carry.
    std::vector<http::Response> ask_about(const std::string &id, const std::string &event) {
        std::vector<http::Response> out;
        Fields fields{{"csrf", csrf()}, {"version", "1"}, {"message", "x"}, {"short_title", "x"}, {"once", std::string(32, '0')}};
        for (const auto &[name, value] : whole_form(event))
            fields.emplace_back(name, value);
        for (const auto &route : pages::officer_routes()) {
            if (!route.pattern.starts_with("/cases/{id}")) continue; // the others are of no case that is there
            const auto path = with_id(route.pattern, id, event);
            out.push_back(route.method == http::Method::post ? officer_post(path, fields) : officer_get(path));
        }
        return out;
    }
    http::Response move(const std::string &id, const std::string &event) {
        const auto page = officer_get("/cases/" + id);
        Fields fields{{"csrf", input(page.body, "csrf")}, {"version", input(page.body, "version")}};
        for (const auto &[name, value] : whole_form(event))
            fields.emplace_back(name, value);
        return officer_post("/cases/" + id + "/" + event, fields);
    }
};

TEST_F(OfficerRights, OfAdminAndAuditorAnswerEveryCaseLikeAnUnknownAddress) {
    file_report("เรื่อง");
    const std::string id = case_of(legal);
    for (const auto *who : {&admin, &auditor}) {
        sign_in_as(*who);
        const auto unknown = officer_get("/no-such-page");
        ASSERT_EQ(unknown.status, 404u);
        ASSERT_FALSE(text_of(unknown.body, "main").empty());
        for (const std::string event : {"register", "reply", "close", "reveal", "no-such-event"}) {
            const auto there = ask_about(id, event), missing = ask_about(nowhere, event);
            ASSERT_EQ(there.size(), 17u) << "a route of cases that this test does not know";
            for (std::size_t i = 0; i < there.size(); ++i) {
                EXPECT_EQ(there[i].status, 404u) << who->login << " " << event << " " << i;
                EXPECT_EQ(there[i].body, missing[i].body) << who->login << " " << event << " " << i;
                EXPECT_EQ(text_of(there[i].body, "main"), text_of(unknown.body, "main"));
                EXPECT_TRUE(there[i].location.empty() && there[i].set_cookies.empty());
            }
        }
    }
    EXPECT_EQ(open(legal, id)->history.size(), 1u) << "nothing was done";
}

TEST_F(OfficerRights, WhoDidNothingIsToldOfNoDeed) {
    file_report("เรื่อง");
    const std::string id = case_of(legal);
    const auto done = [&](const std::string &event) { return officer_get("/cases/" + id + "/" + event); };
    sign_in_as(legal);
    ASSERT_EQ(move(id, "register").status, 303u);
    EXPECT_EQ(done("register").status, 200u) << "who did it is told";
    for (const char *event : {"close", "reply", "screen", "no-such-event"}) {
        EXPECT_EQ(done(event).status, 303u) << event;
        EXPECT_EQ(done(event).location, "/cases/" + id + "?lang=th") << event;
    }
    for (const char *event : {"screen", "propose"})
        ASSERT_EQ(move(id, event).status, 303u) << event;
    EXPECT_EQ(done("propose").status, 200u);
    for (const auto *other : {&clerk, &executive}) {
        sign_in_as(*other);
        ASSERT_EQ(officer_get("/cases/" + id).status, 200u) << "the case is before the superiors";
        for (const char *event : {"register", "screen", "propose"})
            EXPECT_EQ(done(event).status, 303u) << other->login << " " << event;
    }
}

TEST_F(OfficerRights, EndWithTheSessionThatSignsOutAndWithNoOther) {
    sign_in_as(legal);
    const std::string at_the_desk = cookie;
    sign_in_as(legal); // another browser: the first cookie is not sent
    const std::string at_home = cookie;
    ASSERT_NE(at_home, at_the_desk);
    ASSERT_EQ(officer_post("/logout", {{"csrf", csrf()}}).status, 200u);
    cookie = at_home;
    EXPECT_EQ(officer_get("/queue").status, 403u);
    cookie = at_the_desk;
    EXPECT_EQ(officer_get("/queue").status, 200u);
}

TEST_F(OfficerRights, OfACookieEndWhenTheSameBrowserSignsInAgain) {
    sign_in_as(legal);
    const std::string before = cookie;
    ASSERT_EQ(knock(clerk.login, clerk.passphrase).status, 303u);
    ASSERT_NE(cookie, before);
    EXPECT_EQ(officer_get("/queue").status, 200u);
    cookie = before;
    EXPECT_EQ(officer_get("/queue").status, 403u);
}

TEST_F(OfficerRights, StayWhenSigningInAgainFails) {
    sign_in_as(legal);
    ASSERT_EQ(knock(legal.login, "wrong").status, 403u);
    EXPECT_EQ(officer_get("/queue").status, 200u);
}

TEST_F(OfficerRights, AreNotTakenAwayByAForeignPage) {
    sign_in_as(legal);
    const std::string kept = cookie, token = csrf();
    same_origin = false; // Sec-Fetch-Site: cross-site
    EXPECT_EQ(officer_post("/logout", {{"csrf", token}}).status, 400u);
    EXPECT_EQ(cookie, kept);
    same_origin = true;
    EXPECT_EQ(officer_get("/queue").status, 200u);
    EXPECT_EQ(officer_post("/logout", {{"csrf", token}}).status, 200u);
}

TEST_F(OfficerRights, AreNotUsedByAForeignPage) {
    file_report("เรื่อง");
    const std::string id = case_of(legal);
    sign_in_as(legal);
    same_origin = false;
    const auto answer = move(id, "register");
    EXPECT_EQ(answer.status, 403u);
    EXPECT_EQ(open(legal, id)->history.size(), 1u);
}

} // namespace journeys
