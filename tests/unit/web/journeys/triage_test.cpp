// Officers sort a flood: what the pages show, take and refuse.
#include "service/usecases/officer/triage.h"
#include "tests/unit/web/journeys/browser.h"

#include <regex>

namespace journeys {

class Sorting : public Browser {
protected:
    // The values of the boxes or radios that mean this event.
    static Fields ticks(const std::string &html, const std::string &event) {
        Fields out;
        const std::regex box("name=\"(case_[0-9a-f]{32})\" type=\"(?:checkbox|radio)\" value=\"(" + event + "[^\"]+)\"");
        for (std::sregex_iterator at(html.begin(), html.end(), box), end; at != end; ++at)
            out.emplace_back((*at)[1], (*at)[2]);
        return out;
    }
    http::Response send(const std::string &pile, const http::Response &page, Fields fields) {
        fields.emplace_back("csrf", input(page.body, "csrf"));
        return officer_post("/triage/" + pile + "/1", fields);
    }
    http::Response propose_all() {
        const auto page = officer_get("/triage/new");
        Fields fields = ticks(page.body, "set_aside");
        fields.emplace_back("void_reason", "advertising");
        return send("new", page, std::move(fields));
    }
};

TEST_F(Sorting, AFloodIsProposedByOneAndConfirmedByAnother) {
    std::string receipt;
    for (int i = 0; i < 3; ++i)
        receipt = file_report("ขายของ <b>ราคาถูก</b> " + std::to_string(i));
    sign_in_as(legal);
    EXPECT_TRUE(has(officer_get("/queue").body, "href=\"/triage/new?lang=th\""));
    const auto shown = officer_get("/triage/new");
    EXPECT_EQ(shown.status, 200u);
    EXPECT_TRUE(has(shown.body, "ขายของ &lt;b&gt;ราคาถูก&lt;/b&gt; 2"));
    EXPECT_TRUE(has(shown.body, "<p class=\"app-secrecy\">ลับ</p>"));
    EXPECT_FALSE(has(shown.body, " checked")) << "nothing is ticked but by hand";
    const auto proposed = propose_all();
    EXPECT_EQ(proposed.status, 200u);
    EXPECT_TRUE(has(proposed.body, "เสนอไม่นับรวมแล้ว 3 เรื่อง"));
    EXPECT_TRUE(ticks(proposed.body, "set_aside").empty());
    EXPECT_TRUE(has(officer_get("/queue").body, "เสนอไม่นับรวม รอผู้อื่นยืนยัน"));
    const auto own = officer_get("/triage/proposed");
    EXPECT_TRUE(ticks(own.body, "confirm_void").empty()) << "nobody confirms their own proposal";
    EXPECT_EQ(ticks(own.body, "keep").size(), 3u);

    sign_in_as(head);
    const auto page = officer_get("/triage/proposed");
    EXPECT_TRUE(has(page.body, "ขายของ &lt;b&gt;ราคาถูก&lt;/b&gt; 1")) << "the text itself, not only a box";
    EXPECT_TRUE(has(page.body, "เสนอโดย นางสาวสุดา ใจซื่อ"));
    EXPECT_TRUE(has(page.body, "โฆษณา"));
    auto confirm = ticks(page.body, "confirm_void");
    ASSERT_EQ(confirm.size(), 3u);
    confirm[0].second = ticks(page.body, "keep")[0].second;
    const auto done = send("proposed", page, confirm);
    EXPECT_EQ(done.status, 200u);
    EXPECT_TRUE(has(done.body, "ยืนยันไม่นับรวมและยุติแล้ว 2 เรื่อง"));
    EXPECT_TRUE(has(done.body, "เก็บไว้พิจารณาแล้ว 1 เรื่อง"));
    const auto queue = officer_get("/queue");
    EXPECT_EQ(text_of(queue.body, "total"), "1");
    EXPECT_EQ(text_of(queue.body, "outside"), "2");
    EXPECT_TRUE(has(text_of(queue.body, "voided-by"), "นางสาวสุดา ใจซื่อ"));
    EXPECT_TRUE(has(text_of(queue.body, "voided-by"), "นายสมชาย ใจดี"));
}

TEST_F(Sorting, AnHonestReporterLearnsOfTheMistakeAndComesBack) {
    const std::string receipt = file_report("asdf");
    const std::string id = case_of(legal);
    sign_in_as(legal);
    ASSERT_EQ(propose_all().status, 200u);
    sign_in_as(head);
    const auto page = officer_get("/triage/proposed");
    ASSERT_EQ(send("proposed", page, ticks(page.body, "confirm_void")).status, 200u);
    const auto told = reporter_post("/track", {{"receipt", receipt}, {"action", "open"}});
    EXPECT_EQ(text_of(told.body, "state"), "เสร็จสิ้น");
    EXPECT_TRUE(has(told.body, "ถ้าท่านมีเรื่องร้องเรียนจริง"));
    EXPECT_TRUE(has(told.body, "If you do have a complaint")) << "in both languages, whichever the reporter reads";
    ASSERT_EQ(reporter_post("/track", {{"receipt", receipt},
                                       {"action", "write"},
                                       {"message", "เรื่องจริงคือ …"},
                                       {"once", input(told.body, "once")}})
                  .status,
              200u);
    const auto queue = officer_get("/queue");
    EXPECT_TRUE(has(queue.body, "href=\"/cases/" + id)) << "back in sight";
    EXPECT_TRUE(has(queue.body, "มีข้อความหรือไฟล์ใหม่"));
    const auto voided = officer_get("/triage/void");
    EXPECT_TRUE(has(voided.body, "เรื่องจริงคือ …"));
    EXPECT_TRUE(has(voided.body, "ขออภัยในความคลาดเคลื่อน")) << "what the reporter will be told";
    EXPECT_TRUE(has(send("void", voided, ticks(voided.body, "take_up")).body, "นำกลับมาพิจารณาแล้ว 1 เรื่อง"));
    EXPECT_EQ(open(legal, id)->row.state, domain::State::submitted);
    const auto again = reporter_post("/track", {{"receipt", receipt}, {"action", "open"}});
    EXPECT_TRUE(has(again.body, "ขออภัยในความคลาดเคลื่อน"));
    EXPECT_TRUE(has(again.body, "Officers have taken your complaint up again")) << "in both languages";
}

TEST_F(Sorting, ARealComplaintBehindNoiseIsConfirmedOnlyWhereAllOfItIsShown) {
    std::string noise;
    for (std::size_t i = 0; i < usecases::confirm_characters; ++i)
        noise += "x";
    file_report(noise + " เรื่องจริง");
    const std::string id = case_of(legal);
    sign_in_as(legal);
    ASSERT_EQ(propose_all().status, 200u);
    sign_in_as(head);
    const auto page = officer_get("/triage/proposed");
    EXPECT_FALSE(has(page.body, "เรื่องจริง"));
    EXPECT_TRUE(ticks(page.body, "confirm_void").empty());
    EXPECT_EQ(ticks(page.body, "keep").size(), 1u);
    EXPECT_TRUE(has(page.body, "แล้วยืนยันในหน้าของเรื่อง"));
    const auto forged = send("proposed", page, {{"case_" + id, "confirm_void.2.0"}});
    EXPECT_EQ(forged.status, 409u);
    EXPECT_TRUE(has(forged.body, "โปรดเปิดอ่านทั้งเรื่อง แล้วยืนยันในหน้าของเรื่อง"));
    EXPECT_EQ(open(legal, id)->version, 2u);
    const auto whole = officer_get("/cases/" + id);
    EXPECT_TRUE(has(whole.body, "เรื่องจริง"));
    EXPECT_EQ(officer_post("/cases/" + id + "/confirm_void",
                           {{"csrf", input(whole.body, "csrf")}, {"version", "2"}, {"seen", "0"}, {"read_whole", "yes"}})
                  .status,
              303u);
}

TEST_F(Sorting, WithoutAReasonOrATickNothingIsDoneAndTheTicksStay) {
    file_report("asdf");
    sign_in_as(legal);
    const auto page = officer_get("/triage/new");
    const auto no_reason = send("new", page, ticks(page.body, "set_aside"));
    EXPECT_EQ(no_reason.status, 400u);
    EXPECT_TRUE(has(no_reason.body, "href=\"#set_aside-void_reason\""));
    EXPECT_TRUE(has(no_reason.body, "id=\"set_aside-void_reason-error\""));
    EXPECT_TRUE(std::regex_search(no_reason.body, std::regex("type=\"checkbox\"[^>]* checked")));
    const auto no_tick = send("new", page, {{"void_reason", "test"}, {"remark", "หมายเหตุ <i>"}});
    EXPECT_EQ(no_tick.status, 400u);
    EXPECT_TRUE(has(no_tick.body, "ยังไม่ได้เลือกเรื่องใด"));
    EXPECT_EQ(text_of(no_tick.body, "set_aside-remark"), "\nหมายเหตุ <i>");
    EXPECT_EQ(open(legal, case_of(legal))->version, 1u);
}

TEST_F(Sorting, WhatMovedOnMeanwhileIsNamedAndTheRestIsDone) {
    file_report("หนึ่ง");
    const std::string first = case_of(legal);
    sign_in_as(legal);
    file_report("สอง");
    const auto page = officer_get("/triage/new");
    ASSERT_TRUE(move(legal, first, "register"));
    Fields fields = ticks(page.body, "set_aside");
    fields.emplace_back("void_reason", "test");
    const auto done = send("new", page, fields);
    EXPECT_EQ(done.status, 200u);
    EXPECT_TRUE(has(done.body, "เสนอไม่นับรวมแล้ว 1 เรื่อง"));
    EXPECT_TRUE(has(done.body, "ไม่ได้บันทึก 1 เรื่อง"));
    EXPECT_TRUE(has(done.body, "href=\"/cases/" + first));
    const auto again = send("new", page, fields);
    EXPECT_EQ(again.status, 409u) << "the same form again does nothing";
}

TEST_F(Sorting, NoForeignPageAndNoForgedFormSorts) {
    file_report("asdf");
    sign_in_as(legal);
    const auto page = officer_get("/triage/new");
    Fields fields = ticks(page.body, "set_aside");
    fields.emplace_back("void_reason", "test");
    auto without = fields;
    EXPECT_EQ(officer_post("/triage/new/1", without).status, 403u);
    same_origin = false;
    EXPECT_EQ(send("new", page, fields).status, 403u);
    same_origin = true;
    const std::string name = fields[0].first;
    for (const char *value : {"close.1.0", "confirm_void.1.0", "set_aside", "set_aside.1", "set_aside.x.0", "set_aside.1.-1", "..",
                              "set_aside.1.0.0"})
        EXPECT_EQ(send("new", page, {{name, value}, {"void_reason", "test"}}).status, 400u) << value;
    Fields many{{"void_reason", "test"}};
    for (int i = 0; i < 21; ++i)
        many.emplace_back("case_" + base::CaseId::random().text(), "set_aside.1.0");
    EXPECT_EQ(send("new", page, many).status, 400u) << "more than a page has";
    const auto unknown = send("new", page, {{"case_<b>", "set_aside.1.0"}, {"void_reason", "test"}});
    EXPECT_EQ(unknown.status, 409u);
    EXPECT_FALSE(has(unknown.body, "<b>"));
    for (const char *path : {"/triage/other", "/triage/new/0", "/triage/new/x", "/triage/new/1/1", "/triage"})
        EXPECT_EQ(officer_get(path).status, 404u) << path;
    EXPECT_EQ(officer_get("/triage/new/99").status, 200u) << "the last page";
    EXPECT_EQ(open(legal, case_of(legal))->version, 1u);
}

TEST_F(Sorting, WhoIsExcludedOrReadsNoCasesFindsNothing) {
    Fields fields = whole_report("เรื่องของนิติกร");
    fields.emplace_back("excluded", legal.id().text());
    fields.emplace_back("step", "file");
    ASSERT_EQ(reporter_post("/report", fields).status, 200u);
    const std::string id = case_of(head);
    sign_in_as(legal);
    const auto page = officer_get("/triage/new");
    EXPECT_FALSE(has(page.body, id));
    EXPECT_TRUE(has(text_of(page.body, "pile-total"), " 0 "));
    const auto post = [&](const std::string &which) {
        return send("new", page, {{"case_" + which, "set_aside.1.0"}, {"void_reason", "test"}}).body;
    };
    EXPECT_EQ(post(id), post("00000000000000000000000000000001"));
    for (const auto *who : {&admin, &auditor}) {
        sign_in_as(*who);
        for (const char *path : {"/triage/new", "/triage/proposed", "/triage/void"})
            EXPECT_EQ(officer_get(path).status, 404u);
    }
}

TEST_F(Sorting, SwitchesLanguageWithTicksAndReasonAndKeepsThem) {
    file_report("asdf");
    sign_in_as(legal);
    const auto page = officer_get("/triage/new");
    EXPECT_TRUE(has(page.body, "formaction=\"/triage/new/1?lang=en\" name=\"step\" value=\"show\""));
    language = "en";
    Fields fields = ticks(page.body, "set_aside");
    fields.emplace_back("void_reason", "test");
    fields.emplace_back("step", "show");
    const auto english = send("new", page, fields);
    EXPECT_EQ(english.status, 200u);
    EXPECT_TRUE(std::regex_search(english.body, std::regex("type=\"checkbox\"[^>]* checked")));
    EXPECT_TRUE(std::regex_search(english.body, std::regex("value=\"test\" checked")));
    EXPECT_EQ(open(legal, case_of(legal))->version, 1u);
}

TEST_F(Sorting, OneCaseIsSetAsideFromItsOwnPageToo) {
    file_report("asdf");
    const std::string id = case_of(legal);
    sign_in_as(legal);
    const auto page = officer_get("/cases/" + id);
    Fields fields{{"csrf", input(page.body, "csrf")}, {"version", "1"}, {"void_reason", "test"}};
    EXPECT_EQ(officer_post("/cases/" + id + "/set_aside", fields).status, 409u) << "a form that does not say what it showed";
    fields.emplace_back("seen", input(page.body, "seen"));
    EXPECT_EQ(officer_post("/cases/" + id + "/set_aside", fields).status, 303u);
    sign_in_as(head);
    const auto waiting = officer_get("/cases/" + id);
    EXPECT_TRUE(has(waiting.body, "ผู้ร้องจะได้รับข้อความนี้"));
    Fields confirm{{"csrf", input(waiting.body, "csrf")}, {"version", "2"}, {"seen", "0"}};
    EXPECT_EQ(officer_post("/cases/" + id + "/confirm_void", confirm).status, 400u) << "who confirms says that they have read it";
    confirm.emplace_back("read_whole", "yes");
    EXPECT_EQ(officer_post("/cases/" + id + "/confirm_void", confirm).status, 303u);
    EXPECT_TRUE(has(text_of(officer_get("/cases/" + id + "/confirm_void").body, "state"), "ไม่นับรวม"));
}

TEST_F(Sorting, AFloodDoesNotPushTheRestOutOfTheQueue) {
    file_report("เรื่องจริง");
    const std::string real = case_of(legal);
    ASSERT_TRUE(move(legal, real, "register"));
    for (int i = 0; i < 22; ++i)
        file("ขาย " + std::to_string(i));
    sign_in_as(legal);
    const auto queue = officer_get("/queue");
    EXPECT_LT(queue.body.find("/cases/" + real), queue.body.find("รอลงทะเบียน</a>")) << "before what nobody has registered";
    EXPECT_TRUE(has(queue.body, "ยังมีเรื่องใหม่อีก 2 เรื่อง"));
    EXPECT_EQ(text_of(queue.body, "total"), "23");
}

} // namespace journeys
