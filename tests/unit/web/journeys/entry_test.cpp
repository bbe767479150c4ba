// Entering a complaint by hand, by the pages.
#include "tests/unit/web/journeys/browser.h"

#include "service/domain/typed_day.h"

#include <algorithm>

namespace journeys {

class EntryPages : public Browser {
protected:
    Fields form(const std::string &facts = "โทรมาแจ้งว่าเรียกเงิน") {
        const auto page = officer_get("/entry");
        return {{"csrf", input(page.body, "csrf")},
                {"once", input(page.body, "once")},
                {"channel", "phone"},
                {"received", domain::day_to_type(clock.today())},
                {"category", "bribery"},
                {"secrecy", "confidential"},
                {"subject_name", "นายสมหมาย โกงกิน"},
                {"facts", facts},
                {"anonymous", "no"},
                {"name", "นางสาวผู้แจ้ง ลับมาก"},
                {"wants_receipt", "yes"},
                {"step", "enter"}};
    }
    static void set(Fields &fields, const std::string &name, std::string value) {
        for (auto &[key, old] : fields)
            if (key == name) return void(old = std::move(value));
        fields.emplace_back(name, std::move(value));
    }
    static std::string digits(const std::string &html) { return text_of(html, "receipt"); }
};

TEST_F(EntryPages, LeadFromTheMenuToTheRegisterNumberAndAReceiptThatWorks) {
    sign_in_as(legal);
    EXPECT_TRUE(has(officer_get("/queue").body, "href=\"/entry?lang=th\""));
    const auto done = officer_post("/entry", form());
    ASSERT_EQ(done.status, 200u);
    EXPECT_TRUE(has(text_of(done.body, "entered"), "1/2569"));
    const std::string receipt = digits(done.body);
    EXPECT_FALSE(has(done.body, "นางสาวผู้แจ้ง")) << "nothing of what was typed";
    const auto followed = reporter_post("/track", {{"receipt", receipt}});
    EXPECT_TRUE(has(text_of(followed.body, "state"), "ได้รับเรื่องแล้ว"));
    const auto page = officer_get("/cases/" + case_of(legal)).body;
    EXPECT_TRUE(has(page, "โทรมาแจ้งว่าเรียกเงิน"));
    EXPECT_TRUE(has(page, "โทรศัพท์")) << "the channel";
    EXPECT_FALSE(has(page, "ลับมาก")) << "the name is the custodians'";
    EXPECT_FALSE(has(page, receipt.substr(0, 9)));
}

TEST_F(EntryPages, GiveTheReceiptAsAPrintThatIsStoredNowhere) {
    sign_in_as(legal);
    const auto done = officer_post("/entry", form());
    const auto slip = officer_post("/entry/slip", {{"csrf", input(done.body, "csrf")}, {"receipt", input(done.body, "receipt")}, {"number", input(done.body, "number")}});
    EXPECT_EQ(slip.status, 200u);
    EXPECT_EQ(slip.content_type, "application/pdf");
    EXPECT_TRUE(slip.body.starts_with("%PDF"));
    EXPECT_EQ(officer_post("/entry/slip", {{"csrf", input(done.body, "csrf")}, {"receipt", "1234"}, {"number", "1/2569"}}).status, 400u);
    EXPECT_EQ(officer_post("/entry/slip", {{"receipt", input(done.body, "receipt")}, {"number", "1/2569"}}).status, 403u);
}

TEST_F(EntryPages, GiveNoReceiptWhereNobodyIsThereToTakeIt) {
    sign_in_as(legal);
    auto fields = form();
    set(fields, "wants_receipt", "no");
    const auto done = officer_post("/entry", fields);
    ASSERT_EQ(done.status, 200u);
    EXPECT_FALSE(has(done.body, "id=\"receipt\""));
    EXPECT_FALSE(has(done.body, "form-slip"));
}

TEST_F(EntryPages, ShowEachFaultAtItsFieldAndKeepEverything) {
    sign_in_as(legal);
    auto fields = form("ข้อความที่พิมพ์ไว้");
    set(fields, "channel", "web");
    set(fields, "received", "31/2/2569");
    set(fields, "subject_name", "");
    set(fields, "name", "");
    const auto again = officer_post("/entry", fields);
    ASSERT_EQ(again.status, 400u);
    for (const char *id : {"enter-channel-error", "enter-received-error", "subject_name-error", "name-error"})
        EXPECT_TRUE(has(again.body, std::string("id=\"") + id)) << id;
    for (const char *target : {"#enter-channel", "#enter-received", "#subject_name", "#name"})
        EXPECT_TRUE(has(again.body, std::string("href=\"") + target + '"')) << target;
    EXPECT_TRUE(has(again.body, "ข้อความที่พิมพ์ไว้"));
    EXPECT_TRUE(has(again.body, "31/2/2569"));
    EXPECT_EQ(input(again.body, "once"), std::ranges::find(fields, "once", &Fields::value_type::first)->second);
    EXPECT_TRUE(queue_of(legal).rows.empty());
}

TEST_F(EntryPages, AskAboutANameOfTheLine) {
    sign_in_as(legal);
    auto fields = form();
    set(fields, "subject_name", head.name);
    const auto asked = officer_post("/entry", fields);
    ASSERT_EQ(asked.status, 400u);
    EXPECT_TRUE(has(asked.body, "others_meant-error"));
    set(fields, "others_meant", "yes");
    EXPECT_EQ(officer_post("/entry", fields).status, 200u);
}

TEST_F(EntryPages, RefuseKindlyWhoMustNotReadIt) {
    sign_in_as(legal);
    auto fields = form();
    set(fields, "excluded", legal.id().text());
    const auto refused = officer_post("/entry", fields);
    EXPECT_EQ(refused.status, 400u);
    EXPECT_TRUE(has(refused.body, "excluded-error"));
    EXPECT_TRUE(has(refused.body, "โปรดให้เพื่อนร่วมงาน"));
}

TEST_F(EntryPages, AreNotThereForOtherPosts) {
    for (const auto *who : {&head, &clerk, &executive, &admin, &auditor}) {
        sign_in_as(*who);
        EXPECT_EQ(officer_get("/entry").status, 404u) << who->login;
        EXPECT_FALSE(has(officer_get("/queue").body, "/entry")) << who->login;
    }
}

TEST_F(EntryPages, DoNothingForAnotherSiteAndKeepWhatWasTyped) {
    sign_in_as(legal);
    auto fields = form("ข้อความที่พิมพ์ไว้");
    set(fields, "csrf", "x");
    const auto refused = officer_post("/entry", fields);
    EXPECT_EQ(refused.status, 403u);
    EXPECT_TRUE(has(refused.body, "ข้อความที่พิมพ์ไว้"));
    EXPECT_TRUE(queue_of(legal).rows.empty());
}

TEST_F(EntryPages, ComeBackUnsentAfterASessionThatEnded) {
    sign_in_as(legal);
    const auto fields = form("ข้อความที่พิมพ์ไว้");
    cookie.clear();
    const auto asked = officer_post("/entry", fields);
    EXPECT_TRUE(has(asked.body, "ข้อความที่พิมพ์ไว้"));
    EXPECT_TRUE(has(asked.body, "k.facts"));
    EXPECT_TRUE(queue_of(legal).rows.empty());
}

TEST_F(EntryPages, StandInTheManual) {
    EXPECT_TRUE(has(reporter_get("/manual").body, "บันทึกเรื่องที่ไม่ได้มาทางเว็บไซต์"));
}

} // namespace journeys
