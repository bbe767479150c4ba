// What a template may hold, and what a page must give it.
#include "tests/unit/web/pages/fixture.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace {

using pages::Language;
using pages::View;

// Templates in a folder of their own; the catalogue is the built one.
class Template : public testing::Test {
protected:
    Template() : catalogue_(*pages::Catalogue::load(pages_test::share_folder())) {
        const auto *info = testing::UnitTest::GetInstance()->current_test_info();
        folder_ = testing::TempDir() + "templates-" + info->name();
        std::filesystem::create_directories(folder_ + "/templates");
        put("layout", "<!DOCTYPE html><html><body>[[>page]]</body></html>");
    }
    ~Template() override { std::filesystem::remove_all(folder_); }

    void put(const std::string &name, const std::string &text) {
        std::ofstream(folder_ + "/templates/" + name + ".html") << text;
    }
    pages::Loaded<pages::Templates> load(const std::string &page) {
        put("page-of-test", page);
        const pages::PageFile file{"page-of-test", "layout"};
        return pages::Templates::load(folder_, catalogue_, std::span(&file, 1));
    }
    std::string render(const std::string &page, const View &view, Language language = Language::en) {
        const auto templates = load(page);
        if (!templates) return "refused: " + templates.error();
        std::string html = templates->render(language, "page-of-test", view);
        html = html.substr(html.find("<body>") + 6);
        return html.substr(0, html.find("</body>"));
    }
    std::string refusal(const std::string &page) {
        const auto templates = load(page);
        return templates ? "accepted" : templates.error();
    }

    pages::Catalogue catalogue_;
    std::string folder_;
};

const std::string hostile = "<script>\"'&</script>";

TEST_F(Template, EscapesWhatPeopleTyped) {
    View view;
    view.set("TEXT", hostile);
    EXPECT_EQ(render("<p>{{TEXT}}</p>", view), "<p>&lt;script&gt;&quot;&#39;&amp;&lt;/script&gt;</p>");
    EXPECT_EQ(render("<input value=\"{{TEXT}}\">", view),
              "<input value=\"&lt;script&gt;&quot;&#39;&amp;&lt;/script&gt;\">");
}

TEST_F(Template, EscapesAndKeepsLineBreaksWhereAsked) {
    View view;
    view.set("TEXT", "<b>one\ntwo");
    EXPECT_EQ(render("<textarea>\n{{TEXT:pre_escape}}</textarea>", view), "<textarea>\n&lt;b&gt;one\ntwo</textarea>");
}

TEST_F(Template, DisarmsScriptAddresses) {
    View view;
    view.set("URL", "javascript:alert(1)");
    EXPECT_EQ(render("<a href=\"{{URL}}\">x</a>", view).find("javascript"), std::string::npos);
}

TEST_F(Template, RefusesEveryWayAroundEscaping) {
    for (const char *marker : {"{{TEXT:none}}", "{{TEXT:cleanse_css}}", "{{TEXT:pre_escape:none}}", "{{>OTHER}}",
                               "{{%AUTOESCAPE context=\"MANUAL\"}}", "{{=<< >>=}}", "{{! note }}", "{{text}}", "{{}}"})
        EXPECT_NE(refusal(std::string("<p>") + marker + "</p>").find("page-of-test has"), std::string::npos) << marker;
}

TEST_F(Template, RefusesSectionsThatDoNotClose) {
    EXPECT_NE(refusal("{{#A}}x").find("does not end the section A"), std::string::npos);
    EXPECT_NE(refusal("{{#A}}{{#B}}{{/A}}{{/B}}").find("ends where it did not begin"), std::string::npos);
    EXPECT_NE(refusal("x{{/A}}").find("ends where it did not begin"), std::string::npos);
    EXPECT_NE(refusal("x{{A").find("without }}"), std::string::npos);
}

TEST_F(Template, RefusesAMissingFileWithItsName) {
    EXPECT_NE(refusal("[[>no-such-part]]").find("no-such-part.html is missing"), std::string::npos);
}

TEST_F(Template, RefusesATextThatNoCatalogueHas) {
    EXPECT_NE(refusal("[[no.such.key]]").find("no.such.key"), std::string::npos);
}

TEST_F(Template, RefusesAnIncludeThatNeverEnds) {
    put("part", "[[>part]]");
    EXPECT_NE(refusal("[[>part]]").find("includes itself"), std::string::npos);
}

TEST_F(Template, RefusesAnArgumentThatThePartDoesNotUse) {
    put("part", "<i>%one%</i>");
    EXPECT_NE(refusal("[[>part one=1 two=2]]").find("does not use the argument two"), std::string::npos);
    EXPECT_EQ(render("[[>part one=1]]", View()), "<i>1</i>");
}

TEST_F(Template, SpeaksEachLanguage) {
    EXPECT_EQ(render("[[queue.category_none]]", View(), Language::en), "Not yet classified");
    EXPECT_EQ(render("[[queue.category_none]]", View(), Language::th), "ยังไม่ได้จำแนก");
}

TEST_F(Template, KeepsThaiCompoundsWholeInRunningTextOnly) {
    EXPECT_EQ(render("<p>[[queue.none]]</p>", View(), Language::th),
              "<p>ไม่มีเรื่อง<span class=\"app-whole\">ร้องเรียน</span></p>");
    EXPECT_EQ(render("<p title=\"[[queue.none]]\"></p>", View(), Language::th), "<p title=\"ไม่มีเรื่องร้องเรียน\"></p>");
    EXPECT_EQ(render("<p></p><title>[[queue.none]]</title>", View(), Language::th),
              "<p></p><title>ไม่มีเรื่องร้องเรียน</title>");
}

TEST_F(Template, RefusesAPageThatGivesTooLittleOrTooMuch) {
    View nothing, strange, good;
    strange.set("TEXT", "x").set("OTHER", "y").list("ROW");
    good.set("TEXT", "x").row("ROW").set("CELL", "1");
    const std::string page = "{{TEXT}}{{#ROW}}<b>{{CELL}}</b>{{/ROW}}";
    EXPECT_THROW(render(page, nothing), std::logic_error);
    EXPECT_THROW(render(page, strange), std::logic_error);
    EXPECT_EQ(render(page, good), "x<b>1</b>");
    View bare;
    bare.set("TEXT", "x").row("ROW");
    EXPECT_THROW(render(page, bare), std::logic_error) << "a row without its cell";
}

TEST_F(Template, ShowsTheNamesOfTheScopesAround) {
    View view;
    view.set("OUTER", "o").show("FAULTY").row("ROW");
    EXPECT_EQ(render("{{#ROW}}{{OUTER}}{{#FAULTY}}!{{/FAULTY}}{{/ROW}}", view), "o!");
}

TEST_F(Template, RefusesANameSetTwice) {
    View view;
    view.set("TEXT", "x");
    EXPECT_THROW(view.set("TEXT", "y"), std::logic_error);
}

} // namespace
