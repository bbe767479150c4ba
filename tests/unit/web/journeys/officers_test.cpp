// The pages of accounts: for whom they are there, and what a form must bring.
#include "service/usecases/officer/vouching.h"
#include "tests/unit/web/journeys/browser.h"

namespace journeys {

class Accounts : public Browser {
protected:
    std::string csrf() { return input(officer_get("/queue").body, "csrf"); }
    Fields account() {
        return {{"csrf", csrf()},       {"login", "somsri"},    {"name", "นางสมศรี <b>ใจงาม"}, {"reading", "yes"},
                {"post", "legal_officer"}, {"capacity", "holder"}, {"order", "9/2569"},          {"from", "2/3/2569"},
                {"until", "1/3/2571"},  {"step", "send"}};
    }
    std::string page_of(const usecases_test::Person &who) { return "/officers/" + who.id().text(); }
};

TEST_F(Accounts, AreNotThereForAnybodyElse) {
    for (const auto *who : {&clerk, &head, &legal, &auditor}) {
        sign_in_as(*who);
        const auto unknown = officer_get("/no-such-page");
        const Fields form{{"csrf", csrf()}, {"shown", "x"}, {"fingerprint", "x"}};
        for (const auto &route : pages::officer_routes()) {
            if (!route.pattern.starts_with("/officers") || route.pattern == "/officers/seen") continue;
            const std::string path = route.pattern == "/officers/{id}"         ? page_of(legal)
                                     : route.pattern == "/officers/{id}/{act}" ? page_of(legal) + "/vouch"
                                                                               : std::string(route.pattern);
            const auto answer = route.method == http::Method::post ? officer_post(path, form) : officer_get(path);
            EXPECT_EQ(answer.status, 404u) << who->login << " " << path;
            EXPECT_EQ(text_of(answer.body, "main"), text_of(unknown.body, "main")) << path;
        }
        EXPECT_FALSE(has(officer_get("/queue").body, "href=\"/officers?lang=th\"")) << who->login;
    }
}

TEST_F(Accounts, LetAdminsProposeOnlyAndVouchersSignOnly) {
    sign_in_as(admin);
    EXPECT_EQ(officer_get("/officers").status, 200u);
    for (const char *act : {"vouch", "sign", "revoke", "take_over", "no-such-act"})
        EXPECT_EQ(officer_post(page_of(head) + "/" + act, {{"csrf", csrf()}}).status, 404u) << act;
    sign_in_as(executive);
    EXPECT_EQ(officer_get(page_of(head)).status, 200u);
    EXPECT_EQ(officer_get("/officers/new").status, 404u);
    EXPECT_EQ(officer_post("/officers/new", account()).status, 404u);
    for (const char *act : {"post", "end", "certificate", "withdraw", "disable", "reset"})
        EXPECT_EQ(officer_post(page_of(head) + "/" + act, {{"csrf", csrf()}}).status, 404u) << act;
    EXPECT_EQ(officer_get("/officers/00000000000000000000000000000001").status, 404u);
}

TEST_F(Accounts, ShowAnInvitationOnceAndKeepWhatWasTypedElse) {
    sign_in_as(admin);
    auto form = account();
    form[6].second = "";
    const auto faulty = officer_post("/officers/new", form);
    EXPECT_EQ(faulty.status, 400u);
    EXPECT_EQ(input(faulty.body, "name"), "นางสมศรี <b>ใจงาม");
    EXPECT_TRUE(has(faulty.body, "id=\"order-error\""));
    const auto opened = officer_post("/officers/new", account());
    ASSERT_EQ(opened.status, 200u);
    const auto code = text_of(opened.body, "invitation");
    EXPECT_EQ(code.size(), 32u);
    EXPECT_FALSE(has(opened.body, "<b>ใจงาม"));
    const auto list = officer_get("/officers");
    EXPECT_TRUE(has(list.body, "somsri"));
    EXPECT_FALSE(has(list.body, code));
}

TEST_F(Accounts, DemandTheTokenAndARecentSignIn) {
    sign_in_as(admin);
    auto form = account();
    form[0].second = "wrong";
    EXPECT_EQ(officer_post("/officers/new", form).status, 403u);
    form = account();
    clock.time += usecases::recent_sign_in + 1;
    EXPECT_NE(officer_post("/officers/new", form).status, 200u);
    EXPECT_FALSE(has(officer_get("/officers").body, "somsri")) << "nothing was done";
}

TEST_F(Accounts, OfNewReadersAreToldToEveryOfficerOnEveryPageUntilNoted) {
    const auto note = [&] {
        const auto queue = officer_get("/queue").body;
        const Fields form{{"csrf", input(queue, "csrf")}, {"version", input(queue, "version")}};
        EXPECT_EQ(officer_post("/officers/seen", form).status, 303u);
    };
    const auto told = [&] { return has(officer_get("/account").body, "id=\"readers-to-note\""); };
    for (const auto *who : {&clerk, &admin, &auditor}) {
        sign_in_as(*who);
        EXPECT_TRUE(told()) << who->login << " has never taken note of anybody";
        note();
        EXPECT_FALSE(told()) << who->login;
    }
    enrol(domain::Post::legal_officer, "somsri", "นางสมศรี ใจงาม", 1, &executive);
    for (const auto *who : {&clerk, &admin, &auditor}) {
        sign_in_as(*who);
        EXPECT_TRUE(told()) << who->login;
        const auto queue = officer_get("/queue").body;
        EXPECT_TRUE(has(text_of(queue, "roster-notice"), "นางสมศรี ใจงาม")) << who->login;
        EXPECT_FALSE(has(queue, "id=\"readers-to-note\"")) << "the list itself is there";
        note();
        EXPECT_FALSE(told()) << who->login;
    }
}

TEST_F(Accounts, SayNothingOfCases) {
    file_report("ข้อความลับของผู้ร้อง");
    sign_in_as(admin);
    for (const std::string &path : {std::string("/officers"), page_of(legal), std::string("/officers/new"), std::string("/queue")})
        EXPECT_FALSE(has(officer_get(path).body, "ข้อความลับ")) << path;
}

} // namespace journeys
