// Printing the papers of a case, by the pages.
#include "service/domain/print_kind.h"
#include "service/usecases/officer/session.h"
#include "tests/unit/web/journeys/browser.h"
#include "tests/unit/web/print/reader.h"

namespace journeys {

using domain::State;

class PrintPages : public Browser {
protected:
    std::string walked(State to) {
        file_report("ผู้อำนวยการกองช่างเรียกรับเงิน");
        const auto id = case_of(legal);
        walk_to(to, id, legal, clerk);
        sign_in_as(legal);
        return id;
    }
    http::Response print(const std::string &id, const std::string &kind, Fields fields = {}) {
        const std::string address = "/cases/" + id + "/print/" + kind;
        fields.emplace_back("csrf", input(officer_get(address).body, "csrf"));
        return officer_post(address, fields);
    }
    std::set<std::string> offered(const std::string &id) {
        const auto page = officer_get("/cases/" + id + "/print").body;
        std::set<std::string> out;
        for (const domain::PrintKind kind : domain::print_kinds)
            if (has(page, "/print/" + std::string(domain::id(kind)) + "?")) out.emplace(domain::id(kind));
        return out;
    }
};

TEST_F(PrintPages, OfferEachPaperOnceItsStepWasTaken) {
    file_report("เรื่อง");
    const auto id = case_of(legal);
    sign_in_as(legal);
    EXPECT_EQ(offered(id), std::set<std::string>());
    EXPECT_EQ(officer_get("/cases/" + id + "/print").status, 200u);
    EXPECT_TRUE(has(officer_get("/cases/" + id + "/print").body, "จึงยังไม่มีเอกสารให้พิมพ์"));
    EXPECT_EQ(officer_get("/cases/" + id + "/print/whole").location, "/cases/" + id + "/print?lang=th");
    ASSERT_TRUE(move(legal, id, "register"));
    EXPECT_EQ(offered(id), (std::set<std::string>{"registration", "contents", "whole"}));
    EXPECT_EQ(officer_get("/cases/" + id + "/print/proposal").status, 303u);
    ASSERT_TRUE(move(legal, id, "screen"));
    ASSERT_TRUE(move(legal, id, "propose"));
    EXPECT_EQ(offered(id), (std::set<std::string>{"registration", "proposal", "contents", "whole"}));
    ASSERT_TRUE(move(clerk, id, "close"));
    EXPECT_EQ(offered(id), (std::set<std::string>{"registration", "proposal", "result", "contents", "whole"}));
}

TEST_F(PrintPages, NumberEachCopyAndSayWhoMadeItAndWhen) {
    const auto id = walked(State::pending_order);
    EXPECT_TRUE(has(officer_get("/cases/" + id + "/print").body, "ยังไม่เคยพิมพ์"));
    for (const char *copy : {"๑", "๒"}) {
        const auto paper = print(id, "proposal", {{"print_number", "นฐ 52001/17"}, {"letter_date", "5/1/2570"}, {"addressee", "นายกเทศมนตรี"}});
        ASSERT_EQ(paper.status, 200u);
        EXPECT_EQ(paper.content_type, "application/pdf");
        EXPECT_TRUE(paper.download_name.starts_with("proposal-")) << paper.download_name;
        const auto pages = print_test::pages_of(paper.body);
        ASSERT_GE(pages.size(), 2u);
        for (const std::string &page : pages) {
            EXPECT_TRUE(has(page, "ลับ"));
            EXPECT_TRUE(has(page, std::string("สำเนาที่ ") + copy));
            EXPECT_TRUE(has(page, legal.name));
        }
        EXPECT_TRUE(has(pages[0], "ใบปกปิดทับเอกสารลับ"));
        EXPECT_TRUE(has(pages[1], "นฐ 52001/17") || has(pages[1], "นฐ ๕๒๐๐๑/๑๗"));
        EXPECT_TRUE(has(pages[1], "๕ มกราคม ๒๕๗๐"));
        EXPECT_TRUE(has(pages[1], "ผู้อำนวยการกองช่างเรียกรับเงิน"));
    }
    const auto page = officer_get("/cases/" + id + "/print").body;
    EXPECT_TRUE(has(text_of(page, "copies"), "บันทึกข้อความเสนอสั่งการ"));
    EXPECT_TRUE(has(text_of(page, "copies"), legal.name));
    sign_in_as(clerk);
    EXPECT_TRUE(has(text_of(officer_get("/cases/" + id + "/print").body, "copies"), legal.name)) << "whoever reads the case sees its copies";
}

TEST_F(PrintPages, GiveTheSameWordsToBeEdited) {
    const auto id = walked(State::pending_order);
    const auto paper = print(id, "proposal", {{"format", "odt"}});
    EXPECT_EQ(paper.content_type, "application/vnd.oasis.opendocument.text");
    EXPECT_TRUE(paper.body.starts_with("PK"));
    EXPECT_TRUE(paper.download_name.ends_with(".odt"));
}

TEST_F(PrintPages, ShowEachFaultAtItsFieldAndKeepWhatWasTyped) {
    const auto id = walked(State::pending_order);
    const auto answer = print(id, "proposal", {{"letter_date", "31/2/2570"}, {"addressee", "นายกเทศมนตรี"}, {"format", "odt"}});
    EXPECT_EQ(answer.status, 400u);
    EXPECT_TRUE(has(answer.body, "letter_date-error"));
    EXPECT_TRUE(has(answer.body, "31/2/2570"));
    EXPECT_TRUE(has(answer.body, "นายกเทศมนตรี"));
    EXPECT_TRUE(has(answer.body, "value=\"odt\" aria-describedby=\"format-odt-hint\" checked"));
    EXPECT_TRUE(has(officer_get("/cases/" + id + "/print").body, "ยังไม่เคยพิมพ์")) << "what was refused is no copy";
}

TEST_F(PrintPages, AreNotThereForWhoMayNotReadTheCase) {
    file_report("เรื่อง");
    const auto id = case_of(legal);
    walk_to(State::pending_order, id, legal, clerk);
    sign_in_as(admin);
    const std::string never = "/cases/" + base::CaseId::random().text();
    for (const char *below : {"/print", "/print/proposal", "/print/whole"})
        EXPECT_EQ(officer_get("/cases/" + id + below).body.size(), officer_get(never + below).body.size()) << below;
    EXPECT_EQ(officer_get("/cases/" + id + "/print").status, 404u);
    sign_in_as(legal);
    EXPECT_EQ(officer_get("/cases/" + id + "/print/nothing").status, 404u);
    EXPECT_EQ(print(id, "nothing").status, 404u);
}

TEST_F(PrintPages, AskForThePassphraseBeforeTheWholeCaseGoesOnPaper) {
    const auto id = walked(State::pending_order);
    EXPECT_EQ(print(id, "whole").content_type, "application/pdf");
    const auto form = officer_get("/cases/" + id + "/print/whole").body;
    clock.time += usecases::recent_sign_in + 1;
    const auto asked = officer_post("/cases/" + id + "/print/whole", {{"csrf", input(form, "csrf")}});
    EXPECT_TRUE(has(asked.body, "name=\"passphrase\""));
    EXPECT_EQ(print(id, "proposal").content_type, "application/pdf") << "a paper of daily work does not";
}

TEST_F(PrintPages, DoNotMakeAPaperForAnotherSitesForm) {
    const auto id = walked(State::pending_order);
    EXPECT_EQ(officer_post("/cases/" + id + "/print/proposal", {{"csrf", "wrong"}}).status, 403u);
    EXPECT_TRUE(has(officer_get("/cases/" + id + "/print").body, "ยังไม่เคยพิมพ์"));
}

TEST_F(PrintPages, TellAnotherAgencyOnlyWhatTheOfficerLeftInTheText) {
    const auto id = walked(State::pending_order);
    ASSERT_TRUE(move(clerk, id, "refer"));
    const auto form = officer_get("/cases/" + id + "/print/referral").body;
    EXPECT_TRUE(has(form, "ผู้อำนวยการกองช่างเรียกรับเงิน")) << "begins as the complaint";
    EXPECT_FALSE(has(form, "ผู้ร้องเรียนระบุชื่อ")) << "and without what is of the reporter";
    const auto paper = print(id, "referral", {{"letter_text", "เจ้าหน้าที่เรียกรับเงิน"}});
    ASSERT_EQ(paper.status, 200u);
    const auto words = print_test::in_one_line(print_test::text_in(paper.body));
    EXPECT_TRUE(has(words, "เจ้าหน้าที่เรียกรับเงิน"));
    EXPECT_FALSE(has(words, "ผู้อำนวยการกองช่าง"));
    EXPECT_EQ(print(id, "referral", {{"letter_text", ""}}).status, 400u);
}

TEST_F(PrintPages, AreWordedByTheAgencyWhereItHasWordsOfItsOwn) {
    auto own = profile.now()->profile;
    own.wordings[1] = "# หัวข้อของเรา\nเลขรับ {NUMBER} เสนอ {ORDER}";
    profile.publish({1, own});
    const auto id = walked(State::pending_order);
    const auto words = print_test::in_one_line(print_test::text_in(print(id, "proposal").body));
    EXPECT_TRUE(has(words, "หัวข้อของเรา"));
    EXPECT_TRUE(has(words, "เสนอเห็นควรยุติเรื่อง"));
    EXPECT_FALSE(has(words, "เรื่องเดิม"));
}

} // namespace journeys
