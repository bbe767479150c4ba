// Files on the reporter's pages: taken with the receipt, told of, counted by day, and refused alike whatever the receipt is.
#include "tests/unit/web/journeys/browser.h"
#include "tests/unit/web/multipart_request.h"

#include <boost/json.hpp>

namespace journeys {
namespace {

using web_test::field_part, web_test::file_part, web_test::last_part;

class ReporterFiles : public Browser {
protected:
    ReporterFiles() : receipt(file_report("เรื่อง")) {}

    http::Response send(const std::string &path, std::string body, bool cut = false) {
        auto asked = request(http::Method::post, path);
        web_test::give_multipart(asked, std::move(body), cut);
        return to_reporter(std::move(asked));
    }
    http::Response form(const std::string &parts) { return send("/track/files", field_part("receipt", receipt) + parts + last_part); }

    std::string announced(std::string size, std::string mark = "mark", std::string with = {}) {
        return field_part("receipt", with.empty() ? receipt : with) + field_part("name", "a.txt") + field_part("size", size) +
               field_part("mark", mark);
    }
    struct Answer {
        std::string state, text;
        std::int64_t offset = 0;
        std::size_t bytes = 0;
    };
    Answer script(std::string body, bool cut = false) {
        const auto answer = send("/track/upload", body + (cut ? "" : last_part), cut);
        EXPECT_EQ(answer.status, cut ? 400u : 200u);
        if (cut) return {};
        const auto json = boost::json::parse(answer.body).as_object();
        return {std::string(json.at("state").as_string()), std::string(json.at("text").as_string()), json.at("offset").as_int64(), answer.body.size()};
    }
    std::string sent_files() { return text_of(reporter_post("/track", {{"receipt", receipt}, {"action", "open"}}).body, "sent-files"); }
    std::size_t results(const http::Response &answer) {
        std::size_t out = 0;
        const auto at = answer.body.find("id=\"file-results\"");
        for (auto found = at; at != answer.body.npos && (found = answer.body.find("<li>", found)) < answer.body.find("</ul>", at); ++found)
            ++out;
        return out;
    }

    std::string receipt;
};

TEST_F(ReporterFiles, EachIsToldOfOnceAndCountedAfterwards) {
    const auto answer = form(file_part("ใบเสร็จ <b>.jpg", "JPEG EXIF:camera") + file_part("b.txt", "text"));
    EXPECT_EQ(answer.status, 200u);
    EXPECT_EQ(results(answer), 2u);
    EXPECT_TRUE(has(answer.body, "ใบเสร็จ _b_.jpg"));
    EXPECT_TRUE(has(answer.body, "ลบข้อมูลแฝงในไฟล์"));
    EXPECT_TRUE(has(sent_files(), "ครบถ้วน 2 ไฟล์"));
    const auto later = reporter_post("/track", {{"receipt", receipt}, {"action", "open"}});
    EXPECT_FALSE(has(later.body, "b.txt")) << "on return no name is shown";
    EXPECT_EQ(results(later), 0u);
}

TEST_F(ReporterFiles, WhatIsAskedToBeKeptIsKept) {
    const auto answer = send("/track/files", field_part("receipt", receipt) + field_part("keep", "yes") + file_part("a.jpg", "JPEG EXIF:camera") + last_part);
    EXPECT_TRUE(has(answer.body, "พร้อมข้อมูลแฝงในไฟล์"));
}

TEST_F(ReporterFiles, NothingChosenIsNamedAtTheField) {
    const auto answer = form(file_part("", ""));
    EXPECT_EQ(answer.status, 200u);
    EXPECT_TRUE(has(answer.body, "id=\"files-error\""));
}

TEST_F(ReporterFiles, AWrongReceiptGetsTheEntryPageAndNothingIsKept) {
    std::string wrong = receipt;
    wrong.back() = wrong.back() == '0' ? '1' : '0';
    for (const std::string &typed : {wrong, std::string("1234"), std::string()}) {
        const auto answer = send("/track/files", field_part("receipt", typed) + file_part("a.txt", "text") + last_part);
        EXPECT_EQ(answer.status, 200u);
        EXPECT_TRUE(has(answer.body, "id=\"receipt-error\"")) << typed;
        const auto scripted = script(announced("4", "mark", typed.empty() ? "0" : typed) + field_part("offset", "0") + file_part("a.txt", "text"));
        EXPECT_EQ(scripted.state, "refused");
        EXPECT_EQ(scripted.bytes, script(announced("4")).bytes) << "an answer's size tells of the receipt";
    }
    EXPECT_TRUE(has(sent_files(), "ยังไม่มีไฟล์"));
}

TEST_F(ReporterFiles, WhatIsNoFormWithFilesIsRefused) {
    EXPECT_EQ(send("/track/files", "no form").status, 400u);
    EXPECT_EQ(reporter_post("/track/files", {{"receipt", receipt}}).status, 400u);
    EXPECT_EQ(send("/track/upload", "no form").status, 400u);
    EXPECT_EQ(reporter_get("/track/files").status, 200u) << "the entry page, when the address is loaded again";
    EXPECT_EQ(reporter_get("/track/upload").status, 405u);
}

TEST_F(ReporterFiles, AScriptIsToldWhereToGoOn) {
    const std::string bytes = "text" + std::string(300'000, 'x');
    const auto size = std::to_string(bytes.size());
    EXPECT_EQ(script(announced(size)).offset, 0);
    script(announced(size) + field_part("offset", "0") + "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\n" + bytes.substr(0, 200'000), true);
    EXPECT_TRUE(has(sent_files(), "ไม่ครบ 1 ไฟล์"));
    const auto on = script(announced(size));
    EXPECT_EQ(on.state, "send");
    EXPECT_GT(on.offset, 0);
    const auto wrong = script(announced(size) + field_part("offset", "1") + file_part("a", bytes.substr(1)));
    EXPECT_EQ(wrong.state, "send");
    EXPECT_EQ(wrong.offset, on.offset);
    const auto done = script(announced(size) + field_part("offset", std::to_string(on.offset)) +
                             file_part("a", bytes.substr(static_cast<std::size_t>(on.offset))));
    EXPECT_EQ(done.state, "stored");
    EXPECT_TRUE(has(done.text, "บันทึกไว้ครบถ้วนแล้ว"));
    EXPECT_TRUE(has(sent_files(), "ครบถ้วน 1 ไฟล์"));
}

TEST_F(ReporterFiles, AScriptThatAnnouncesNonsenseIsRefused) {
    for (const std::string size : {"", "-1", "1x", "99999999999999999999", "104857601"})
        EXPECT_EQ(script(announced(size)).state, "refused") << size;
    EXPECT_EQ(script(announced("4", "")).state, "refused");
    EXPECT_EQ(script(announced("4", std::string(301, 'm'))).state, "refused");
    EXPECT_EQ(script(announced("3") + field_part("offset", "0") + file_part("a", "text")).state, "refused") << "more than announced";
    EXPECT_TRUE(has(sent_files(), "ยังไม่มีไฟล์"));
}

} // namespace
} // namespace journeys
