// The look: what a first visit weighs, what is refused at start, how days are written.
#include "tests/unit/web/pages/fixture.h"

#include "web/pages/common/dates.h"
#include "web/pages/officer/face.h"
#include "web/pages/officer/samples.h"
#include "web/pages/reporter/samples.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace {

using pages::Language;

pages::Site reporter_site() { return pages_test::load(pages::reporter_page_files()); }

TEST(FirstVisit, WeighsAtMost100Kilobytes) {
    const auto site = reporter_site();
    std::size_t shared = 0;
    for (const char *name : {"style.css", "exit.js", "sarabun-thai-400.woff2", "sarabun-thai-700.woff2",
                             "sarabun-latin-400.woff2", "sarabun-latin-700.woff2"})
        shared += site.files().size(name);
    for (const auto language : pages::languages)
        for (const auto &sample : pages::reporter_samples(site, language))
            if (sample.name == "home") EXPECT_LE(shared + sample.answer.body.size(), 100'000u) << http::code(language);
}

TEST(QuickExit, ScriptIsSmall) { EXPECT_LE(reporter_site().files().size("exit.js"), 2'048u); }

TEST(StaticFiles, AreServedUnderTheirHashOnly) {
    const auto site = reporter_site();
    const auto answer = site.files().answer(site.files().url("style.css"));
    ASSERT_TRUE(answer);
    EXPECT_TRUE(answer->immutable);
    EXPECT_EQ(answer->content_type, "text/css; charset=utf-8");
    EXPECT_FALSE(site.files().answer("/static/style.css"));
    EXPECT_FALSE(site.files().answer("/static/../locale/th.po"));
}

TEST(StaticFiles, TheStyleSheetLoadsNothingFromElsewhere) {
    const auto site = reporter_site();
    const std::string style = site.files().answer(site.files().url("style.css"))->body;
    EXPECT_EQ(style.find("@import"), std::string::npos);
    std::size_t addresses = 0;
    for (auto at = style.find("url("); at != std::string::npos; at = style.find("url(", at + 1), ++addresses)
        EXPECT_TRUE(style.compare(at + 4, 9, "\"/static/") == 0 || style.compare(at + 4, 8, "/static/") == 0)
            << style.substr(at, 40);
    EXPECT_EQ(addresses, 4u) << "two subsets in two weights";
}

TEST(StaticFiles, TextIsAtLeast18Pixels) {
    const auto site = reporter_site();
    const std::string style = site.files().answer(site.files().url("style.css"))->body;
    const std::string mark = "font-size:";
    for (auto at = style.find(mark); at != std::string::npos; at = style.find(mark, at + 1)) {
        const std::string value = style.substr(at + mark.size(), 12);
        if (value.find("px") < value.find_first_of(";}"))
            EXPECT_GE(std::stod(value), 18.0) << value;
        else if (value.find("rem") < value.find_first_of(";}"))
            EXPECT_GE(std::stod(value), 1.125) << value;
    }
}

TEST(StartUp, RefusesAColourOnWhichWhiteCannotBeRead) {
    auto profile = pages_test::agency();
    profile.colour = "#ffcc00";
    const auto site = pages::Site::load(pages_test::share_folder(), profile, pages::reporter_page_files());
    ASSERT_FALSE(site);
    EXPECT_NE(site.error().find("#ffcc00"), std::string::npos);
    profile.colour = "teal";
    EXPECT_FALSE(pages::Site::load(pages_test::share_folder(), profile, pages::reporter_page_files()));
}

TEST(StartUp, MeasuresContrastAsWcagDoes) {
    EXPECT_NEAR(*pages::contrast_with_white("#000000"), 21.0, 0.01);
    EXPECT_NEAR(*pages::contrast_with_white("#767676"), 4.54, 0.01);
    EXPECT_FALSE(pages::contrast_with_white("#12345"));
}

TEST(StartUp, RefusesAMissingTypefaceWithItsName) {
    namespace fs = std::filesystem;
    const fs::path copy = fs::path(testing::TempDir()) / "share-without-typeface";
    fs::remove_all(copy);
    fs::copy(pages_test::share_folder(), copy, fs::copy_options::recursive);
    fs::remove(copy / "static" / "sarabun-thai-400.woff2");
    const auto site = pages::Site::load(copy.string(), pages_test::agency(), pages::reporter_page_files());
    ASSERT_FALSE(site);
    EXPECT_NE(site.error().find("sarabun-thai-400.woff2"), std::string::npos);
    fs::remove_all(copy);
}

TEST(StartUp, ServesTheAgencysEmblemAndRefusesAMissingOne) {
    namespace fs = std::filesystem;
    auto profile = pages_test::agency();
    profile.emblem_file = testing::TempDir() + "emblem-of-test.svg";
    EXPECT_FALSE(pages::Site::load(pages_test::share_folder(), profile, pages::reporter_page_files()));
    std::ofstream(profile.emblem_file) << "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    const auto site = pages::Site::load(pages_test::share_folder(), profile, pages::reporter_page_files());
    ASSERT_TRUE(site);
    const auto samples = pages::reporter_samples(*site, Language::th);
    EXPECT_NE(samples.front().answer.body.find(site->files().url("emblem.svg")), std::string::npos);
    fs::remove(profile.emblem_file);
}

TEST(StartUp, EveryPageFitsItsTemplate) {
    EXPECT_EQ(pages::check_reporter_pages(reporter_site()), "");
    EXPECT_EQ(pages::check_officer_pages(pages_test::load(pages::officer_page_files())), "");
}

TEST(Secrecy, IsTheClassThatWasRegisteredAtHeadAndFoot) {
    const auto site = pages_test::load(pages::officer_page_files());
    for (const auto &[language, mark] : {std::pair{Language::th, "ลับมาก"}, {Language::en, "SECRET"}}) {
        const std::string shown = std::string("<p class=\"app-secrecy\">") + mark + "</p>";
        for (const auto &sample : pages::officer_samples(site, language))
            if (sample.name == "case-stale") {
                EXPECT_NE(sample.answer.body.find(shown), std::string::npos);
                EXPECT_NE(sample.answer.body.find(shown), sample.answer.body.rfind(shown)) << "twice";
            }
    }
}

TEST(Queue, MarksTheCaseWhoseReporterWroteMore) {
    const auto site = pages_test::load(pages::officer_page_files());
    for (const auto &sample : pages::officer_samples(site, Language::th))
        if (sample.name == "queue") {
            const auto tag = sample.answer.body.find("มีข้อความใหม่");
            ASSERT_NE(tag, std::string::npos);
            EXPECT_EQ(tag, sample.answer.body.rfind("มีข้อความใหม่")) << "one of three cases";
        }
}

TEST(Dates, AreWrittenInTheBuddhistEraInThai) {
    const auto catalogue = *pages::Catalogue::load(pages_test::share_folder());
    const auto day = base::Day::from(std::chrono::year{2023} / 4 / 5);
    EXPECT_EQ(pages::long_date(catalogue, Language::th, day), "5 เมษายน 2566");
    EXPECT_EQ(pages::long_date(catalogue, Language::en, day), "5 April 2023");
}

TEST(Dates, TimesAreThoseOfBangkok) {
    const auto catalogue = *pages::Catalogue::load(pages_test::share_folder());
    // 2023-04-05T17:05:00Z is five past midnight on the next day in Bangkok.
    EXPECT_EQ(pages::long_time(catalogue, Language::th, 1'680'714'300), "6 เมษายน 2566 00:05 น.");
}

} // namespace
