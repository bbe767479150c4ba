// Signing in, again, and what becomes of a form that came too late.
#include "tests/unit/web/journeys/browser.h"
#include "web/pages/officer/sign_in.h"

namespace journeys {

class SignIn : public Browser {
protected:
    // The fields of the page's form with this id that are hidden, as a browser would send them.
    static Fields hidden(const std::string &html, const std::string &form) {
        const auto at = html.find("id=\"" + form + "\"");
        EXPECT_NE(at, std::string::npos) << form;
        if (at == std::string::npos) return {};
        Fields out;
        std::string rest = html.substr(at, html.find("</form>", at) - at);
        for (auto next = rest.find("<input type=\"hidden\""); next != std::string::npos;
             next = rest.find("<input type=\"hidden\"", next + 1)) {
            const auto name = rest.find("name=\"", next) + 6;
            const std::string called = rest.substr(name, rest.find('"', name) - name);
            out.emplace_back(called, input(rest.substr(next), called));
        }
        return out;
    }
    http::Response send(const std::string &path, Fields fields, const Fields &more) {
        fields.insert(fields.end(), more.begin(), more.end());
        return officer_post(path, fields);
    }
    Fields credentials(const usecases_test::Person &who) { return {{"login", who.login}, {"passphrase", who.passphrase}}; }
    std::string opened_case() {
        file_report("เรื่อง");
        return case_of(legal);
    }
    // A reply that comes when the session is over.
    http::Response late_reply(const std::string &id) {
        sign_in_as(legal);
        const auto page = officer_get("/cases/" + id);
        clock.time += usecases::session_idle + 1;
        return officer_post("/cases/" + id + "/reply", {{"csrf", input(page.body, "csrf")},
                                                        {"once", input(page.body, "once")},
                                                        {"message", "บรรทัด <b>หนึ่ง</b>\nบรรทัด \"สอง\""}});
    }
};

TEST_F(SignIn, NeedsTheTokenOfItsOwnDoor) {
    const Fields typed{{"login", legal.login}, {"passphrase", legal.passphrase}};
    EXPECT_EQ(officer_post("/login", typed).status, 403u) << "no form was opened";
    const auto first = officer_get("/login");
    EXPECT_EQ(officer_post("/login", typed).status, 403u) << "the cookie alone";
    Fields right = typed;
    right.emplace_back("door", input(first.body, "door"));
    const std::string mine = std::exchange(door_cookie, "");
    const auto without = officer_post("/login", right);
    EXPECT_EQ(without.status, 403u) << "the field alone";
    EXPECT_EQ(input(without.body, "login"), legal.login);
    EXPECT_FALSE(has(without.body, legal.passphrase));
    EXPECT_TRUE(cookie.empty());
    door_cookie = mine;
    EXPECT_EQ(input(officer_get("/login").body, "door"), input(first.body, "door")) << "tabs share it";
    EXPECT_EQ(officer_post("/login", right).status, 303u);
}

TEST_F(SignIn, StandsAboveTheTextThatWasBeingWrittenAndGivesItBack) {
    const std::string id = opened_case();
    const auto late = late_reply(id);
    EXPECT_EQ(late.status, 403u);
    EXPECT_TRUE(has(late.body, "บรรทัด &lt;b&gt;หนึ่ง&lt;/b&gt;\nบรรทัด"));
    EXPECT_LT(late.body.find("id=\"sign-in\""), late.body.find("class=\"app-card\"")) << "above";
    auto fields = hidden(late.body, "sign-in");
    const auto wrong = send("/login", fields, {{"login", legal.login}, {"passphrase", "wrong"}});
    EXPECT_EQ(wrong.status, 403u);
    fields = hidden(wrong.body, "sign-in");
    const auto again = send("/login", fields, credentials(legal));
    EXPECT_EQ(again.status, 200u);
    EXPECT_EQ(text_of(again.body, "message"), "\nบรรทัด <b>หนึ่ง</b>\nบรรทัด \"สอง\"") << "in the form of the case";
    EXPECT_TRUE(has(again.body, "href=\"#form-reply\"")) << "which the head of the page leads to";
    EXPECT_LT(again.body.find("id=\"given-back\""), again.body.find("<h1"));
    EXPECT_EQ(open(legal, id)->history.size(), 1u) << "nothing was sent";
    EXPECT_EQ(officer_get("/queue").status, 200u) << "signed in";
}

TEST_F(SignIn, GivesALateOrderBackWithEveryOfficerThatItNames) {
    file_report("เรื่อง");
    const std::string id = case_of(legal);
    walk_to(domain::State::pending_order, id, legal, clerk);
    sign_in_as(clerk);
    cookie.clear();
    const auto late = officer_post("/cases/" + id + "/order_facts", {{"order_number", "45/2569"},
                                                                     {"fact_finders", head.id().text()},
                                                                     {"fact_finders", legal.id().text()}});
    EXPECT_TRUE(has(late.body, "45/2569"));
    EXPECT_FALSE(has(late.body, "<p class=\"app-text\">" + head.id().text())) << "a box that was ticked is no text";
    const auto again = send("/login", hidden(late.body, "sign-in"), credentials(clerk));
    EXPECT_EQ(again.status, 200u);
    EXPECT_EQ(input(again.body, "order_number"), "45/2569");
    for (const auto *named : {&head, &legal})
        EXPECT_TRUE(has(again.body, "value=\"" + named->id().text() + "\" checked")) << named->login;
    EXPECT_FALSE(has(again.body, "value=\"" + outside.id().text() + "\" checked"));
    EXPECT_EQ(open(clerk, id)->row.state, domain::State::pending_order) << "nothing was sent";
}

TEST_F(SignIn, KeepsTheTextWithTheLanguage) {
    const auto late = late_reply(opened_case());
    auto fields = hidden(late.body, "sign-in");
    language = "en";
    const auto switched = send("/login", fields, {{"step", "show"}, {"login", "x"}, {"passphrase", "y"}});
    EXPECT_EQ(switched.status, 200u);
    EXPECT_EQ(hidden(switched.body, "sign-in"), fields);
    EXPECT_FALSE(has(switched.body, "\"y\""));
}

TEST_F(SignIn, ShowsTheTextToCopyWhereTheOfficerMayNotOpenTheCase) {
    const std::string id = opened_case();
    for (const auto *who : {&admin, &auditor}) {
        const auto late = late_reply(id);
        const auto other = send("/login", hidden(late.body, "sign-in"), credentials(*who));
        EXPECT_EQ(other.status, 200u);
        EXPECT_TRUE(has(other.body, "บรรทัด &lt;b&gt;หนึ่ง&lt;/b&gt;"));
        EXPECT_FALSE(has(other.body, "/reply")) << "no form of a case";
    }
}

TEST_F(SignIn, NeverKeepsASecretNorAnAddressThatIsNotOurs) {
    sign_in_as(legal);
    cookie.clear();
    const auto late = officer_post("/cases/0/reply", {{"message", "x"}, {"passphrase", "lusab"}, {"code", "123456"}});
    EXPECT_FALSE(has(late.body, "lusab"));
    EXPECT_FALSE(has(late.body, "123456"));
    for (const char *path : {"https://evil.example/", "//evil.example", "/login", "/logout", "/nowhere", "/conflict"}) {
        Fields fields{{"door", input(officer_get("/login").body, "door")}, {"kept_path", path}, {"k.message", "x"}};
        const auto entered = send("/login", fields, credentials(legal));
        EXPECT_EQ(entered.status, 303u) << path;
        EXPECT_EQ(entered.location, "/queue?lang=th");
    }
}

TEST_F(SignIn, KeepsNothingThatAnotherSiteSent) {
    const std::string reset = "/officers/" + clerk.id().text() + "/reset";
    const Fields typed{{"order", "ข้อความของเว็บอื่น"}};
    EXPECT_TRUE(has(officer_post(reset, typed).body, reset)) << "our own form is kept";
    Fields carried{{"door", input(officer_get("/login").body, "door")}, {"kept_path", reset}, {"k.order", typed[0].second}};
    same_origin = false;
    for (const auto &answer : {officer_post(reset, typed), officer_post("/login", carried)}) {
        EXPECT_EQ(answer.status, 403u);
        EXPECT_TRUE(has(answer.body, "id=\"sign-in\""));
        EXPECT_FALSE(has(answer.body, reset));
        EXPECT_FALSE(has(answer.body, typed[0].second));
    }
    const auto failed = pages::officer_error(officer_site(), 503, [&] {
        static http::Request post;
        post = request(http::Method::post, "/cases/0/reply", {{"message", typed[0].second}});
        return &post;
    }());
    EXPECT_FALSE(has(failed.body, typed[0].second));
}

TEST_F(SignIn, KeepsEveryFormOfAnOfficerAndNoPageOffersToSendItBlindly) {
    for (const auto &route : pages::officer_routes()) {
        if (route.method != http::Method::post || route.audience != http::Audience::officer) continue;
        std::string path(route.pattern == "/settings/proposal/{act}" ? "/settings/proposal/confirm" : route.pattern);
        for (auto at = path.find('{'); at != path.npos; at = path.find('{'))
            path.replace(at, path.find('}') - at + 1, "0");
        cookie.clear();
        const auto late = officer_post(path, {{"note", "ข้อความ"}});
        const bool of_sign_in = path == "/logout" || path == "/login/again";
        EXPECT_EQ(has(late.body, "name=\"kept_path\" value=\"" + path + "\""), !of_sign_in) << path;
        if (of_sign_in) continue;
        const auto entered = send("/login", hidden(late.body, "sign-in"), credentials(auditor));
        EXPECT_EQ(entered.status, 200u) << path;
        EXPECT_FALSE(has(entered.body, "action=\"" + path)) << path;
        EXPECT_TRUE(has(entered.body, "ข้อความ")) << path;
    }
}

TEST_F(SignIn, ShowsAnActOnTheOfficersOwnPageWithTheNameOfWhomItIsAbout) {
    const std::string page = "/officers/" + clerk.id().text();
    const auto late = officer_post(page + "/reset", {{"which", "account"}});
    const auto back = send("/login", hidden(late.body, "sign-in"), credentials(admin));
    EXPECT_EQ(back.status, 200u);
    EXPECT_TRUE(has(back.body, "href=\"#form-reset\""));
    EXPECT_TRUE(has(back.body, "id=\"form-reset\""));
    EXPECT_TRUE(has(back.body, ">" + clerk.name + "</h1>"));
    cookie.clear();
    EXPECT_EQ(knock(clerk.login, clerk.passphrase).status, 303u) << "nothing was done";
}

TEST_F(SignIn, LeadsToThePageOfAnActThatHasNoText) {
    const auto late = officer_post("/access/handover/" + clerk.id().text(), {{"version", "1"}});
    EXPECT_FALSE(has(late.body, "class=\"app-card\"")) << "nothing was typed";
    const auto back = send("/login", hidden(late.body, "sign-in"), credentials(legal));
    EXPECT_EQ(text_of(back.body, "offered"), "บัญชีส่งมอบ");
    EXPECT_TRUE(has(back.body, "href=\"/access/handover/" + clerk.id().text() + "?lang=th\""));
    EXPECT_FALSE(has(back.body, "action=\"/access"));
}

TEST_F(SignIn, ShowsWhatWasTypedWithItsLabelAndNoInternalName) {
    const auto late = officer_post("/officers/" + clerk.id().text() + "/post", {{"post", "legal_officer"}, {"capacity", "holder"},
                                                                                {"reading", "yes"}, {"order", "9/2569"}});
    const std::string shown = late.body.substr(late.body.find("class=\"app-card\""));
    EXPECT_TRUE(has(shown, "9/2569"));
    EXPECT_TRUE(has(shown, "<strong>คำสั่งที่")) << "its label";
    for (const char *internal : {"legal_officer", "holder", "yes"})
        EXPECT_FALSE(has(shown, internal)) << internal;
    const auto other = send("/login", hidden(late.body, "sign-in"), credentials(auditor));
    EXPECT_TRUE(has(other.body, "9/2569")) << "to be copied";
    EXPECT_FALSE(has(other.body, "กลับไปที่รายการเรื่องร้องเรียน")) << "an auditor has no such list";
}

TEST_F(SignIn, ShowsNoIdentityWhenAFormIsGivenBack) {
    const std::string id = opened_case();
    const auto late = officer_post("/cases/" + id + "/identity/show", {{"version", "1"}});
    const auto back = send("/login", hidden(late.body, "sign-in"), credentials(legal));
    EXPECT_TRUE(has(back.body, "href=\"#form-show\"")) << "the page that offers it, not its answer";
}

TEST_F(SignIn, AgainIsAskedAboveTheFormAndGivesItBackUnsent) {
    const std::string id = opened_case();
    sign_in_as(legal);
    const std::string before = cookie, csrf = input(officer_get("/queue").body, "csrf");
    clock.time += usecases::recent_sign_in + 1;
    auto context = officer();
    pages::OfficerRequest asked{context, officer_site(), std::move(*usecases::resume(context, cookie)), cookie};
    const auto post = request(http::Method::post, "/cases/" + id + "/reply", {{"csrf", csrf}, {"message", "ข้อความ"}});
    const auto page = pages::ask_to_sign_in_again(asked, post);
    EXPECT_EQ(page.status, 403u);
    EXPECT_TRUE(has(page.body, "ข้อความ"));
    const auto fields = hidden(page.body, "sign-in-again");
    EXPECT_EQ(send("/login/again", fields, {{"passphrase", "wrong"}}).status, 403u);
    const auto given = send("/login/again", fields, {{"passphrase", legal.passphrase}});
    EXPECT_EQ(given.status, 200u);
    EXPECT_EQ(text_of(given.body, "message"), "\nข้อความ");
    EXPECT_EQ(cookie, before) << "the same session";
    EXPECT_EQ(input(given.body, "csrf"), csrf);
    const auto session = usecases::resume(context, cookie);
    EXPECT_TRUE(usecases::RecentlySignedIn::check(*session, clock.time));
    EXPECT_EQ(open(legal, id)->history.size(), 1u) << "nothing was sent";
    Fields forged = fields;
    forged[0].second = "forged";
    EXPECT_EQ(send("/login/again", forged, {{"passphrase", legal.passphrase}}).status, 403u);
}

TEST_F(SignIn, WithoutASecondFactorWhereItIsDemandedLeadsToEnrolmentOnly) {
    const std::string id = opened_case();
    policy.second_factor_required = true;
    sign_in_as(legal);
    for (const std::string path : {std::string("/queue"), "/cases/" + id, std::string("/triage/new")}) {
        const auto answer = officer_get(path);
        EXPECT_EQ(answer.status, 303u) << path;
        EXPECT_EQ(answer.location, "/account/second-factor?lang=th") << path;
    }
    EXPECT_EQ(officer_post("/cases/" + id + "/reply", {{"message", "x"}}).status, 303u);
    policy.second_factor_required = false;
    const auto token = input(officer_get("/queue").body, "csrf");
    policy.second_factor_required = true;
    EXPECT_EQ(officer_post("/logout", {{"csrf", token}}).status, 200u) << "signing out stays possible";
}

} // namespace journeys
