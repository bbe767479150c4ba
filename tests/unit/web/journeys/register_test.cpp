// An old register with its texts, from the officer's file to the queue.
#include "tests/unit/web/journeys/browser.h"
#include "tests/unit/web/multipart_request.h"

namespace journeys {

namespace {

const std::string good = "register_no,channel,received,category,facts,name\r\n12/2568,ตู้รับเรื่อง,1/11/2568,bribery,\"เรียกเงิน, สองครั้ง\",นางมาลี ลับมาก\r\n";

class RegisterPages : public Browser {
protected:
    http::Response send(const std::string &bytes, std::string csrf = {}) {
        if (csrf.empty()) csrf = input(officer_get("/entry/register").body, "csrf");
        auto asked = request(http::Method::post, "/entry/register");
        web_test::give_multipart(asked, web_test::field_part("csrf", csrf) + web_test::file_part("ทะเบียน.csv", bytes) + web_test::last_part);
        return to_officer(std::move(asked));
    }
    http::Response take(const http::Response &page) {
        return officer_post("/entry/register/take", {{"csrf", input(page.body, "csrf")},
                                                     {"register_file", input(page.body, "register_file")},
                                                     {"from", input(page.body, "from")}});
    }
};

TEST_F(RegisterPages, ShowTheRowsFirstAndTakeThemInOnce) {
    sign_in_as(legal);
    EXPECT_TRUE(has(officer_get("/entry").body, "/entry/register"));
    const auto preview = send(good);
    ASSERT_EQ(preview.status, 200u);
    EXPECT_TRUE(has(preview.body, "12/2568"));
    EXPECT_TRUE(has(preview.body, "เรียกเงิน, สองครั้ง"));
    EXPECT_TRUE(queue_of(legal).rows.empty());
    const auto done = take(preview);
    ASSERT_EQ(done.status, 200u);
    EXPECT_TRUE(has(text_of(done.body, "done"), "นำเข้าครั้งนี้ 1 เรื่อง"));
    EXPECT_EQ(queue_of(legal).rows.size(), 1U);
    const auto page = officer_get("/cases/" + case_of(legal)).body;
    EXPECT_TRUE(has(page, "12/2568")) << "the old number stands in the history";
    EXPECT_FALSE(has(page, "ลับมาก"));
    EXPECT_TRUE(has(text_of(take(send(good)).body, "done"), "มีอยู่แล้ว 1 เรื่อง"));
    EXPECT_EQ(queue_of(legal).rows.size(), 1U);
}

TEST_F(RegisterPages, NameEveryFaultByLineAndColumn) {
    sign_in_as(legal);
    const auto refused = send("register_no,channel,received,category,facts\n1,fax,31/2/2568,bribery,x\n2,box,1/11/2568,bribery,\n");
    ASSERT_EQ(refused.status, 400u);
    const auto faults = text_of(refused.body, "faults");
    for (const char *said : {"channel", "received", "facts"})
        EXPECT_TRUE(has(faults, said)) << said;
    EXPECT_FALSE(has(refused.body, "register_file"));
    EXPECT_EQ(send("PK\x03\x04").status, 400u);
    EXPECT_EQ(send(std::string(600 * 1024, 'x')).status, 400u);
    EXPECT_EQ(send("register_no,channel,received,category,facts\n").status, 400u);
}

TEST_F(RegisterPages, GiveATemplateThatIsReadBack) {
    sign_in_as(legal);
    const auto file = officer_get("/entry/register/template");
    EXPECT_EQ(file.download_name, "register.csv");
    EXPECT_EQ(send(file.body).status, 400u) << "no rows";
    EXPECT_TRUE(has(send(file.body).body, "ไม่มีแถวข้อมูล"));
}

TEST_F(RegisterPages, AreNotThereForOtherPostsNorForAnotherSite) {
    sign_in_as(legal);
    EXPECT_EQ(send(good, "x").status, 403u);
    EXPECT_EQ(officer_post("/entry/register/take", {{"register_file", "eA"}, {"from", "0"}}).status, 403u);
    for (const auto *who : {&head, &clerk, &admin, &auditor}) {
        sign_in_as(*who);
        EXPECT_EQ(officer_get("/entry/register").status, 404u) << who->login;
        EXPECT_EQ(officer_get("/entry/register/template").status, 404u) << who->login;
    }
}

} // namespace

} // namespace journeys
