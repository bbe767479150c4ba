// The look: what a first visit weighs, what is refused at start, how days are written.
#include "tests/unit/web/pages/fixture.h"

#include "web/http/answer.h"
#include "web/pages/common/dates.h"
#include "web/pages/officer/face.h"
#include "web/pages/officer/samples.h"
#include "web/pages/reporter/samples.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

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
            if (sample.name == "home")
                EXPECT_LE(shared + http::answer_bytes(sample.answer, {}, false).size(), 100'000u) << http::code(language);
}

// The sheets that a page links, in order.
std::vector<std::string> sheets_of(const pages::Site &site, std::string_view body) {
    std::vector<std::string> out;
    const std::string mark = "<link rel=\"stylesheet\" href=\"";
    for (auto at = body.find(mark); at != std::string::npos; at = body.find(mark, at + 1)) {
        const auto begin = at + mark.size();
        const auto file = site.files().answer(body.substr(begin, body.find('"', begin) - begin));
        EXPECT_TRUE(file) << "a sheet that is not served";
        out.push_back(file ? file->body : std::string());
    }
    return out;
}

std::set<std::string> names(std::string_view text, const std::regex &pattern, std::size_t group) {
    std::set<std::string> out;
    for (std::cregex_iterator found(text.data(), text.data() + text.size(), pattern), end; found != end; ++found)
        out.insert((*found)[group].str());
    return out;
}

std::set<std::string> classes_used(std::string_view body) {
    std::set<std::string> out;
    for (const auto &list : names(body, std::regex("class=\"([^\"]*)\""), 1)) {
        std::istringstream words(list);
        for (std::string word; words >> word;)
            out.insert(word);
    }
    return out;
}

std::set<std::string> classes_styled(std::string_view sheet) {
    return names(sheet, std::regex("\\.([A-Za-z][A-Za-z0-9_-]*)"), 1);
}

template <class Samples> void every_class_is_styled(const pages::Site &site, const Samples &samples) {
    std::set<std::string> anywhere;
    for (const char *name : {"style.css", "forms.css", "officer.css"})
        anywhere.merge(classes_styled(site.files().answer(site.files().url(name))->body));
    for (const auto &sample : samples) {
        std::set<std::string> linked;
        for (const auto &sheet : sheets_of(site, sample.answer.body))
            linked.merge(classes_styled(sheet));
        for (const auto &name : classes_used(sample.answer.body))
            if (anywhere.contains(name)) EXPECT_TRUE(linked.contains(name)) << sample.name << " does not link what styles " << name;
    }
}

TEST(StyleSheets, OfEachPageHaveEveryClassThatIsStyledAnywhere) {
    const auto reporters = reporter_site();
    every_class_is_styled(reporters, pages::reporter_samples(reporters, Language::th));
    const auto officers = pages_test::load(pages::officer_page_files());
    every_class_is_styled(officers, pages::officer_samples(officers, Language::th));
}

TEST(StyleSheets, SayNothingTwice) {
    const auto site = reporter_site();
    const auto rules = [&](const char *name) {
        return names(site.files().answer(site.files().url(name))->body, std::regex("[^{}]+\\{[^{}]*\\}"), 0);
    };
    const auto first = rules("style.css"), second = rules("forms.css");
    for (const auto &rule : second)
        EXPECT_FALSE(first.contains(rule)) << rule;
    for (const auto &rule : rules("officer.css"))
        EXPECT_FALSE(first.contains(rule) || second.contains(rule)) << rule;
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

TEST(StaticFiles, TheStyleSheetsLoadNothingFromElsewhere) {
    const auto site = reporter_site();
    std::string style;
    for (const char *name : {"style.css", "forms.css", "officer.css"})
        style += site.files().answer(site.files().url(name))->body;
    EXPECT_EQ(style.find("@import"), std::string::npos);
    std::size_t addresses = 0;
    for (auto at = style.find("url("); at != std::string::npos; at = style.find("url(", at + 1), ++addresses)
        EXPECT_TRUE(style.compare(at + 4, 9, "\"/static/") == 0 || style.compare(at + 4, 8, "/static/") == 0)
            << style.substr(at, 40);
    EXPECT_EQ(addresses, 4u) << "two subsets in two weights";
}

TEST(StaticFiles, TextIsAtLeast18Pixels) {
    const auto site = reporter_site();
    std::string style;
    for (const char *name : {"style.css", "forms.css", "officer.css"})
        style += site.files().answer(site.files().url(name))->body;
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

TEST(StartUp, OffersNoOtherLanguageWhenTheAgencyHasOne) {
    const auto switches = [](pages::Site::Offered offered) {
        const auto site = pages::Site::load(pages_test::share_folder(), pages_test::agency(), pages::reporter_page_files(), offered);
        std::size_t found = 0;
        for (const auto &sample : pages::reporter_samples(*site, Language::th))
            found += sample.answer.body.find("lang=\"en\"") != std::string::npos;
        return found;
    };
    EXPECT_GT(switches(pages::Site::Offered::both), 0u);
    EXPECT_EQ(switches(pages::Site::Offered::thai), 0u);
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

TEST(Emblem, StandsAtTheHeadOfEveryPageFromMemory) {
    const auto without = reporter_site();
    const auto site = without.with_emblem(".png", "a picture");
    EXPECT_EQ(pages::reporter_samples(without, Language::en).front().answer.body.find("app-header__emblem"), std::string::npos);
    for (const auto &sample : pages::reporter_samples(site, Language::en)) {
        EXPECT_NE(sample.answer.body.find("src=\"" + site.files().url("emblem") + "\""), std::string::npos) << sample.name;
        const auto says = [&](const char *alt) { return sample.answer.body.find(alt) != std::string::npos; };
        EXPECT_TRUE(says("alt=\"Emblem of Tua Yang Subdistrict Municipality\"") || says("alt=\"ตราสัญลักษณ์ของเทศบาลตำบลตัวอย่าง\""));
    }
    const auto answer = site.files().answer(site.files().url("emblem"));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "a picture");
    EXPECT_EQ(answer->content_type, "image/png");
    EXPECT_TRUE(answer->immutable);
}

TEST(Emblem, BeforeTheLastChangeIsStillAnsweredForPagesThatWereSentWithIt) {
    const auto first = reporter_site().with_emblem(".png", "one");
    const auto second = first.with_emblem(".jpg", "two");
    EXPECT_EQ(second.files().answer(second.files().url("emblem"))->content_type, "image/jpeg");
    EXPECT_TRUE(second.files().answer(first.files().url("emblem")));
    const auto none = second.with_emblem("", std::nullopt);
    EXPECT_FALSE(none.files().has("emblem"));
    EXPECT_TRUE(none.files().answer(second.files().url("emblem")));
    EXPECT_FALSE(none.files().answer(first.files().url("emblem"))) << "one before is enough";
    EXPECT_TRUE(none.with_emblem(".jpg", "two").files().has("emblem"));
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
            const auto tag = sample.answer.body.find("มีข้อความหรือไฟล์ใหม่");
            ASSERT_NE(tag, std::string::npos);
            EXPECT_EQ(tag, sample.answer.body.rfind("มีข้อความหรือไฟล์ใหม่")) << "one of three cases";
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
