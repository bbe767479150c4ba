// The complaint manual as everybody can read it: page, print, and every version that was in force.
#include "tests/unit/web/journeys/browser.h"
#include "tests/unit/web/print/reader.h"

#include "service/domain/typed_day.h"
#include "web/pages/common/dates.h"
#include "web/pages/common/manual.h"

namespace journeys {

namespace {

using print_test::in_one_line;

class ManualPages : public Browser {
protected:
    // One more version of the profile, as if two people had agreed on it.
    void change(const std::function<void(domain::AgencyProfile &)> &how) {
        auto next = *profile.now();
        how(next.profile);
        ++next.version;
        next.since = clock.today();
        profile.publish(std::move(next));
    }
    void set_limit(int days, int from_now = 0) {
        change([&](domain::AgencyProfile &next) {
            next.limits.front().number = days;
            next.manual_from = domain::day_to_type({clock.today().number + from_now});
        });
    }
    std::string part_of(const std::string &page, const std::string &id) { // from an element on, or nothing
        const auto at = page.find("id=\"" + id + "\"");
        return at == std::string::npos ? "" : page.substr(at, page.find("</ul>", at) - at);
    }
    std::string print(const std::string &path) {
        const auto answer = reporter_get(path);
        EXPECT_EQ(answer.status, 200u) << path;
        EXPECT_EQ(answer.content_type, "application/pdf");
        return answer.body;
    }
};

// Every text of the page, between its tags, without what stands in the frame of the page.
std::vector<std::string> texts_of(const std::string &page) {
    const auto from = page.find("<main"), to = page.find("<nav class=\"app-no-print\" id=\"versions\"");
    std::string main = page.substr(from, std::min(to, page.find("</main>")) - from);
    for (auto svg = main.find("<svg"); svg != std::string::npos; svg = main.find("<svg")) // broken into other lines there
        main.erase(svg, main.find("</svg>", svg) - svg);
    std::vector<std::string> out;
    for (auto at = main.find('>'); at != std::string::npos; at = main.find('>', at + 1)) {
        const auto text = in_one_line(main.substr(at + 1, main.find('<', at) - at - 1));
        if (!text.empty()) out.push_back(text);
    }
    return out;
}

TEST_F(ManualPages, ThePrintSaysAllThatThePageSays) {
    for (const char *chosen : {"th", "en"}) {
        language = chosen;
        const std::string printed = in_one_line(print_test::text_in(print("/manual.pdf")));
        std::size_t looked_for = 0;
        for (const std::string &text : texts_of(reporter_get("/manual").body)) {
            if (text.find("PDF") != std::string::npos || text.find("&") != std::string::npos) continue; // the link; an escaped mark
            ++looked_for;
            const bool number_of_a_page_within = text.size() > 60; // a paragraph may go on over the end of a page
            EXPECT_TRUE(printed.find(text) != std::string::npos || (number_of_a_page_within && printed.find(text.substr(0, 24)) != std::string::npos))
                << text;
        }
        EXPECT_GT(looked_for, 120u);
    }
}

TEST_F(ManualPages, ThePrintSaysAtTheFootWhichItIsAndWhereTheWebsiteIs) {
    for (const char *chosen : {"th", "en"}) {
        language = chosen;
        const std::string foot = in_one_line(print_test::text_in(print("/manual.pdf")));
        EXPECT_TRUE(has(foot, "https://report.example.go.th")) << chosen;
        for (const char *of_a_page : {"หน้านี้", "เว็บไซต์นี้", "this page", "This website"})
            EXPECT_FALSE(has(foot, in_one_line(of_a_page))) << of_a_page;
    }
    set_limit(4);
    language = "th";
    const std::string text = in_one_line(print_test::text_in(print("/manual.pdf")));
    std::size_t times = 0;
    const std::string edition = in_one_line("ฉบับที่ 1 ใช้บังคับตั้งแต่วันที่");
    for (auto at = text.find(edition); at != std::string::npos; at = text.find(edition, at + 1))
        ++times;
    EXPECT_GT(times, 2u) << "at the top, and on each page";
    EXPECT_FALSE(has(reporter_get("/manual").body, "https://report.example.go.th")) << "who reads the page is there";
}

TEST_F(ManualPages, ThePrintHasNoLetterThatItsTypefaceLacks) {
    for (const auto chosen : pages::languages) {
        pages::Frame frame;
        frame.language = chosen;
        const auto versions = profile.manuals();
        const auto pdf = print::to_pdf(pages::manual_document(reporter_site(), frame, versions->on(clock.today()), clock.today(),
                                                              pages::on_paper("https://report.example.go.th")));
        ASSERT_TRUE(pdf);
        EXPECT_EQ(pdf->unknown, 0u);
        EXPECT_LE(pdf->pages, 8u);
    }
}

TEST_F(ManualPages, IsADraftUntilTwoPeopleHaveSetItsLimits) {
    EXPECT_TRUE(has(reporter_get("/manual").body, "ระยะเวลาเป็นค่าตั้งต้น"));
    set_limit(4);
    const auto page = reporter_get("/manual").body;
    EXPECT_FALSE(has(page, "ระยะเวลาเป็นค่าตั้งต้น"));
    EXPECT_TRUE(has(page, "ฉบับที่ 1"));
}

TEST_F(ManualPages, EveryVersionStaysWithItsOwnLimits) {
    const auto first = print("/manual.pdf");
    set_limit(4);
    const auto second = print("/manual.pdf");
    clock.next_day();
    set_limit(5);
    const auto now = reporter_get("/manual").body;
    EXPECT_TRUE(has(now, "5 วันทำการ"));
    EXPECT_TRUE(has(now, "href=\"/manual/2.pdf"));
    for (const char *link : {"href=\"/manual/1", "href=\"/manual/draft"})
        EXPECT_TRUE(has(part_of(now, "versions-past"), link)) << link;
    EXPECT_EQ(part_of(now, "versions-coming"), "");
    const auto earlier = reporter_get("/manual/1").body;
    EXPECT_TRUE(has(earlier, "นี่คือฉบับก่อนหน้า"));
    EXPECT_TRUE(has(earlier, "4 วันทำการ"));
    EXPECT_FALSE(has(earlier, "5 วันทำการ"));
    EXPECT_TRUE(has(part_of(earlier, "versions-in-force"), "href=\"/manual/2"));
    EXPECT_TRUE(has(reporter_get("/manual/draft").body, "ระยะเวลาเป็นค่าตั้งต้น"));
    EXPECT_FALSE(has(now, "นี่คือฉบับก่อนหน้า"));
    EXPECT_EQ(print("/manual/draft.pdf"), first);
    EXPECT_EQ(print("/manual/1.pdf"), second);
    prints.emplace(); // made anew they are still the same bytes
    EXPECT_EQ(print("/manual/draft.pdf"), first);
    EXPECT_EQ(print("/manual/1.pdf"), second);
    EXPECT_NE(first, second);
}

TEST_F(ManualPages, LimitsThatBeginLaterAreListedApartUntilTheirDay) {
    set_limit(4);
    set_limit(9, 2);
    for (const std::string page : {reporter_get("/manual").body, reporter_get("/").body}) {
        EXPECT_TRUE(has(page, "4 วันทำการ"));
        EXPECT_FALSE(has(page, "9 วันทำการ"));
    }
    const auto now = reporter_get("/manual").body;
    EXPECT_TRUE(has(now, "ฉบับที่ 1 ใช้บังคับตั้งแต่วันที่"));
    EXPECT_TRUE(has(part_of(now, "versions-coming"), "href=\"/manual/2"));
    EXPECT_TRUE(has(part_of(now, "versions-coming"), pages::long_date(reporter_site().catalogue(), http::Language::th, {clock.today().number + 2})));
    EXPECT_FALSE(has(part_of(now, "versions-past"), "/manual/2"));
    const auto coming = reporter_get("/manual/2").body;
    EXPECT_TRUE(has(coming, "ฉบับนี้ยังไม่ใช้บังคับ"));
    EXPECT_TRUE(has(coming, "9 วันทำการ"));
    const auto printed = print("/manual/2.pdf");
    sign_in_as(legal);
    for (const char *path : {"/manual", "/manual/1", "/manual/2", "/manual/draft"}) {
        const auto there = officer_get(path);
        EXPECT_EQ(there.status, 200u) << path;
        EXPECT_EQ(has(there.body, "ฉบับที่ 2 ใช้บังคับตั้งแต่วันที่"), std::string(path) == "/manual/2") << path;
    }
    EXPECT_EQ(officer_get("/manual/3").status, 404u);
    clock.next_day();
    clock.next_day();
    EXPECT_TRUE(has(reporter_get("/manual").body, "9 วันทำการ"));
    EXPECT_TRUE(has(reporter_get("/").body, "9 วันทำการ"));
    EXPECT_FALSE(has(reporter_get("/manual/2").body, "ฉบับนี้ยังไม่ใช้บังคับ"));
    EXPECT_EQ(print("/manual.pdf"), printed) << "the day on which it begins changes none of its bytes";
}

TEST_F(ManualPages, OneThatWasReplacedBeforeItsDayIsStillThere) {
    set_limit(4);
    set_limit(9, 5);
    set_limit(7, 5);
    EXPECT_TRUE(has(part_of(reporter_get("/manual").body, "versions-never"), "href=\"/manual/2"));
    EXPECT_TRUE(has(reporter_get("/manual/2").body, "ฉบับนี้ไม่ได้ใช้บังคับ"));
    EXPECT_TRUE(has(reporter_get("/manual/3").body, "7 วันทำการ"));
}

TEST_F(ManualPages, ACaseNamesTheOneByWhichItCounts) {
    set_limit(4);
    set_limit(9, 1);
    file_report("ก่อนวันเริ่มใช้");
    clock.next_day();
    file_report("หลังวันเริ่มใช้");
    clock.next_day();
    sign_in_as(legal);
    std::map<std::string, std::string> named; // by the first words of its facts
    for (const auto &row : queue_of(legal).rows) {
        const auto page = officer_get("/cases/" + row.id.text()).body;
        const auto manual = page.find("<a href=\"/manual/");
        ASSERT_NE(manual, std::string::npos);
        named[has(page, "ก่อนวันเริ่มใช้") ? "before" : "after"] = page.substr(manual, page.find("</a>", manual) - manual);
    }
    for (const auto &[when, number] : {std::pair{"before", "1"}, {"after", "2"}}) {
        EXPECT_TRUE(has(named[when], "/manual/" + std::string(number))) << named[when];
        EXPECT_TRUE(has(named[when], "ฉบับที่ " + std::string(number))) << named[when];
    }
}

TEST_F(ManualPages, AChangeOfSomethingElseIsNoOtherManual) {
    set_limit(4);
    const auto first = print("/manual.pdf");
    change([](domain::AgencyProfile &next) { next.colour = "#123456"; });
    EXPECT_FALSE(has(reporter_get("/manual").body, "href=\"/manual/2"));
    EXPECT_EQ(print("/manual/1.pdf"), first);
    EXPECT_EQ(reporter_get("/manual/2").status, 404u);
}

TEST_F(ManualPages, APrintOfADraftSaysWhatTheDraftSaysNow) {
    const auto first = print("/manual.pdf");
    change([](domain::AgencyProfile &next) { next.contact.th = "ศาลากลางหลังใหม่"; });
    EXPECT_NE(print("/manual/draft.pdf"), first);
    EXPECT_EQ(reporter_get("/manual/1").status, 404u);
}

TEST_F(ManualPages, KeepTheYearInWhichTheyWereLastInForce) {
    for (clock.next_day(); domain::day_to_type(clock.today()) != "30/9/2569"; clock.next_day()) {
    }
    EXPECT_TRUE(has(reporter_get("/manual").body, "พ.ศ. 2569"));
    set_limit(4); // of the last day of the fiscal year
    clock.next_day();
    EXPECT_TRUE(has(reporter_get("/manual").body, "พ.ศ. 2570"));
    EXPECT_TRUE(has(reporter_get("/manual/draft").body, "พ.ศ. 2569"));
}

TEST_F(ManualPages, AreNotThereUnderOtherNumbers) {
    for (const char *path : {"/manual/0", "/manual/1", "/manual/1.pdf", "/manual/x", "/manual/00", "/manual/draft.PDF", "/manual/.pdf",
                             "/manual/-1", "/manual/draft.pdf.pdf", "/manual/99999999999999999999", "/manual/draft/1"})
        EXPECT_EQ(reporter_get(path).status, 404u) << path;
}

TEST_F(ManualPages, TheLongestNamesThatAreTakenCanBePrinted) {
    change([](domain::AgencyProfile &next) {
        for (const domain::ProfileField &field : domain::profile_fields()) {
            if (field.rule != domain::ProfileRule::line && field.rule != domain::ProfileRule::text) continue;
            std::string &text = field.of(next);
            text.clear();
            for (std::size_t i = 0; i < field.limit; ++i)
                text += "ก";
        }
        next.holidays.assign(10'000, ' ');
    });
    EXPECT_GT(print_test::text_in(print("/manual.pdf")).size(), 1000u);
}

TEST_F(ManualPages, AreNamedForWhoSavesThem) {
    const auto answer = reporter_get("/manual.pdf");
    EXPECT_EQ(answer.download_name, "manual-draft.pdf");
    EXPECT_EQ(answer.content_language, "th");
    set_limit(4);
    EXPECT_EQ(reporter_get("/manual.pdf").download_name, "manual-1.pdf");
}

TEST_F(ManualPages, OfficersReadTheSameOnTheirOwnFace) {
    EXPECT_NE(officer_get("/manual").status, 200u) << "only signed in";
    sign_in_as(legal);
    const auto page = officer_get("/manual").body;
    EXPECT_TRUE(has(page, "class=\"app-picture\""));
    EXPECT_TRUE(has(page, "2 วันทำการ"));
    EXPECT_TRUE(has(officer_get("/queue").body, "href=\"/manual"));
}

} // namespace

} // namespace journeys
