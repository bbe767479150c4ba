// Every route of the officer face × every post × an object that one may read, one that one may not, and none at all.
#include "tests/unit/web/journeys/browser.h"

namespace journeys {

namespace {

constexpr const char *nowhere = "00000000000000000000000000000001"; // the id of nothing

// Who is let in, written down apart from the program's own table: l legal officer, h head of office (both read), c clerk (reads,
// custodian), e executive (reads, vouches), o outside officer (reads, custodian, vouches), a admin, u auditor.
struct Row {
    http::Method method;
    std::string_view pattern, who;
};
constexpr auto get = http::Method::get, post = http::Method::post;
constexpr std::string_view anyone = "*", all = "lhceoau", line = "lhceo", custodians = "co", settings = "ae", accounts = "aeo";
constexpr Row matrix[] = {
    {get, "/", anyone},
    {get, "/login", anyone},
    {post, "/login", anyone},
    {get, "/recover", anyone},
    {post, "/recover", anyone},
    {get, "/join", anyone},
    {post, "/join", anyone},
    {get, "/static/{file}", anyone},
    {post, "/login/again", all},
    {post, "/logout", all},
    {get, "/manual", all},
    {get, "/manual/{version}", all},
    {get, "/account", all},
    {get, "/account/passphrase", all},
    {post, "/account/passphrase", all},
    {get, "/account/recovery", all},
    {post, "/account/recovery", all},
    {get, "/account/second-factor", all},
    {post, "/account/second-factor", all},
    {post, "/account/sessions", all},
    {get, "/account/keys", all},
    {post, "/account/keys", all},
    {get, "/account/mail", all},
    {post, "/account/mail", all},
    {get, "/account/mail/saved", all},
    {get, "/queue", all}, // a page without cases for who reads none
    {post, "/queue", line},
    {post, "/officers/seen", all},
    {get, "/triage/{pile}", line},
    {get, "/triage/{pile}/{page}", line},
    {post, "/triage/{pile}/{page}", line},
    {get, "/entry/register", "l"},
    {post, "/entry/register", "l"},
    {get, "/entry/register/template", "l"},
    {post, "/entry/register/take", "l"},
    {get, "/entry", "l"},
    {post, "/entry", "l"},
    {post, "/entry/slip", "l"},
    {get, "/cases/{id}", line},
    {get, "/cases/{id}/identity", line},
    {post, "/cases/{id}/identity", line},
    {post, "/cases/{id}/identity/show", line},
    {get, "/cases/{id}/conflict", line},
    {post, "/cases/{id}/conflict", line},
    {get, "/cases/{id}/print", line},
    {get, "/cases/{id}/print/{kind}", line},
    {post, "/cases/{id}/print/{kind}", line},
    {get, "/conflict", line},
    {post, "/cases/{id}/files", line},
    {get, "/cases/{id}/files/{file}", line},
    {get, "/cases/{id}/files/{file}/view", line},
    {get, "/cases/{id}/files/{file}/download", line},
    {post, "/cases/{id}/title", line},
    {post, "/cases/{id}/reply", line},
    {post, "/cases/{id}/{event}", line},
    {get, "/cases/{id}/{event}", line},
    {get, "/access", line},
    {post, "/access/handover", line},
    {get, "/access/handover/{officer}", line},
    {post, "/access/handover/{officer}", line},
    {post, "/access/{id}", line},
    {get, "/identity", custodians},
    {post, "/identity/{request}", custodians},
    {get, "/audit", "u"},
    {post, "/audit", "u"},
    {get, "/settings", settings},
    {get, "/settings/done/{what}", settings},
    {post, "/settings/proposal/{act}", settings},
    {post, "/settings/restore", "a"},
    {get, "/settings/emblem", "a"},
    {post, "/settings/emblem", "a"},
    {get, "/settings/emblem/{id}", settings},
    {get, "/settings/mail", "a"},
    {post, "/settings/mail", "a"},
    {post, "/settings/mail/test", "a"},
    {get, "/settings/mail/{what}", "a"},
    {get, "/settings/{part}", "a"},
    {post, "/settings/{part}", "a"},
    {get, "/officers", accounts},
    {get, "/officers/new", "a"},
    {post, "/officers/new", "a"},
    {get, "/officers/{id}", accounts},
    {post, "/officers/{id}/{act}", accounts},
    {get, "/officers/{id}/{act}", accounts},
};

const Row *row_of(const pages::OfficerRoute &route) {
    for (const Row &row : matrix)
        if (row.method == route.method && row.pattern == route.pattern)
            return &row;
    return nullptr;
}

bool is_about_a_case(const pages::OfficerRoute &route) {
    return route.pattern.starts_with("/cases/{id}") || route.pattern == "/access/{id}";
}

std::string filled(std::string_view pattern, std::initializer_list<std::pair<std::string_view, std::string>> values) {
    std::string out(pattern);
    for (const auto &[name, value] : values)
        if (const auto at = out.find(name); at != std::string::npos)
            out.replace(at, name.size(), value);
    return out;
}

} // namespace

class RightsMatrix : public Browser {
protected:
    const std::vector<std::pair<char, const usecases_test::Person *>> people{
        {'l', &legal}, {'h', &head}, {'c', &clerk}, {'e', &executive}, {'o', &outside}, {'a', &admin}, {'u', &auditor}};

    // What a request for this object answers, with all that an honest form would carry.
    http::Response ask(const pages::OfficerRoute &route, const std::string &case_id, const std::string &event = "register") {
        const bool of_case = is_about_a_case(route);
        const auto path = filled(route.pattern, {{"{id}", of_case ? case_id : legal.id().text()}, {"{event}", event}, {"{pile}", "new"}, {"{kind}", "contents"},
                                                 {"{page}", "1"}, {"{request}", nowhere}, {"{officer}", legal.id().text()},
                                                 {"{what}", "saved"}, {"{file}", file}, {"{act}", "disable"}, {"{part}", "name"}});
        if (route.method == get)
            return officer_get(path);
        Fields fields{{"csrf", csrf}, {"version", "1"}, {"message", "x"}, {"reason", "x"}, {"once", std::string(32, '0')}};
        for (const auto &[name, value] : whole_form(event))
            fields.emplace_back(name, value);
        return officer_post(path, fields);
    }
    void begin(const usecases_test::Person &who) {
        sign_in_as(who);
        csrf = input(officer_get("/queue").body, "csrf");
    }
    // A case that somebody of the intake reads and this person does not.
    std::string unread_by(const usecases_test::Person &who) {
        for (const auto &row : queue_of(&who == &legal ? head : legal).rows)
            if (domain::stays_apart(who.post) || !open(who, row.id.text())) return row.id.text();
        return {};
    }
    // Ends or changes one's own session: asked of by other tests.
    static bool ends_it(const pages::OfficerRoute &route) {
        return route.audience != http::Audience::officer || route.pattern == "/logout" || route.pattern == "/login/again";
    }
    std::string csrf;
    std::string file = nowhere; // of a case
};

TEST_F(RightsMatrix, KnowsEveryRouteAndNamesNoOther) {
    for (const auto &route : pages::officer_routes()) {
        const Row *row = row_of(route);
        ASSERT_TRUE(row) << "who may use " << route.pattern << "? This test must say it.";
        EXPECT_EQ(row->who == anyone, route.audience == http::Audience::anyone) << route.pattern;
    }
    EXPECT_EQ(std::size(matrix), pages::officer_routes().size());
}

TEST_F(RightsMatrix, LetsInWhoMayAndIsAnUnknownAddressToEverybodyElse) {
    file_report("เรื่อง");
    const std::string id = case_of(legal);
    ASSERT_TRUE(attach(legal, id, "a.jpg", "JPEG"));
    file = open(legal, id)->files.at(0).id.text();
    for (const auto &[letter, who] : people) {
        for (const auto &route : pages::officer_routes()) {
            if (ends_it(route)) continue;
            begin(*who);
            const auto unknown = officer_get("/no-such-page"), answer = ask(route, id);
            const std::string what = who->login + " " + std::string(route.pattern);
            if (row_of(route)->who.find(letter) == std::string_view::npos) {
                EXPECT_EQ(answer.status, 404u) << what;
                EXPECT_EQ(text_of(answer.body, "main"), text_of(unknown.body, "main")) << what;
                EXPECT_TRUE(answer.location.empty() && answer.set_cookies.empty() && answer.allow.empty()) << what;
            } else if (route.method == get && route.pattern.find('{') == std::string_view::npos) {
                EXPECT_EQ(answer.status, 200u) << what;
            } else if (route.pattern.starts_with("/cases/") && (letter == 'l' || letter == 'h')) {
                EXPECT_NE(answer.status, 404u) << what << ": reads new complaints";
            }
        }
    }
}

TEST_F(RightsMatrix, ACaseOfOthersIsNoCase) {
    for (const auto &[letter, who] : people) {
        const bool intake = letter == 'l' || letter == 'h';
        AgencyTest::file(form("เรื่องของคนอื่น", intake ? std::vector{who} : std::vector<const usecases_test::Person *>{}));
        const std::string id = unread_by(*who);
        ASSERT_FALSE(id.empty()) << who->login;
        const auto &reader = who == &legal ? head : legal;
        ASSERT_TRUE(attach(reader, id, "a.jpg", "JPEG"));
        file = open(reader, id)->files.at(0).id.text();
        begin(*who);
        for (const auto &route : pages::officer_routes()) {
            if (!is_about_a_case(route)) continue;
            for (const std::string event : {"register", "reply", "close", "no-such-event"}) {
                const auto there = ask(route, id, event), missing = ask(route, nowhere, event);
                const std::string what = who->login + " " + std::string(route.pattern) + " " + event;
                EXPECT_EQ(there.status, 404u) << what;
                EXPECT_EQ(missing.status, 404u) << what;
                EXPECT_EQ(there.body, missing.body) << what;
                EXPECT_TRUE(there.location.empty() && there.set_cookies.empty()) << what;
            }
        }
    }
}

// The admin's pages are the same to the byte whether there are cases or not, and hold nothing of them.
TEST_F(RightsMatrix, TheAdminsPagesDoNotChangeWithTheCases) {
    begin(admin);
    const std::string mine = cookie, mine_csrf = csrf;
    std::vector<std::string> before;
    const auto look = [&](const std::string &id) {
        std::vector<std::string> bodies;
        cookie = mine, csrf = mine_csrf;
        for (const auto &route : pages::officer_routes()) {
            if (ends_it(route) || route.method != get) continue;
            if (route.pattern == "/account/passphrase" || route.pattern == "/account/second-factor") continue; // offers of new secrets
            bodies.push_back(ask(route, id).body);
        }
        return bodies;
    };
    const auto empty = look(nowhere);
    file_report("เรียกรับเงินหน้าห้องประมูล");
    const std::string id = case_of(legal);
    ASSERT_TRUE(move(legal, id, "register"));
    ASSERT_TRUE(answer(legal, id, "ได้รับแล้ว"));
    const auto full = look(id);
    ASSERT_EQ(empty.size(), full.size());
    for (std::size_t i = 0; i < full.size(); ++i)
        EXPECT_EQ(full[i], empty[i]) << "page " << i;
    for (const auto &route : pages::officer_routes()) {
        if (ends_it(route)) continue;
        cookie = mine, csrf = mine_csrf;
        const auto answer = ask(route, id);
        for (const char *trace : {"เรียกรับเงิน", "นายสมหมาย"})
            EXPECT_FALSE(has(answer.body, trace)) << route.pattern;
        EXPECT_FALSE(has(answer.location, id)) << route.pattern;
        EXPECT_FALSE(has(answer.body, id) && !has(ask(route, nowhere).body, nowhere)) << route.pattern;
    }
}

} // namespace journeys
