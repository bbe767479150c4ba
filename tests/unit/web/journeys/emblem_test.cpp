// The emblem, from the admin's form over the second officer to the head of both faces' pages.
#include "tests/unit/web/journeys/browser.h"
#include "tests/unit/web/multipart_request.h"

#include <filesystem>
#include <regex>

namespace journeys {

namespace {

const std::string picture = "PNG of an elephant EXIF: made by somebody", cleaned = "PNG of an elephant ";

class EmblemPages : public Browser {
protected:
    http::Response send(const std::string &body) {
        auto asked = request(http::Method::post, "/settings/emblem");
        web_test::give_multipart(asked, body + web_test::last_part);
        return to_officer(std::move(asked));
    }
    std::string fields(const std::string &csrf, const std::string &version) {
        return web_test::field_part("csrf", csrf) + web_test::field_part("version", version);
    }
    std::string fields() {
        const auto page = officer_get("/settings/emblem");
        EXPECT_EQ(page.status, 200u);
        return fields(input(page.body, "csrf"), input(page.body, "version"));
    }
    http::Response propose(const std::string &bytes = picture) {
        const std::string before = fields();
        return send(before + web_test::file_part("ตรา.png", bytes) + web_test::field_part("step", "propose"));
    }
    http::Response act(const std::string &which) {
        const auto page = officer_get("/settings");
        return officer_post("/settings/proposal/" + which,
                            {{"csrf", input(page.body, "csrf")}, {"proposal", input(page.body, "proposal")}});
    }
    // In the header of a page; empty without one.
    static std::string in_header(const std::string &page) {
        static const std::regex wanted("<img class=\"app-header__emblem\" src=\"([^\"]+)\" alt=\"([^\"]+)\">");
        std::smatch found;
        return std::regex_search(page, found, wanted) ? found[1].str() : "";
    }
    static std::string compared(const std::string &page) {
        static const std::regex wanted("<img class=\"app-emblem\" src=\"(/settings/emblem/[0-9a-f]{32})\"");
        std::smatch found;
        return std::regex_search(page, found, wanted) ? found[1].str() : "";
    }
    void confirm() {
        sign_in_as(executive);
        EXPECT_EQ(act("confirm").status, 303u);
    }
};

TEST_F(EmblemPages, IsOnBothFacesOnceASecondOfficerHasSeenAndConfirmedIt) {
    sign_in_as(admin);
    EXPECT_EQ(propose().location, "/settings/done/proposed?lang=th");
    EXPECT_EQ(in_header(reporter_get("/").body), "");
    sign_in_as(executive);
    const auto shown = officer_get(compared(officer_get("/settings").body));
    EXPECT_EQ(shown.status, 200u);
    EXPECT_EQ(shown.body, cleaned);
    EXPECT_EQ(shown.content_type, "image/png");
    EXPECT_TRUE(shown.sandboxed);
    EXPECT_FALSE(shown.immutable);
    EXPECT_EQ(act("confirm").status, 303u);
    const auto address = in_header(reporter_get("/").body);
    EXPECT_TRUE(std::regex_match(address, std::regex("/static/emblem\\.[0-9a-f]{16}\\.png"))) << address;
    EXPECT_EQ(in_header(officer_get("/queue").body), address);
    cookie.clear();
    for (const auto &answer : {reporter_get(address), officer_get(address)}) {
        EXPECT_EQ(answer.status, 200u);
        EXPECT_EQ(answer.body, cleaned);
        EXPECT_EQ(answer.content_type, "image/png");
        EXPECT_TRUE(answer.immutable);
    }
    sign_in_as(admin);
    EXPECT_TRUE(has(officer_get("/settings/emblem").body, "src=\"" + address + "\""));
    EXPECT_TRUE(has(officer_get("/settings").body, "PNG ขนาด 1 กิโลไบต์"));
}

TEST_F(EmblemPages, SaysAtTheFieldWhyAPictureIsNotTaken) {
    sign_in_as(admin);
    for (const auto &[bytes, why] : {std::pair<std::string, std::string>{"<svg> EXIF:", "ไฟล์นี้ไม่ใช่รูป PNG หรือ JPEG"},
                                     {"PNG broken", "อ่านรูปนี้หรือลบข้อมูลแฝงในรูปไม่ได้"},
                                     {"PNG EXIF:" + std::string(5'000'000, 'x'), "ไฟล์ใหญ่เกิน 256 กิโลไบต์"},
                                     {"", "ไฟล์นี้ว่างเปล่า"}}) {
        const auto answer = propose(bytes);
        EXPECT_EQ(answer.status, 400u);
        EXPECT_TRUE(has(text_of(answer.body, "emblem-error"), why)) << why;
    }
    const auto nothing = send(fields() + web_test::field_part("step", "propose"));
    EXPECT_EQ(nothing.status, 400u);
    EXPECT_TRUE(has(text_of(nothing.body, "emblem-error"), "เลือกไฟล์รูป"));
    language = "en";
    EXPECT_TRUE(has(text_of(propose("text").body, "emblem-error"), "This is no PNG or JPEG picture."));
    EXPECT_EQ(profile.now()->version, 0u);
    EXPECT_FALSE(has(officer_get("/settings").body, "id=\"proposal\""));
}

TEST_F(EmblemPages, OfAnOldFormOrBesideAnotherProposalIsRefused) {
    sign_in_as(admin);
    const auto page = officer_get("/settings/emblem");
    const std::string file = web_test::file_part("a.png", picture);
    EXPECT_EQ(send(fields(input(page.body, "csrf"), "7") + file).status, 409u);
    EXPECT_EQ(propose().status, 303u);
    EXPECT_EQ(propose().status, 409u);
    EXPECT_EQ(act("withdraw").status, 303u);
    EXPECT_EQ(propose().status, 303u);
}

TEST_F(EmblemPages, IsSentFromOurOwnPageOnlyAndAsAFormWithAFile) {
    sign_in_as(admin);
    const auto page = officer_get("/settings/emblem");
    const std::string file = web_test::file_part("a.png", picture), version = input(page.body, "version");
    EXPECT_EQ(send(fields("00", version) + file).status, 403u);
    EXPECT_EQ(officer_post("/settings/emblem", {{"csrf", input(page.body, "csrf")}, {"version", version}}).status, 400u);
    EXPECT_EQ(send(fields(input(page.body, "csrf"), version) + file + file).status, 400u);
    same_origin = false;
    EXPECT_EQ(send(fields(input(page.body, "csrf"), version) + file).status, 403u);
    same_origin = true;
    for (const auto *who : {&legal, &clerk, &auditor, &head}) { // this clerk may not vouch
        sign_in_as(*who);
        EXPECT_EQ(officer_get("/settings/emblem").status, 404u);
        EXPECT_EQ(send(file).status, 404u);
        EXPECT_EQ(officer_get("/settings/emblem/" + base::ObjectId::random().text()).status, 404u);
    }
    sign_in_as(executive); // confirms, and does not propose
    EXPECT_EQ(officer_get("/settings/emblem").status, 404u);
    EXPECT_EQ(officer_get("/settings/emblem/" + base::ObjectId::random().text()).status, 404u);
    EXPECT_FALSE(*officer_reads->settings().proposal());
}

TEST_F(EmblemPages, ThatWasAlteredOnTheDiskIsNotShownAndThePageSaysSo) {
    sign_in_as(admin);
    propose();
    confirm();
    EXPECT_NE(in_header(reporter_get("/").body), "");
    const std::string name = usecases::emblem_file(profile.now()->profile)->text();
    std::filesystem::resize_file(folder / "files" / name.substr(0, 2) / name, 1000);
    auto next = *profile.now();
    ++next.version;
    EXPECT_NE(in_header(reporter_get("/").body), "") << "from memory";
    profile.publish(next); // read anew, as at a start
    EXPECT_EQ(in_header(reporter_get("/").body), "");
    sign_in_as(admin);
    const auto page = officer_get("/settings/emblem").body;
    EXPECT_EQ(in_header(page), "");
    EXPECT_TRUE(has(page, "รูปที่เก็บไว้หายหรือถูกแก้ไขนอกโปรแกรม"));
}

TEST_F(EmblemPages, IsTakenAwayByTwoAndComesBackByTwo) {
    sign_in_as(admin);
    propose();
    confirm();
    const auto address = in_header(reporter_get("/").body);
    sign_in_as(admin);
    EXPECT_EQ(send(fields() + web_test::field_part("step", "remove")).location, "/settings/done/proposed?lang=th");
    EXPECT_EQ(in_header(reporter_get("/").body), address);
    confirm();
    EXPECT_EQ(in_header(reporter_get("/").body), "");
    EXPECT_EQ(reporter_get(address).status, 200u) << "a page that was sent a moment ago asks for it";
    sign_in_as(admin);
    const auto page = officer_get("/settings").body;
    EXPECT_EQ(officer_post("/settings/restore", {{"csrf", input(page, "csrf")}, {"version", "2"}, {"restored", "1"}}).status, 303u);
    confirm();
    EXPECT_EQ(in_header(reporter_get("/").body), address);
}

} // namespace

} // namespace journeys
