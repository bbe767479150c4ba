// Files of a case on the officers' pages: attached, listed, shown in the page or given away, and refused.
#include "tests/unit/web/journeys/browser.h"
#include "tests/unit/web/multipart_request.h"

#include "web/http/headers.h"

#include <filesystem>
#include <fstream>

namespace journeys {

namespace {

struct Chosen {
    std::string name, bytes;
};

std::string body_of(const http::Response &answer) {
    if (!answer.stream) return answer.body;
    std::string out, part(50'000, '\0');
    while (out.size() < answer.stream->length()) {
        const auto got = answer.stream->read(part);
        if (!got) return "broken off";
        out.append(part, 0, *got);
    }
    return out;
}

} // namespace

class OfficerFiles : public Browser {
protected:
    OfficerFiles() {
        receipt = file_report("เรื่อง");
        id = case_of(legal);
        sign_in_as(legal);
        csrf = input(officer_get("/cases/" + id).body, "csrf");
    }
    http::Response upload(const std::string &case_id, const Fields &fields, const std::vector<Chosen> &files, bool cut = false) {
        auto asked = request(http::Method::post, "/cases/" + case_id + "/files");
        std::string body;
        for (const auto &[name, value] : fields)
            body += web_test::field_part(name, value);
        for (const Chosen &one : files)
            body += web_test::file_part(one.name, one.bytes);
        web_test::give_multipart(asked, cut ? body : body + web_test::last_part, cut);
        return to_officer(std::move(asked));
    }
    http::Response attach_form(const std::vector<Chosen> &files, const std::string &purpose = "evidence") {
        return upload(id, {{"csrf", csrf}, {"purpose", purpose}, {"keep", "yes"}}, files);
    }
    std::string only_file() { return open(legal, id)->files.at(0).id.text(); }
    http::Response of_file(const std::string &file, const std::string &what, const std::string &range = {}) {
        auto asked = request(http::Method::get, "/cases/" + id + "/files/" + file + what);
        asked.range = range;
        return to_officer(std::move(asked));
    }
    std::size_t stored() { return open(legal, id)->files.size(); }

    std::string receipt, id, csrf;
};

TEST_F(OfficerFiles, AreAttachedAndEachIsToldOf) {
    inspector.busy = true;
    const auto answer = upload(id, {{"csrf", csrf}, {"purpose", "letter"}},
                               {{"หนังสือ&b.txt", "text"}, {"ภาพ.jpg", "JPEG EXIF: here"}, {"", "text nameless"}});
    EXPECT_EQ(answer.status, 200u);
    const std::string results = text_of(answer.body, "file-results");
    EXPECT_TRUE(has(results, "หนังสือ&b.txt"));
    EXPECT_TRUE(has(results, "ขณะนี้มีไฟล์ที่กำลังลบข้อมูลแฝงอยู่มาก")) << "one that fails keeps no other from being stored";
    EXPECT_TRUE(has(results, "ไฟล์ไม่มีชื่อ"));
    EXPECT_EQ(stored(), 2u);
    EXPECT_FALSE(has(answer.body, "ือ&b.txt")) << "a name is text";
    EXPECT_TRUE(has(answer.body, "หนังสือราชการ"));
    EXPECT_TRUE(has(answer.body, "แนบไฟล์</h3>"));
}

TEST_F(OfficerFiles, WithoutAFileOrAPurposeTheFormSaysWhatIsMissing) {
    const auto none = attach_form({});
    EXPECT_EQ(none.status, 400u);
    EXPECT_TRUE(has(none.body, "href=\"#attach-files\""));
    const auto aimless = attach_form({{"a.txt", "text"}}, "");
    EXPECT_EQ(aimless.status, 400u);
    EXPECT_TRUE(has(aimless.body, "href=\"#attach-purpose\""));
    EXPECT_EQ(stored(), 0u);
}

TEST_F(OfficerFiles, AChangeOfLanguageStoresNothing) {
    const auto shown = upload(id, {{"step", "show"}, {"csrf", csrf}, {"purpose", "letter"}}, {{"a.txt", "text"}});
    EXPECT_EQ(shown.status, 200u);
    EXPECT_TRUE(has(shown.body, "value=\"letter\" checked"));
    EXPECT_EQ(stored(), 0u);
}

TEST_F(OfficerFiles, OfAFormThatIsCutTheWholeOnesStayAndTheRestLeavesNothing) {
    const Fields fields{{"csrf", csrf}, {"purpose", "other"}};
    EXPECT_EQ(upload(id, fields, {{"a.txt", "text"}, {"b.txt", "text"}}, true).status, 200u);
    ASSERT_EQ(stored(), 1u) << "the second has no end";
    upload(id, fields, {{"c.txt", "text " + std::string(200'000, 'x')}}, true);
    EXPECT_EQ(stored(), 1u);
    auto behind = database();
    auto rows = behind.query("SELECT count(*) FROM upload");
    ASSERT_TRUE(rows && rows->next().value_or(false));
    EXPECT_EQ(rows->integer(), 0);
}

TEST_F(OfficerFiles, AForeignFormOrAWrongTokenStoresNothing) {
    EXPECT_EQ(upload(id, {{"csrf", "x"}, {"purpose", "other"}}, {{"a.txt", "text"}}).status, 403u);
    EXPECT_EQ(upload(id, {{"purpose", "other"}}, {{"a.txt", "text"}}).status, 403u);
    same_origin = false;
    EXPECT_EQ(attach_form({{"a.txt", "text"}}).status, 403u);
    same_origin = true;
    EXPECT_EQ(stored(), 0u);
    EXPECT_EQ(attach_form({{"a.txt", "text"}}).status, 200u);
}

TEST_F(OfficerFiles, OfACaseOfOthersAreLikeThoseOfNoCase) {
    ASSERT_EQ(attach_form({{"a.jpg", "JPEG"}}).status, 200u);
    const std::string nowhere(32, '1'), file = only_file();
    const auto hidden_receipt = AgencyTest::file(form("เรื่องของนิติกร", {&legal}));
    const std::string hidden = [&] {
        for (const auto &row : queue_of(head).rows)
            if (!open(legal, row.id.text())) return row.id.text();
        return std::string();
    }();
    ASSERT_FALSE(hidden.empty());
    ASSERT_TRUE(attach(head, hidden, "secret.jpg", "JPEG"));
    const std::string theirs = open(head, hidden)->files.at(0).id.text();
    const auto unknown = officer_get("/cases/" + nowhere);
    ASSERT_EQ(unknown.status, 404u);
    for (const auto &path : {"/cases/" + hidden + "/files/" + theirs, "/cases/" + nowhere + "/files/" + theirs,
                             "/cases/" + id + "/files/" + theirs, "/cases/" + id + "/files/" + nowhere, std::string("/cases/x/files/y")})
        for (const char *what : {"", "/view", "/download"}) {
            const auto answer = officer_get(path + what);
            EXPECT_EQ(answer.status, 404u) << path << what;
            EXPECT_TRUE(answer.body == unknown.body) << "another page";
            EXPECT_FALSE(answer.stream || answer.sandboxed);
        }
    for (const auto &one : {hidden, nowhere, std::string("x")}) {
        const auto answer = upload(one, {{"csrf", csrf}, {"purpose", "other"}}, {{"a.txt", "text"}});
        EXPECT_EQ(answer.status, 404u);
        EXPECT_TRUE(answer.body == unknown.body) << "another page";
    }
    EXPECT_EQ(open(head, hidden)->files.size(), 1u);
    EXPECT_EQ(pages::officer_answer_step(http::Method::post, "/cases/" + id + "/files"),
              pages::officer_answer_step(http::Method::get, "/cases/" + id));
}

TEST_F(OfficerFiles, APictureIsShownInThePageAndItsBytesAreSandboxed) {
    ASSERT_EQ(attach_form({{"ภาพ.jpg", "JPEG pixels"}}).status, 200u);
    const auto page = of_file(only_file(), "");
    EXPECT_EQ(page.status, 200u);
    EXPECT_TRUE(has(page.body, "<img class=\"app-file-shown\" src=\"/cases/" + id + "/files/" + only_file() + "/view\""));
    EXPECT_TRUE(has(page.body, "ครบถ้วนและตรงกับที่บันทึกไว้ทุกไบต์"));
    EXPECT_FALSE(has(page.body, "id=\"warning\""));
    EXPECT_TRUE(has(page.body, "/view\" target=\"_blank\" rel=\"noopener\""));
    const auto view = of_file(only_file(), "/view");
    EXPECT_EQ(view.status, 200u);
    EXPECT_EQ(view.content_type, "image/jpeg");
    EXPECT_TRUE(view.download_name.empty());
    EXPECT_EQ(body_of(view), "JPEG pixels");
    const auto download = of_file(only_file(), "/download");
    EXPECT_EQ(download.content_type, "application/octet-stream");
    EXPECT_EQ(download.download_name, "ภาพ.jpg");
    EXPECT_EQ(body_of(download), "JPEG pixels");
    for (const auto *answer : {&view, &download}) {
        const auto head_bytes = http::answer_head(*answer, {}, 11);
        EXPECT_TRUE(has(head_bytes, "\r\nContent-Security-Policy: sandbox; default-src 'none'; "));
        EXPECT_FALSE(has(head_bytes, "script-src"));
        for (const char *field : {"X-Content-Type-Options: nosniff", "Cross-Origin-Resource-Policy: same-origin",
                                  "Cache-Control: no-store"})
            EXPECT_TRUE(has(head_bytes, field)) << field;
    }
}

TEST_F(OfficerFiles, WhatOnlyCallsItselfAPictureIsNeverShown) {
    ASSERT_EQ(attach_form({{"page.jpg", "<html><script>alert(1)</script></html>"}}).status, 200u);
    const auto page = of_file(only_file(), "");
    EXPECT_FALSE(has(page.body, "<img"));
    EXPECT_FALSE(has(page.body, "<audio"));
    EXPECT_TRUE(has(page.body, "id=\"warning\""));
    EXPECT_EQ(of_file(only_file(), "/view").status, 404u);
    EXPECT_EQ(of_file(only_file(), "/download").content_type, "application/octet-stream");
}

TEST_F(OfficerFiles, WhatMayDoHarmSaysSoAndIsSavedUnderANameThatNothingOpens) {
    ASSERT_EQ(attach_form({{"ภาพ.jpg", "<html><script>alert(1)</script></html>"}}).status, 200u);
    const std::string said = "ชื่อไฟล์บอกว่าเป็น “รูปภาพ” แต่เนื้อหาเป็น “หน้าเว็บ";
    EXPECT_TRUE(has(officer_get("/cases/" + id).body, said));
    const auto page = of_file(only_file(), "");
    EXPECT_TRUE(has(text_of(page.body, "warning"), said));
    EXPECT_TRUE(has(text_of(page.body, "warning"), "ไฟล์อันตราย"));
    EXPECT_TRUE(has(page.body, "govuk-button--warning"));
    EXPECT_EQ(of_file(only_file(), "/download").download_name, "ภาพ.jpg.unsafe");
}

TEST_F(OfficerFiles, APictureUnderANameThatRunsIsSeenAndIsStillDangerous) {
    ASSERT_EQ(attach_form({{"ภาพ.jpg.exe", "JPEG"}}).status, 200u);
    const auto page = of_file(only_file(), "");
    EXPECT_TRUE(has(page.body, "<img"));
    EXPECT_TRUE(has(text_of(page.body, "warning"), "ไฟล์อันตราย"));
    EXPECT_EQ(of_file(only_file(), "/download").download_name, "ภาพ.jpg.exe.unsafe");
}

TEST_F(OfficerFiles, MoreThanFiveStandBehindOneLine) {
    const auto links = [&](std::string_view html) {
        std::size_t out = 0;
        for (auto at = html.find("/files/"); at != html.npos; at = html.find("/files/", at + 1))
            ++out;
        return out;
    };
    std::vector<Chosen> five, more;
    for (const char *name : {"1.txt", "2.txt", "3.txt", "4.txt", "5.txt"})
        five.push_back({name, "text"});
    ASSERT_EQ(attach_form(five).status, 200u);
    auto page = officer_get("/cases/" + id).body;
    EXPECT_FALSE(has(page, "id=\"more-files\""));
    EXPECT_EQ(links(page), 5u);
    ASSERT_EQ(attach_form({{"6.txt", "text"}, {"7.txt", "text"}}).status, 200u);
    page = officer_get("/cases/" + id).body;
    const auto at = page.find("<details class=\"govuk-details\" id=\"more-files\">"), end = page.find("</details>", at);
    ASSERT_NE(at, page.npos);
    const auto rest = page.substr(at, end - at);
    EXPECT_TRUE(has(rest, "อีก 2 ไฟล์"));
    EXPECT_EQ(links(rest), 2u);
    EXPECT_FALSE(has(rest, "govuk-tag--bad"));
    EXPECT_TRUE(has(text_of(page, "history"), "7 ไฟล์"));
    ASSERT_EQ(attach_form({{"8.exe", "text"}}).status, 200u);
    page = officer_get("/cases/" + id).body;
    const auto summary = page.find("</summary>", page.find("id=\"more-files\""));
    EXPECT_TRUE(has(page.substr(summary - 200, 200), "govuk-tag--bad")) << "what harms is told of before it is unfolded";
}

TEST_F(OfficerFiles, AreGivenInParts) {
    const std::string bytes = "text " + std::string(200'000, 'a') + "end";
    ASSERT_EQ(attach_form({{"a.txt", bytes}}).status, 200u);
    const auto file = only_file();
    const auto part = of_file(file, "/download", "bytes=65530-65545");
    EXPECT_EQ(part.status, 206u);
    EXPECT_EQ(part.content_range, "bytes 65530-65545/" + std::to_string(bytes.size()));
    EXPECT_EQ(body_of(part), bytes.substr(65530, 16));
    EXPECT_EQ(body_of(of_file(file, "/download", "bytes=-3")), "end");
    const auto over = of_file(file, "/download", "bytes=200000-999999999");
    EXPECT_EQ(over.status, 206u);
    EXPECT_EQ(body_of(over), bytes.substr(200'000));
    const auto beyond = of_file(file, "/download", "bytes=999999999-");
    EXPECT_EQ(beyond.status, 416u);
    EXPECT_EQ(beyond.content_range, "bytes */" + std::to_string(bytes.size()));
    EXPECT_TRUE(body_of(beyond).empty());
    EXPECT_EQ(body_of(of_file(file, "/download", "bytes=0-1,5-6")), bytes);
}

TEST_F(OfficerFiles, AnEndingThatFitsIsAddedToANameWithoutOne) {
    ASSERT_EQ(attach_form({{"ภาพถ่าย", "JPEG"}}).status, 200u);
    EXPECT_EQ(of_file(only_file(), "/download").download_name, "ภาพถ่าย.jpg");
}

TEST_F(OfficerFiles, ADamagedOneIsRefusedInWordsAndNoByteOfItIsGiven) {
    ASSERT_EQ(attach_form({{"a.jpg", "JPEG pixels"}}).status, 200u);
    for (const auto &entry : std::filesystem::recursive_directory_iterator(folder / "files"))
        if (entry.is_regular_file()) std::filesystem::resize_file(entry.path(), entry.file_size() - 1);
    for (const char *what : {"/view", "/download"}) {
        const auto answer = of_file(only_file(), what);
        EXPECT_EQ(answer.status, 500u);
        EXPECT_FALSE(answer.stream);
        EXPECT_TRUE(has(answer.body, "id=\"damaged\""));
    }
    const auto page = of_file(only_file(), "");
    EXPECT_EQ(page.status, 200u);
    EXPECT_TRUE(has(page.body, "id=\"damaged\""));
    EXPECT_FALSE(has(page.body, "<img"));
    EXPECT_FALSE(has(page.body, "/download"));
    EXPECT_TRUE(has(officer_get("/cases/" + id).body, "เสียหาย เปิดไม่ได้"));
}

TEST_F(OfficerFiles, AlteredWhileItGoesOutTheConnectionEnds) {
    const std::string bytes = "text " + std::string(200'000, 'a');
    ASSERT_EQ(attach_form({{"a.txt", bytes}}).status, 200u);
    const auto answer = of_file(only_file(), "/download");
    for (const auto &entry : std::filesystem::recursive_directory_iterator(folder / "files"))
        if (entry.is_regular_file()) {
            std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
            file.seekp(150'000);
            file.put('!');
        }
    EXPECT_EQ(body_of(answer), "broken off");
}

TEST_F(OfficerFiles, ThatWereChosenAreNotKeptWhenTheSessionHasEnded) {
    cookie.clear();
    const auto late = attach_form({{"a.txt", "text"}});
    EXPECT_EQ(late.status, 403u);
    EXPECT_TRUE(has(late.body, "ระบบเก็บไฟล์ที่เลือกไว้ให้ไม่ได้"));
    EXPECT_TRUE(has(late.body, "id=\"sign-in\""));
    EXPECT_EQ(stored(), 0u);
    const auto back = officer_post("/login", {{"door", input(late.body, "door")}, {"kept_path", "/cases/" + id + "/files"},
                                              {"login", legal.login}, {"passphrase", legal.passphrase}});
    EXPECT_EQ(back.status, 200u);
    EXPECT_TRUE(has(back.body, "href=\"/cases/" + id + "?lang=th\"")) << "leads to the case";
}

TEST_F(OfficerFiles, OfTheReporterAreListedWithoutATimeOfDay) {
    ASSERT_TRUE(send(receipt, "หลักฐาน.jpg", "JPEG"));
    const auto page = officer_get("/cases/" + id);
    EXPECT_TRUE(has(page.body, "หลักฐาน.jpg</a>"));
    EXPECT_TRUE(has(page.body, "ผู้ร้องเรียนส่งไฟล์หลักฐาน"));
    const auto at = page.body.find("id=\"files\"");
    const auto when = page.body.substr(page.body.find("app-files__facts", at), 200);
    EXPECT_FALSE(has(when, " น.")) << when;
}

TEST_F(OfficerFiles, APaperOrderIsConfirmedAgainstTheScanThatItsPageLinks) {
    for (const char *event : {"register", "screen", "propose", "paper_close"})
        ASSERT_TRUE(move(legal, id, event)) << event;
    const auto entered = officer_get("/cases/" + id);
    EXPECT_FALSE(text_of(entered.body, "attach-paper").empty());
    EXPECT_TRUE(has(entered.body, "value=\"signed_paper\" checked"));
    sign_in_as(head);
    auto page = officer_get("/cases/" + id);
    EXPECT_TRUE(has(text_of(page.body, "scans"), "จึงยังยืนยันไม่ได้"));
    EXPECT_FALSE(has(page.body, "id=\"confirm_paper-compared\"")) << "offered when it can work";
    const auto confirm = [&] {
        page = officer_get("/cases/" + id);
        return officer_post("/cases/" + id + "/confirm_paper",
                            {{"csrf", input(page.body, "csrf")}, {"version", input(page.body, "version")}, {"seen", input(page.body, "seen")}, {"compared", "yes"}});
    };
    const auto refused = confirm();
    EXPECT_EQ(refused.status, 400u);
    EXPECT_TRUE(has(refused.body, "href=\"#scans\""));
    csrf = input(page.body, "csrf");
    const auto own = attach_form({{"ของตน.jpg", "JPEG"}}, "signed_paper");
    ASSERT_EQ(own.status, 200u);
    EXPECT_TRUE(has(text_of(own.body, "scans"), "ต้องให้ผู้อื่น"));
    EXPECT_FALSE(has(own.body, "id=\"attach-paper\"")) << "nothing that this person can do";
    EXPECT_FALSE(has(own.body, "id=\"confirm_paper-compared\""));
    sign_in_as(legal);
    csrf = input(officer_get("/cases/" + id).body, "csrf");
    const auto attached = attach_form({{"คำสั่ง.jpg", "JPEG"}}, "signed_paper");
    ASSERT_EQ(attached.status, 200u);
    EXPECT_FALSE(has(attached.body, "id=\"attach-paper\"")) << "it is there";
    sign_in_as(head);
    page = officer_get("/cases/" + id);
    EXPECT_TRUE(has(text_of(page.body, "scans"), "คำสั่ง.jpg"));
    EXPECT_TRUE(has(page.body, "id=\"confirm_paper-compared\""));
    EXPECT_EQ(confirm().status, 303u);
    EXPECT_EQ(open(head, id)->row.state, usecases_test::State::closed);
}

} // namespace journeys
