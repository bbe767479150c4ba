// Asking, deciding and seeing who a reporter is, page by page; and what others are answered.
#include "tests/unit/web/journeys/browser.h"

namespace journeys {

namespace {

constexpr const char *nowhere = "00000000000000000000000000000001"; // the id of no case and no request

} // namespace

class IdentityPages : public Browser {
protected:
    void file_named() {
        Fields fields = whole_report("เรียกเงินจากผู้รับเหมา");
        std::erase_if(fields, [](const auto &field) { return field.first == "anonymous"; });
        for (const auto &field : Fields{{"anonymous", "no"}, {"name", "นายสมศักดิ์ กล้าหาญ"}, {"phone", "081-234-5678"},
                                        {"conceal", "yes"}, {"step", "file"}})
            fields.push_back(field);
        ASSERT_EQ(reporter_post("/report", fields).status, 200u);
        id = case_of(legal);
    }
    std::string csrf() { return input(officer_get("/queue").body, "csrf"); }
    http::Response ask(const std::string &reason) {
        const auto page = officer_get("/cases/" + id + "/identity");
        return officer_post("/cases/" + id + "/identity",
                            {{"csrf", csrf()}, {"once", input(page.body, "once")}, {"reason", reason}});
    }
    http::Response show() { return officer_post("/cases/" + id + "/identity/show", {{"csrf", csrf()}}); }
    std::string request_on(const http::Response &page) {
        const auto at = page.body.find("action=\"/identity/");
        return at == std::string::npos ? std::string() : page.body.substr(at + 18, 32);
    }
    http::Response decide(const std::string &request, const std::string &decision, const std::string &reason) {
        return officer_post("/identity/" + request, {{"csrf", csrf()}, {"decision", decision}, {"reason", reason}});
    }
    void ask_and_grant() {
        file_named();
        sign_in_as(legal);
        ASSERT_EQ(ask("ต้องนัดหมาย").status, 303u);
        sign_in_as(clerk);
        ASSERT_EQ(decide(request_on(officer_get("/identity")), "grant", "จำเป็น").status, 200u);
        sign_in_as(legal);
    }
    std::string id;
};

TEST_F(IdentityPages, AskDecideAndShowOnce) {
    file_named();
    sign_in_as(legal);
    EXPECT_TRUE(has(officer_get("/cases/" + id).body, "/cases/" + id + "/identity?lang=th"));
    const auto asked = ask("ต้องนัดหมายเพื่อสอบปากคำ");
    EXPECT_EQ(asked.location, "/cases/" + id + "/identity?lang=th");
    EXPECT_TRUE(has(text_of(officer_get("/cases/" + id + "/identity").body, "standing"), "รอผู้รักษาความลับ"));
    EXPECT_TRUE(has(text_of(officer_get("/cases/" + id).body, "identity"), "รอผู้รักษาความลับ"));

    sign_in_as(clerk);
    const auto waiting = officer_get("/identity");
    EXPECT_TRUE(has(waiting.body, "ต้องนัดหมายเพื่อสอบปากคำ") && has(waiting.body, legal.name));
    EXPECT_FALSE(has(waiting.body, id)) << "nothing of the case but what the letter says";
    const auto granted = decide(request_on(waiting), "grant", "จำเป็นต่อการสืบสวน");
    EXPECT_EQ(granted.status, 200u);
    EXPECT_TRUE(has(granted.body, "ผู้ร้องให้ข้อมูลตัวตนไว้"));
    EXPECT_FALSE(has(granted.body, "สมศักดิ์")) << "the custodian is not shown it";

    sign_in_as(legal);
    const auto before = officer_get("/cases/" + id + "/identity");
    EXPECT_TRUE(has(before.body, "จำเป็นต่อการสืบสวน") && has(before.body, clerk.name));
    EXPECT_FALSE(has(before.body, "สมศักดิ์"));
    const auto shown = show();
    EXPECT_EQ(shown.status, 200u);
    EXPECT_TRUE(has(shown.body, "นายสมศักดิ์ กล้าหาญ") && has(shown.body, "081-234-5678") && has(shown.body, "app-secrecy"));
    const auto again = show();
    EXPECT_EQ(again.status, 409u);
    EXPECT_FALSE(has(again.body, "สมศักดิ์"));
    EXPECT_TRUE(has(text_of(again.body, "standing"), "แสดงแล้ว"));
    EXPECT_FALSE(has(officer_get("/cases/" + id + "/identity").body, "สมศักดิ์"));
}

TEST_F(IdentityPages, KeepWhatWasTypedBesideEachFault) {
    file_named();
    sign_in_as(legal);
    const std::string long_reason(1001, 'x');
    const auto too_long = ask(long_reason);
    EXPECT_EQ(too_long.status, 400u);
    EXPECT_TRUE(has(too_long.body, "reason-error") && has(too_long.body, long_reason));
    EXPECT_EQ(ask("").status, 400u);
    ASSERT_EQ(ask("เหตุผล").status, 303u);
    sign_in_as(clerk);
    const auto request = request_on(officer_get("/identity"));
    const auto neither = decide(request, "", "พิมพ์ไว้แล้ว");
    EXPECT_EQ(neither.status, 400u);
    EXPECT_TRUE(has(neither.body, request + "-decision-error") && has(neither.body, "พิมพ์ไว้แล้ว"));
    EXPECT_EQ(decide(request, "grant", " ").status, 400u);
}

TEST_F(IdentityPages, AskForTheSignInAgainAfterTenMinutesAndDoNothing) {
    ask_and_grant();
    clock.time += usecases::recent_sign_in + 1;
    const auto late = show();
    EXPECT_EQ(late.status, 403u);
    EXPECT_FALSE(has(late.body, "สมศักดิ์"));
    sign_in_as(legal);
    EXPECT_EQ(show().status, 200u) << "it still waited";
}

TEST_F(IdentityPages, AreNotShownByAFormThatIsGivenBackAfterASignIn) {
    ask_and_grant();
    clock.time += usecases::session_idle + 1;
    const auto back = knock(legal.login, legal.passphrase, {{"kept_path", "/cases/" + id + "/identity/show"}});
    EXPECT_EQ(back.status, 200u);
    EXPECT_FALSE(has(back.body, "สมศักดิ์"));
    EXPECT_TRUE(has(show().body, "นายสมศักดิ์")) << "it still waited";
}

TEST_F(IdentityPages, AnswerWhoMayNotSeeThemLikeAnUnknownAddress) {
    file_named();
    sign_in_as(legal);
    ASSERT_EQ(ask("เหตุผล").status, 303u);
    sign_in_as(clerk);
    const auto request = request_on(officer_get("/identity"));
    for (const auto *who : {&admin, &auditor, &executive, &outside}) {
        sign_in_as(*who);
        const auto unknown = text_of(officer_get("/no-such-page").body, "main");
        const bool custodian = who == &outside;
        for (const std::string &one : {id, std::string(nowhere)}) {
            EXPECT_EQ(text_of(officer_get("/cases/" + one + "/identity").body, "main"), unknown) << who->login;
            for (const char *act : {"", "/show"}) {
                const auto answer = officer_post("/cases/" + one + "/identity" + act,
                                                 {{"csrf", csrf()}, {"once", std::string(32, '0')}, {"reason", "x"}});
                EXPECT_EQ(answer.status, 404u) << who->login << act;
                EXPECT_EQ(text_of(answer.body, "main"), unknown);
            }
        }
        EXPECT_EQ(officer_get("/identity").status, custodian ? 200u : 404u) << who->login;
        EXPECT_EQ(decide(nowhere, "grant", "x").status, 404u);
        if (!custodian) EXPECT_EQ(text_of(decide(request, "grant", "x").body, "main"), unknown) << who->login;
    }
}

TEST_F(IdentityPages, AreNotUsedByAForeignPageOrWithoutTheToken) {
    ask_and_grant();
    same_origin = false;
    EXPECT_EQ(show().status, 403u);
    same_origin = true;
    EXPECT_EQ(officer_post("/cases/" + id + "/identity/show", {{"csrf", "x"}}).status, 403u);
    EXPECT_EQ(officer_post("/cases/" + id + "/identity", {{"csrf", "x"}, {"reason", "y"}}).status, 403u);
    EXPECT_EQ(officer_post("/identity/" + std::string(nowhere), {{"csrf", "x"}}).status, 404u) << "no custodian";
    EXPECT_EQ(show().status, 200u);
}

} // namespace journeys
