// An officer's way through the pages.
#include "tests/unit/web/journeys/browser.h"

namespace journeys {

class Officer : public Browser {
protected:
    // The form of a move as the case page offers it, with what whole_form() fills in.
    http::Response carry_out(const std::string &id, const std::string &event) {
        const auto page = officer_get("/cases/" + id);
        Fields fields{{"csrf", input(page.body, "csrf")}, {"version", input(page.body, "version")}, {"seen", input(page.body, "seen")}};
        for (const auto &[name, value] : whole_form(event))
            fields.emplace_back(name, value);
        return officer_post("/cases/" + id + "/" + event, fields);
    }
    std::string csrf() { return input(officer_get("/queue").body, "csrf"); }
};

TEST_F(Officer, IsLedToTheLoginFirst) {
    for (const char *path : {"/", "/queue", "/cases/00000000000000000000000000000000"}) {
        const auto answer = officer_get(path);
        EXPECT_EQ(answer.status, 303u) << path;
    }
    EXPECT_EQ(officer_get("/login").status, 200u);
}

TEST_F(Officer, IsNotToldWhichOfLoginAndPassphraseWasWrong) {
    const auto no_login = knock("nobody", "x");
    const auto no_passphrase = knock("nobody", "");
    EXPECT_EQ(no_login.status, 403u);
    EXPECT_EQ(no_login.body, no_passphrase.body);
    EXPECT_TRUE(cookie.empty());
}

TEST_F(Officer, IsKnownByTheBrowserAfterwardsAndNotBefore) {
    const auto known = [this](std::string header) {
        http::Request asked;
        asked.cookie = std::move(header);
        return pages::known_officer(keys, clock.today(), asked);
    };
    knock(legal.login, "wrong");
    EXPECT_EQ(known_cookie, "") << "a failed attempt makes nothing known";
    sign_in_as(legal);
    EXPECT_EQ(known("a=b; __Host-sucharit-known=" + known_cookie), legal.id());
    EXPECT_EQ(known("__Host-sucharit=" + known_cookie), std::nullopt);
    EXPECT_EQ(known("__Host-sucharit-known=" + cookie), std::nullopt);
    EXPECT_EQ(known(""), std::nullopt);
    officer_post("/logout", {{"csrf", csrf()}});
    EXPECT_EQ(known("__Host-sucharit-known=" + known_cookie), legal.id()) << "signing out keeps it: that is what it is for";
    cookie = known_cookie;
    EXPECT_NE(officer_get("/queue").status, 200u) << "it is no session";
}

TEST_F(Officer, WhoFindsNoPlaceKeepsTheLoginAndNeverSeesThePassphraseAgain) {
    http::Request asked;
    asked.method = http::Method::post;
    asked.path = "/login";
    asked.content_type = "application/x-www-form-urlencoded";
    asked.body = "login=somchai&passphrase=lusab-babad";
    const auto answer = pages::officer_error(officer_site(), 503, &asked);
    EXPECT_EQ(answer.status, 503u);
    EXPECT_EQ(input(answer.body, "login"), "somchai");
    EXPECT_FALSE(has(answer.body, "lusab"));
    EXPECT_TRUE(has(answer.body, "โปรดรอสักครู่"));
}

TEST_F(Officer, CannotBeSignedInByAForeignPage) {
    same_origin = false;
    EXPECT_EQ(knock(legal.login, legal.passphrase).status, 403u);
    EXPECT_TRUE(cookie.empty());
}

TEST_F(Officer, TakesACaseFromFilingToTheEnd) {
    const std::string receipt = file_report("เรียกเงิน <i>จากผู้รับเหมา</i>");
    sign_in_as(legal);
    const auto queue = officer_get("/queue");
    EXPECT_TRUE(has(queue.body, "รอท่านดำเนินการ"));
    EXPECT_EQ(text_of(queue.body, "total"), "1");
    const std::string id = case_of(legal);
    const auto first = officer_get("/cases/" + id);
    EXPECT_TRUE(has(first.body, "เรียกเงิน &lt;i&gt;จากผู้รับเหมา&lt;/i&gt;"));
    EXPECT_TRUE(has(first.body, "<p class=\"app-secrecy\">ลับ</p>"));
    const auto registered = carry_out(id, "register");
    ASSERT_EQ(registered.status, 303u);
    EXPECT_EQ(registered.location, "/cases/" + id + "/register?lang=th");
    EXPECT_TRUE(has(officer_get("/cases/" + id + "/register").body, "เลขรับเรื่อง 1/2569"));
    ASSERT_EQ(carry_out(id, "screen").status, 303u);
    ASSERT_EQ(carry_out(id, "propose").status, 303u);
    EXPECT_FALSE(has(officer_get("/cases/" + id).body, "/close")) << "who screened may not order";
    EXPECT_NE(carry_out(id, "close").status, 303u);
    EXPECT_EQ(open(legal, id)->row.state, domain::State::pending_order);
    sign_in_as(clerk);
    ASSERT_EQ(carry_out(id, "close").status, 303u);
    const auto closed = officer_get("/cases/" + id);
    EXPECT_EQ(text_of(closed.body, "state"), "ยุติเรื่อง / ดำเนินการแล้วเสร็จ");
    EXPECT_TRUE(has(closed.body, "เรื่องนี้ยุติแล้ว"));
    const std::string notice = whole_form("close").at("notice");
    EXPECT_NE(closed.body.find(notice), std::string::npos);
    EXPECT_EQ(closed.body.find(notice), closed.body.rfind(notice)) << "once, as the message that the reporter got";
    const auto told = reporter_post("/track", {{"receipt", receipt}, {"action", "open"}});
    EXPECT_EQ(text_of(told.body, "state"), "เสร็จสิ้น");
    EXPECT_TRUE(has(told.body, "class=\"message\""));
    EXPECT_TRUE(has(told.body, "ไม่เห็นด้วยกับผล")) << "what is left to do is said";
}

TEST_F(Officer, SwitchesLanguageWithADraftAndKeepsIt) {
    file_report("เรื่อง");
    const std::string id = case_of(legal);
    walk_to(domain::State::screening, id, legal, clerk);
    sign_in_as(legal);
    const auto page = officer_get("/cases/" + id);
    EXPECT_TRUE(has(page.body, "form=\"form-propose\" formaction=\"/cases/" + id + "/propose?lang=en\" name=\"step\""));
    EXPECT_TRUE(has(page.body, "formaction=\"/cases/" + id + "/reply?lang=en\""));
    language = "en";
    const auto draft = officer_post("/cases/" + id + "/propose",
                                    {{"csrf", input(page.body, "csrf")}, {"step", "show"}, {"proposed_order", "ร่าง"}});
    EXPECT_EQ(draft.status, 200u);
    EXPECT_EQ(text_of(draft.body, "propose-proposed_order"), "\nร่าง");
    EXPECT_FALSE(has(draft.body, "error-summary"));
}

TEST_F(Officer, SeesEachFaultBesideItsFieldAndLosesNothing) {
    file_report("เรื่อง");
    const std::string id = case_of(legal);
    walk_to(domain::State::screening, id, legal, clerk);
    sign_in_as(legal);
    const auto page = officer_get("/cases/" + id);
    const auto answer = officer_post("/cases/" + id + "/propose", {{"csrf", input(page.body, "csrf")},
                                                                   {"version", input(page.body, "version")},
                                                                   {"sufficient_unit", "unclear"},
                                                                   {"allegations", "<b>ประเด็น\nสอง"}});
    EXPECT_EQ(answer.status, 400u);
    EXPECT_TRUE(has(answer.body, "href=\"#propose-proposed_order\""));
    EXPECT_TRUE(has(answer.body, "id=\"propose-proposed_order-error\""));
    EXPECT_TRUE(has(text_of(answer.body, "propose-in_court-error"), "เลือกคำตอบข้อนี้")) << "a choice is not filled in";
    EXPECT_EQ(text_of(answer.body, "propose-allegations"), "\n<b>ประเด็น\nสอง");
    EXPECT_TRUE(has(answer.body, "name=\"sufficient_unit\" type=\"radio\" value=\"unclear\" checked"));
}

TEST_F(Officer, IsToldThatTheCaseMovedOnAndSeesWhatWasTyped) {
    file_report("เรื่อง");
    const std::string id = case_of(legal);
    sign_in_as(legal);
    const auto page = officer_get("/cases/" + id);
    ASSERT_EQ(carry_out(id, "register").status, 303u);
    const auto answer = officer_post("/cases/" + id + "/register", {{"csrf", input(page.body, "csrf")},
                                                                    {"version", input(page.body, "version")},
                                                                    {"category", "bribery"},
                                                                    {"secrecy", "secret"}});
    EXPECT_TRUE(answer.status == 409u || answer.status == 404u) << answer.status;
}

TEST_F(Officer, IsAnsweredCalmlyWhateverNamesAFormHas) {
    file_report("เรื่อง");
    const std::string id = case_of(legal);
    sign_in_as(legal);
    for (const char *event : {"close", "no-such-event", "register"}) {
        const auto answer = officer_post(
            "/cases/" + id + "/" + event,
            {{"csrf", csrf()}, {"outcome_x", "1"}, {"outcome_99", "no_merit"}, {"<b>", "<b>"}, {"version", "-1"}});
        EXPECT_TRUE(answer.status == 400u || answer.status == 404u || answer.status == 409u) << event << answer.status;
        EXPECT_FALSE(has(answer.body, "<b>"));
    }
}

TEST_F(Officer, MustSendTheTokenOfTheSession) {
    file_report("เรื่อง");
    const std::string id = case_of(legal);
    sign_in_as(legal);
    const auto page = officer_get("/cases/" + id);
    for (const std::string &token : {std::string(), std::string("forged")}) {
        const auto answer = officer_post("/cases/" + id + "/reply",
                                         {{"csrf", token}, {"message", "ข้อความ"}, {"once", input(page.body, "once")}});
        EXPECT_EQ(answer.status, 403u);
        EXPECT_EQ(text_of(answer.body, "message"), "\nข้อความ") << "what was typed stays";
    }
    EXPECT_EQ(officer_post("/logout", {{"csrf", "forged"}}).status, 400u);
    EXPECT_EQ(officer_get("/queue").status, 200u);
    EXPECT_EQ(open(legal, id)->history.size(), 1u) << "nothing was sent";
}

TEST_F(Officer, AnswersTheReporterOnceHoweverOftenTheFormIsSent) {
    file_report("เรื่อง");
    const std::string id = case_of(legal);
    sign_in_as(legal);
    const auto page = officer_get("/cases/" + id);
    const Fields fields{{"csrf", input(page.body, "csrf")}, {"message", "ขอบคุณ"}, {"once", input(page.body, "once")}};
    EXPECT_EQ(officer_post("/cases/" + id + "/reply", fields).status, 303u);
    EXPECT_EQ(officer_post("/cases/" + id + "/reply", fields).status, 303u);
    EXPECT_EQ(open(legal, id)->history.size(), 2u);
    EXPECT_TRUE(has(officer_get("/cases/" + id + "/reply").body, "ส่งข้อความถึงผู้ร้องแล้ว"));
}

TEST_F(Officer, WhoIsExcludedFindsNothingAtAll) {
    Fields fields = whole_report("เรื่องของปลัด");
    fields.emplace_back("excluded", legal.id().text());
    fields.emplace_back("step", "file");
    ASSERT_EQ(reporter_post("/report", fields).status, 200u);
    const std::string id = case_of(head);
    sign_in_as(legal);
    const auto queue = officer_get("/queue");
    EXPECT_FALSE(has(queue.body, "/cases/" + id));
    EXPECT_EQ(text_of(queue.body, "total"), "0");
    const auto hidden = officer_get("/cases/" + id), missing = officer_get("/cases/00000000000000000000000000000001");
    EXPECT_EQ(hidden.status, 404u);
    EXPECT_EQ(hidden.body, missing.body);
    const auto post = [&](const std::string &which) {
        return officer_post("/cases/" + which + "/reply",
                            {{"csrf", csrf()}, {"message", "x"}, {"once", std::string(32, '0')}});
    };
    EXPECT_EQ(post(id).body, post("00000000000000000000000000000001").body);
}

TEST_F(Officer, WhoNeverReadsCasesSeesWhatTheRoleMayDo) {
    file_report("เรื่อง");
    const std::string id = case_of(legal);
    for (const auto *who : {&admin, &auditor}) {
        sign_in_as(*who);
        const auto page = officer_get("/queue");
        EXPECT_EQ(page.status, 200u);
        EXPECT_EQ(text_of(page.body, "places"), who == &admin ? "\nบัญชีและตำแหน่ง\nข้อมูลและถ้อยคำของหน่วยงาน\n" : "\nบันทึกการตรวจสอบ\n");
        EXPECT_FALSE(has(page.body, "/cases/"));
        EXPECT_EQ(officer_get("/cases/" + id).status, 404u);
    }
}

TEST_F(Officer, KeepsWhatWasTypedWhenTheSessionHasEnded) {
    file_report("เรื่อง");
    const std::string id = case_of(legal);
    sign_in_as(legal);
    const auto page = officer_get("/cases/" + id);
    clock.time += usecases::session_idle + 1;
    const auto answer =
        officer_post("/cases/" + id + "/reply", {{"csrf", input(page.body, "csrf")}, {"message", "ข้อความ <b>ยาว</b>"}});
    EXPECT_EQ(answer.status, 403u);
    EXPECT_TRUE(has(answer.body, "ข้อความ &lt;b&gt;ยาว&lt;/b&gt;"));
    EXPECT_FALSE(has(answer.body, input(page.body, "csrf"))) << "no token of the old session";
}

TEST_F(Officer, SignsOut) {
    sign_in_as(legal);
    const std::string old = cookie;
    EXPECT_EQ(officer_post("/logout", {{"csrf", csrf()}}).status, 200u);
    EXPECT_TRUE(cookie.empty());
    cookie = old;
    EXPECT_NE(officer_get("/queue").status, 200u) << "the old cookie opens nothing";
}

TEST_F(Officer, NeedsThePasswordLaneOnlyToSignIn) {
    EXPECT_EQ(pages::officer_lane(http::Method::post, "/login"), http::Lane::password);
    EXPECT_EQ(pages::officer_lane(http::Method::post, "/cases/0/close"), http::Lane::general);
    EXPECT_EQ(pages::officer_lane(http::Method::get, "/login"), http::Lane::general);
}

TEST_F(Officer, ReadsInTheHistoryInWhosePlaceSomebodyActedAndByWhichOrder) {
    file_report("เรื่อง");
    appoint(head, domain::Post::clerk, domain::Capacity::acting_vacancy, executive, "77/2569");
    const std::string id = case_of(legal);
    sign_in_as(legal);
    for (const char *event : {"register", "screen", "propose"})
        ASSERT_EQ(carry_out(id, event).status, 303u) << event;
    cookie.clear();
    sign_in_as(head);
    ASSERT_EQ(carry_out(id, "close").status, 303u);
    EXPECT_TRUE(has(officer_get("/cases/" + id).body, "(หัวหน้าสำนักปลัด รักษาราชการแทนปลัด ตามคำสั่งที่ 77/2569)"));
    language = "en";
    EXPECT_TRUE(has(officer_get("/cases/" + id).body, "order 77/2569; own post: Head of office)"));
}

TEST_F(Officer, EntersAPaperOrderAndKeepsWhatWasTypedWhenItIsWrong) {
    file_report("เรื่อง");
    const std::string id = case_of(legal);
    sign_in_as(legal);
    for (const char *event : {"register", "screen", "propose"})
        ASSERT_EQ(carry_out(id, event).status, 303u) << event;
    const auto page = officer_get("/cases/" + id);
    Fields fields{{"csrf", input(page.body, "csrf")}, {"version", input(page.body, "version")}, {"seen", input(page.body, "seen")}};
    auto values = whole_form("paper_close");
    values["order_date"] = "1/1/2569"; // before the case was put before anybody
    for (const auto &[name, value] : values)
        fields.emplace_back(name, value);
    const auto wrong = officer_post("/cases/" + id + "/paper_close", fields);
    EXPECT_EQ(wrong.status, 400u);
    EXPECT_EQ(input(wrong.body, "order_date"), "1/1/2569");
    EXPECT_TRUE(has(wrong.body, "value=\"" + values["signer"] + "\" selected"));
    ASSERT_EQ(carry_out(id, "paper_close").status, 303u);
    EXPECT_FALSE(has(officer_get("/cases/" + id).body, "form-confirm_paper"));
    ASSERT_TRUE(attach(legal, id, "คำสั่ง.jpg", "JPEG"));
    cookie.clear();
    sign_in_as(head);
    ASSERT_EQ(carry_out(id, "confirm_paper").status, 303u);
    const auto history = officer_get("/cases/" + id).body;
    for (const auto &name : {legal.name, head.name, clerk.name})
        EXPECT_TRUE(has(history, name)) << name;
    EXPECT_TRUE(has(history, "บันทึกจากเอกสาร"));
}

} // namespace journeys
