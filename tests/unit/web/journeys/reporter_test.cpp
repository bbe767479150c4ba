// A citizen's way through the pages.
#include "tests/unit/web/journeys/browser.h"

#include <regex>

namespace journeys {

class Reporter : public Browser {};

const std::string hostile = "<script>alert(1)</script>\nบรรทัด \"สอง\" & 'สาม' {{ONCE}} [[queue.none]]";

TEST_F(Reporter, FirstReadsWhichDevicesNotToUse) {
    const auto page = reporter_get("/");
    EXPECT_EQ(page.status, 200u);
    const auto main = page.body.find("<main");
    EXPECT_LT(page.body.find("อย่าใช้คอมพิวเตอร์ โทรศัพท์ หรือ Wi-Fi ของหน่วยงาน"), page.body.find("<h1"));
    EXPECT_GT(page.body.find("อย่าใช้คอมพิวเตอร์"), main);
    EXPECT_TRUE(has(page.body, "ช่องทางแจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ"));
    for (const char *number : {"1205", "1206", "1567", "1676", "1111"})
        EXPECT_TRUE(has(page.body, number)) << number;
}

TEST_F(Reporter, FindsTheQuickExitOnEveryPage) {
    for (const char *path :
         {"/", "/report", "/track", "/manual", "/privacy", "/keys", "/statistics", "/no-such-page"}) {
        const auto page = reporter_get(path);
        EXPECT_TRUE(has(page.body, "id=\"exit\" href=\"https://www.tmd.go.th/\" rel=\"noopener noreferrer nofollow\""))
            << path;
        EXPECT_TRUE(has(page.body, "<html lang=\"th\"")) << path;
        EXPECT_NE(page.body.find("<h1"), std::string::npos) << path;
        EXPECT_EQ(page.body.find("<h1"), page.body.rfind("<h1")) << path << ": one heading of the first level";
    }
}

TEST_F(Reporter, OfOtherMattersIsShownTheGeneralChannelOnTheSameAddress) {
    const auto page = reporter_post("/report", {{"about", "no"}, {"step", "start"}});
    EXPECT_TRUE(has(page.body, "https://example.go.th/general"));
    EXPECT_TRUE(has(page.body, "1567"));
}

TEST_F(Reporter, IsAskedTheQuestionAgainWhenItWasNotAnswered) {
    const auto page = reporter_post("/report", {{"step", "start"}});
    EXPECT_EQ(page.status, 400u);
    EXPECT_TRUE(has(page.body, "href=\"#about\""));
}

TEST_F(Reporter, FilesAndGetsAReceiptInSevenGroups) {
    const auto form = reporter_post("/report", {{"about", "yes"}, {"step", "start"}});
    EXPECT_EQ(input(form.body, "subject_unit"), "เทศบาลตำบลตัวอย่าง") << "the unit is this agency to begin with";
    Fields fields = whole_report("เรียกเงิน");
    fields.emplace_back("step", "check");
    const auto check = reporter_post("/report", fields);
    ASSERT_EQ(check.status, 200u);
    EXPECT_TRUE(has(check.body, "เรียกเงิน"));
    EXPECT_TRUE(has(check.body, "ทุจริตในการจัดซื้อจัดจ้าง"));
    fields.back().second = "file";
    const auto result = reporter_post("/report", fields);
    EXPECT_TRUE(std::regex_match(text_of(result.body, "receipt"), std::regex("([0-9]{4} ){6}[0-9]{4} ?")));
    EXPECT_FALSE(has(result.body, "เรียกเงิน")) << "the page with the receipt does not show what was said";
    EXPECT_FALSE(has(result.body, "เลขรับเรื่อง"));
    EXPECT_TRUE(has(result.body, "รหัสลับติดตามเรื่อง"));
}

TEST_F(Reporter, SendingTwiceFilesOnceAndShowsTheSameReceipt) {
    Fields fields = whole_report("เรียกเงิน");
    fields.emplace_back("step", "file");
    const auto first = reporter_post("/report", fields), second = reporter_post("/report", fields);
    EXPECT_EQ(text_of(first.body, "receipt"), text_of(second.body, "receipt"));
    EXPECT_TRUE(has(second.body, "ส่งเข้ามาแล้วก่อนหน้านี้"));
    EXPECT_EQ(queue_of(legal).rows.size(), 1u);
}

TEST_F(Reporter, SeesEachFaultBesideItsFieldAndLosesNothing) {
    const auto page = reporter_post("/report", {{"step", "check"},
                                                {"once", "x"},
                                                {"facts", ""},
                                                {"wish", hostile},
                                                {"email", "not-an-address"},
                                                {"anonymous", "no"},
                                                {"when", std::string(400, 'w')},
                                                {"excluded", clerk.id().text()}});
    EXPECT_EQ(page.status, 400u);
    for (const char *field : {"facts", "subject_name", "when", "email", "acknowledge"}) {
        EXPECT_TRUE(has(page.body, "href=\"#" + std::string(field) + "\"")) << field;
        EXPECT_TRUE(has(page.body, "id=\"" + std::string(field) + "-error\"")) << field;
    }
    EXPECT_EQ(text_of(page.body, "wish"), "\n" + hostile);
    EXPECT_FALSE(has(page.body, "<script>alert"));
    EXPECT_TRUE(has(page.body, "value=\"" + clerk.id().text() + "\" checked"));
    EXPECT_TRUE(has(page.body, "value=\"no\" aria-describedby=\"anonymous-no-hint\" checked"));
    EXPECT_TRUE(has(page.body, "<title>มีข้อผิดพลาด"));
}

TEST_F(Reporter, KeepsEverythingThroughCheckAndBack) {
    Fields fields = whole_report(hostile);
    fields.emplace_back("wish", hostile);
    fields.emplace_back("excluded", clerk.id().text());
    fields.emplace_back("step", "check");
    const auto check = reporter_post("/report", fields);
    ASSERT_EQ(check.status, 200u);
    EXPECT_FALSE(has(check.body, "<script>alert"));
    Fields hidden{{"step", "edit"}};
    for (const char *name :
         {"once", "category", "subject_name", "facts", "wish", "excluded", "anonymous", "conceal", "acknowledge"})
        hidden.emplace_back(name, input(check.body, name));
    const auto form = reporter_post("/report", hidden);
    EXPECT_EQ(text_of(form.body, "facts"), "\n" + hostile);
    EXPECT_EQ(text_of(form.body, "wish"), "\n" + hostile);
    EXPECT_TRUE(has(form.body, "value=\"" + clerk.id().text() + "\" checked"));
    EXPECT_EQ(input(form.body, "once"), fields[0].second) << "the same form, so that it files once";
}

TEST_F(Reporter, SwitchesLanguageOnTheFormAndKeepsWhatWasTyped) {
    language = "en";
    const auto page = reporter_post("/report", {{"step", "form"}, {"facts", "typed"}, {"once", "o"}});
    EXPECT_EQ(page.status, 200u);
    EXPECT_TRUE(has(page.body, "What happened"));
    EXPECT_EQ(text_of(page.body, "facts"), "\ntyped");
    EXPECT_TRUE(has(page.body, "form=\"report\" formaction=\"/report?lang=th\" name=\"step\" value=\"form\""));
    EXPECT_LT(page.body.find("name=\"step\" value=\"check\" class=\"govuk-visually-hidden\""),
              page.body.find("formaction="))
        << "Enter must not switch the language";
}

TEST_F(Reporter, SwitchesLanguageOnTheFirstQuestionAndKeepsTheChoice) {
    const auto asked = reporter_get("/report");
    EXPECT_TRUE(has(asked.body, "form=\"report\" formaction=\"/report?lang=en\" name=\"step\" value=\"question\""));
    language = "en";
    const auto page = reporter_post("/report", {{"about", "no"}, {"step", "question"}});
    EXPECT_EQ(page.status, 200u);
    EXPECT_TRUE(has(page.body, "value=\"no\" aria-describedby=\"about-no-hint\" checked"));
    EXPECT_FALSE(has(page.body, "value=\"yes\" aria-describedby=\"about-yes-hint\" checked"));
}

TEST_F(Reporter, FindsTheUnitLeftAloneInTheNewLanguage) {
    language = "en";
    const auto left = reporter_post("/report", {{"step", "form"}, {"once", "o"}, {"subject_unit", "เทศบาลตำบลตัวอย่าง"}});
    EXPECT_EQ(input(left.body, "subject_unit"), "Tua Yang Subdistrict Municipality");
    const auto changed = reporter_post("/report", {{"step", "form"}, {"once", "o"}, {"subject_unit", "กองคลัง"}});
    EXPECT_EQ(input(changed.body, "subject_unit"), "กองคลัง");
}

TEST_F(Reporter, SwitchesLanguageOnTheWayBackAndKeepsTheReceipt) {
    const auto slip = reporter_post("/track", {{"receipt", "12"}, {"action", "open"}, {"message", "ข้อความ"}});
    EXPECT_TRUE(has(slip.body, "form=\"track\" formaction=\"/track?lang=en\" name=\"action\" value=\"show\""));
    language = "en";
    const auto page = reporter_post("/track", {{"receipt", "12"}, {"action", "show"}, {"message", "ข้อความ"}});
    EXPECT_EQ(page.status, 200u);
    EXPECT_EQ(input(page.body, "receipt"), "12");
    EXPECT_EQ(input(page.body, "message"), "ข้อความ");
}

TEST_F(Reporter, ReadsEachPartOfAnAnswerUnderItsName) {
    Fields fields = whole_report("เรียกเงิน");
    fields.emplace_back("subject_position", "นายช่าง");
    fields.emplace_back("step", "check");
    EXPECT_TRUE(has(reporter_post("/report", fields).body, ">ตำแหน่ง: นายช่าง<"));
}

TEST_F(Reporter, IsToldWhichPostsWouldKeepTheName) {
    const auto form = reporter_post("/report", {{"about", "yes"}, {"step", "start"}});
    EXPECT_TRUE(has(form.body, "ผู้รักษาความลับคือ "));
}

TEST_F(Reporter, IsAskedAboutANameOfTheHandlingLine) {
    Fields fields = whole_report("เรียกเงิน");
    fields[2].second = "วิไล รักษ์ธรรม";
    fields.emplace_back("step", "check");
    const auto check = reporter_post("/report", fields);
    EXPECT_TRUE(has(check.body, "id=\"match-" + clerk.id().text() + "\" name=\"excluded\""));
}

TEST_F(Reporter, KeepsTheTextWhenNobodyWouldBeLeftToRead) {
    Fields fields = whole_report("เรียกเงิน");
    for (const auto *who : {&legal, &head, &clerk, &executive})
        fields.emplace_back("excluded", who->id().text());
    fields.emplace_back("step", "file");
    const auto page = reporter_post("/report", fields);
    EXPECT_EQ(page.status, 400u);
    EXPECT_EQ(text_of(page.body, "facts"), "\nเรียกเงิน");
    EXPECT_TRUE(has(page.body, "1205")) << "outside bodies are named";
    EXPECT_TRUE(queue_of(outside).rows.empty());
}

TEST_F(Reporter, GetsAFreshFormWhenTheOldOneIsTooOld) {
    Fields fields = whole_report("เรียกเงิน");
    fields.emplace_back("step", "file");
    clock.next_day();
    clock.next_day();
    const auto page = reporter_post("/report", fields);
    EXPECT_EQ(page.status, 409u);
    EXPECT_EQ(text_of(page.body, "facts"), "\nเรียกเงิน");
    EXPECT_NE(input(page.body, "once"), fields[0].second);
    fields[0].second = input(page.body, "once");
    EXPECT_EQ(reporter_post("/report", fields).status, 200u);
}

TEST_F(Reporter, FindsTheTextOnThePageWhenTheServerIsTooBusy) {
    Fields fields = whole_report(hostile);
    fields.emplace_back("excluded", clerk.id().text());
    fields.emplace_back("step", "file");
    const auto asked = request(http::Method::post, "/report", fields);
    const auto page = pages::reporter_error(reporter_site(), 503, &asked);
    EXPECT_EQ(page.status, 503u);
    EXPECT_TRUE(has(page.body, "<title>มีข้อผิดพลาด")) << "a title is what a screen reader says first";
    EXPECT_EQ(text_of(page.body, "facts"), "\n" + hostile);
    EXPECT_EQ(input(page.body, "excluded"), clerk.id().text())
        << "the exclusion travels on even without the list of names";
    EXPECT_EQ(input(page.body, "once"), fields[0].second);
}

TEST_F(Reporter, ComesBackAndNeverSeesWhatWasSent) {
    const std::string receipt = file_report("ความลับมาก");
    const auto page = reporter_post("/track", {{"receipt", receipt}, {"action", "open"}});
    ASSERT_EQ(page.status, 200u);
    EXPECT_EQ(text_of(page.body, "state"), "ได้รับเรื่องแล้ว");
    EXPECT_TRUE(has(text_of(page.body, "sent"), "2 มีนาคม 2569"));
    EXPECT_FALSE(has(page.body, "ความลับมาก"));
    EXPECT_FALSE(has(page.body, "class=\"message\""));
}

TEST_F(Reporter, WritesMoreAndReadsAnAnswer) {
    const std::string receipt = file_report("เรื่อง");
    const auto page = reporter_post("/track", {{"receipt", receipt}, {"action", "open"}});
    const auto written = reporter_post(
        "/track",
        {{"receipt", receipt}, {"action", "write"}, {"message", "เพิ่มเติมลับ"}, {"once", input(page.body, "once")}});
    EXPECT_EQ(written.status, 200u);
    EXPECT_TRUE(has(written.body, "บันทึกข้อความแล้ว"));
    EXPECT_FALSE(has(written.body, "เพิ่มเติมลับ"));
    ASSERT_TRUE(answer(legal, case_of(legal), "ขอบคุณ <b>ท่าน</b>\nโปรดระบุวันที่"));
    const auto read = reporter_post("/track", {{"receipt", receipt}, {"action", "open"}});
    EXPECT_TRUE(has(read.body, "class=\"message\""));
    EXPECT_TRUE(has(read.body, "ขอบคุณ &lt;b&gt;ท่าน&lt;/b&gt;\nโปรดระบุวันที่"));
    EXPECT_TRUE(has(read.body, "นิติกร"));
    EXPECT_FALSE(has(read.body, legal.name)) << "the post answers, not the person";
}

TEST_F(Reporter, IsToldWhatIsWrongWithAReceipt) {
    const std::string receipt = file_report("เรื่อง");
    std::string slipped = receipt;
    slipped[0] = slipped[0] == '9' ? '8' : '9';
    const auto wrong = reporter_post("/track", {{"receipt", slipped}, {"action", "open"}});
    EXPECT_TRUE(has(text_of(wrong.body, "receipt-typed"), "ท่านพิมพ์ไว้ว่า " + slipped.substr(0, 34))) << "to be compared with the paper";
    const auto thai = reporter_post("/track", {{"receipt", "๑๒๓๔๕๖๗๘๙๐-12345678901"}, {"action", "open"}});
    EXPECT_TRUE(has(text_of(thai.body, "receipt-typed"), "1234 5678 9012 3456 7890 1"));
    for (const std::string &other : {std::string("1234"), std::string(20, 'x'), std::string(41, '1')})
        EXPECT_FALSE(has(reporter_post("/track", {{"receipt", other}, {"action", "open"}}).body, "receipt-typed"));
    const auto short_one = reporter_post("/track", {{"receipt", "1234"}, {"action", "open"}});
    EXPECT_TRUE(has(short_one.body, "28 หลัก"));
    EXPECT_EQ(input(short_one.body, "receipt"), "1234");
    EXPECT_TRUE(has(wrong.body, "พิมพ์ผิดอย่างน้อยหนึ่งตัว"));
}

TEST_F(Reporter, DoesNotLoseAMessageThatCannotBeSent) {
    const std::string receipt = file_report("เรื่อง");
    const auto expired =
        reporter_post("/track", {{"receipt", receipt}, {"action", "write"}, {"message", "ข้อความ"}, {"once", "old"}});
    EXPECT_TRUE(has(expired.body, "หน้านี้เปิดไว้นานเกินไป")) << "the page says that it was not sent";
    EXPECT_EQ(text_of(expired.body, "message"), "\nข้อความ");
    const auto slip = reporter_post("/track", {{"receipt", "12"}, {"action", "write"}, {"message", "ข้อความ"}});
    EXPECT_EQ(input(slip.body, "message"), "ข้อความ");
}

TEST_F(Reporter, DoesNotLoseAMessageThatWasPastedThreeTimesTooLong) {
    const std::string receipt = file_report("เรื่อง");
    std::string pasted;
    for (int i = 0; i < 15'000; ++i)
        pasted += "ก";
    const auto opened = reporter_post("/track", {{"receipt", receipt}, {"action", "open"}});
    const auto page = reporter_post(
        "/track",
        {{"receipt", receipt}, {"action", "write"}, {"message", pasted}, {"once", input(opened.body, "once")}});
    EXPECT_EQ(page.status, 200u);
    EXPECT_TRUE(has(page.body, "10,000")) << "how many are too many";
    EXPECT_TRUE(text_of(page.body, "message") == "\n" + pasted) << "the text is gone";
}

TEST_F(Reporter, ReadsAManualMadeFromTheWorkflow) {
    const auto page = reporter_get("/manual");
    EXPECT_TRUE(has(page.body, "ปีงบประมาณ พ.ศ. 2569"));
    const std::string words = text_of(page.body, "main"); // without the marks that keep words whole
    for (const auto &move : domain::transitions())
        EXPECT_TRUE(has(words, reporter_site().catalogue().text(pages::Language::th, "move." + std::string(move.event) + ".title")))
            << move.event;
    EXPECT_TRUE(has(page.body, "2 วันทำการ"));
}

TEST_F(Reporter, SeesTheKeysOfThoseWhoMayRead) {
    const auto page = reporter_get("/keys");
    for (const auto *who : {&legal, &head, &clerk, &executive, &outside}) {
        EXPECT_TRUE(has(page.body, who->name));
        EXPECT_TRUE(has(page.body, base::hex(who->keys.box.public_key.bytes)));
    }
    EXPECT_FALSE(has(page.body, admin.name));
}

TEST_F(Reporter, IsToldThatNothingIsPublishedYet) {
    EXPECT_TRUE(has(reporter_get("/statistics").body, "ยังไม่มีรายงานที่เผยแพร่"));
}

TEST_F(Reporter, GetsPlainErrorPages) {
    EXPECT_EQ(reporter_get("/queue").status, 404u);
    EXPECT_EQ(reporter_get("/cases/0").status, 404u);
    const auto wrong = reporter_post("/manual", {{"a", "b"}});
    EXPECT_EQ(wrong.status, 405u);
    EXPECT_EQ(wrong.allow, "GET, HEAD");
    auto broken = request(http::Method::post, "/report");
    broken.body = "facts=%zz";
    EXPECT_EQ(to_reporter(std::move(broken)).status, 400u);
    EXPECT_EQ(reporter_post("/report", {{"step", "no-such-step"}}).status, 400u);
}

} // namespace journeys
