// The two catalogues say the same things, and everything that they say is used.
#include "tests/unit/web/pages/fixture.h"

#include "service/domain/complaint.h"
#include "service/domain/workflow.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>

namespace {

namespace fs = std::filesystem;
using Entries = std::map<std::string, std::string>;

std::string read(const fs::path &path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// msgid and msgstr stand on one line each in our files.
Entries entries(const std::string &language) {
    const std::string text = read(pages_test::source_folder() + "/web/locale/" + language + ".po");
    const std::regex pair("msgid \"([^\"]+)\"\nmsgstr \"((?:[^\"\\\\]|\\\\.)*)\"\n");
    Entries found;
    for (std::sregex_iterator at(text.begin(), text.end(), pair), end; at != end; ++at)
        found[(*at)[1]] = (*at)[2];
    return found;
}

std::multiset<std::string> placeholders(const std::string &text) {
    const std::regex one("\\{\\{([A-Z_]+)\\}\\}");
    std::multiset<std::string> found;
    for (std::sregex_iterator at(text.begin(), text.end(), one), end; at != end; ++at)
        found.insert((*at)[1]);
    return found;
}

// Templates with their includes resolved name keys as [[key]]; C++ names them as "key", or as "family." + id.
std::string everything_that_names_keys() {
    std::string all;
    const fs::path root(pages_test::source_folder());
    for (const char *folder : {"web/pages", "service/domain", "service/usecases", "service/runtime"})
        for (const auto &entry : fs::recursive_directory_iterator(root / folder))
            if (entry.path().extension() == ".cpp" || entry.path().extension() == ".h") all += read(entry.path());
    const auto templates = root / "web/templates";
    const pages::ReadFile include = [&](const std::string &name) -> pages::Loaded<std::string> {
        return name == "page.html" ? std::string() : read(templates / name);
    };
    for (const auto &entry : fs::directory_iterator(templates))
        if (entry.is_regular_file())
            all += pages::expand_includes(read(entry.path()), entry.path().filename().string(), include).value();
    return all;
}

bool is_used(const std::string &key, const std::string &sources) {
    if (sources.find("[[" + key + "]]") != std::string::npos || sources.find('"' + key + '"') != std::string::npos)
        return true;
    for (auto dot = key.rfind('.'); dot != std::string::npos && dot > 0; dot = key.rfind('.', dot - 1))
        if (sources.find('"' + key.substr(0, dot + 1) + "\" +") != std::string::npos) return true;
    return false;
}

TEST(Catalogue, SaysTheSameThingsInBothLanguages) {
    const Entries thai = entries("th"), english = entries("en");
    ASSERT_GT(thai.size(), 300u);
    for (const auto &[key, text] : thai) {
        ASSERT_TRUE(english.contains(key)) << key;
        EXPECT_EQ(placeholders(text), placeholders(english.at(key))) << key;
    }
    EXPECT_EQ(thai.size(), english.size());
}

TEST(Catalogue, HasNoEmptyText) {
    for (const char *language : {"th", "en"})
        for (const auto &[key, text] : entries(language))
            EXPECT_FALSE(text.empty()) << language << " " << key;
}

TEST(Catalogue, HoldsThaiInTheThaiFileAndNoThaiInTheEnglishOne) {
    const auto has_thai = [](const std::string &text) { return text.find("\xe0\xb8") != std::string::npos; };
    for (const auto &[key, text] : entries("en"))
        if (key != "register.restricted") // a case has one number, whoever reads it
            EXPECT_FALSE(has_thai(text)) << key;
    std::size_t thai = 0;
    for (const auto &[key, text] : entries("th"))
        thai += has_thai(text);
    EXPECT_GT(thai, entries("th").size() * 9 / 10);
}

TEST(Catalogue, HasNothingThatNobodySays) {
    const std::string sources = everything_that_names_keys();
    for (const auto &[key, text] : entries("th"))
        EXPECT_TRUE(is_used(key, sources)) << key;
}

// What was only proposed must not show on the reporter's page.
TEST(Catalogue, TellsTheReporterOfAProposedEndInTheWordsOfACaseThatIsConsidered) {
    const auto catalogue = pages::Catalogue::load(pages_test::share_folder());
    ASSERT_TRUE(catalogue);
    for (const auto language : pages::languages)
        for (const char *proposed : {"told.closing", "told.set_aside", "told.pending_order"})
            EXPECT_EQ(catalogue->text(language, proposed), catalogue->text(language, "told.screening")) << proposed;
}

TEST(Catalogue, HasEveryTextThatTheDomainNames) {
    const auto catalogue = pages::Catalogue::load(pages_test::share_folder());
    ASSERT_TRUE(catalogue);
    const auto expect = [&](const std::string &key) {
        for (const auto language : pages::languages)
            EXPECT_TRUE(catalogue->has(language, key)) << key;
    };
    for (const auto id : domain::category_ids())
        expect("category." + std::string(id));
    for (int state = 1; state <= static_cast<int>(domain::last_state); ++state)
        for (const char *family : {"state.", "told."})
            expect(family + std::string(domain::id(static_cast<domain::State>(state))));
    for (int post = 1; post <= 9; ++post)
        expect("post." + std::string(domain::id(static_cast<domain::Post>(post))));
    for (const domain::Capacity capacity : domain::capacities)
        if (capacity != domain::Capacity::holder) // says nothing beside the post
            expect("capacity." + std::string(domain::id(capacity)));
    for (const auto &move : domain::transitions()) {
        const std::string event(move.event);
        for (const auto &key :
             {"move." + event + ".title", "move." + event + ".hint", "move." + event + ".button", "done." + event})
            expect(key);
        for (const auto &rule : move.fields) {
            expect("field." + std::string(rule.name) + ".label");
            if (rule.type == domain::FieldType::text && !rule.preset.empty()) expect(std::string(rule.preset));
        }
        if (move.ends_in) expect("outcome." + std::string(domain::id(*move.ends_in)));
    }
    const std::regex fault("\"(fault\\.[a-z_0-9.]*[a-z0-9])\"");
    const std::string sources = everything_that_names_keys();
    for (std::sregex_iterator at(sources.begin(), sources.end(), fault), end; at != end; ++at)
        expect((*at)[1]);
}

TEST(Catalogue, FillsPlaceholdersAndRefusesWrongOnes) {
    const auto catalogue = pages::Catalogue::load(pages_test::share_folder());
    ASSERT_TRUE(catalogue);
    const auto thai = pages::Language::th;
    EXPECT_EQ(catalogue->text(thai, "register.open", {{"NUMBER", "12"}, {"YEAR", "2569"}}), "12/2569");
    EXPECT_THROW((void)catalogue->text(thai, "register.open", {{"NUMBER", "12"}}), std::logic_error);
    EXPECT_THROW((void)catalogue->text(thai, "queue.none", {{"NUMBER", "12"}}), std::logic_error);
    EXPECT_THROW((void)catalogue->text(thai, "no.such.key"), std::logic_error);
}

// A value is never searched for placeholders again: a reporter's "{{POST}}" stays what it is.
TEST(Catalogue, DoesNotFillPlaceholdersInsideValues) {
    const auto catalogue = pages::Catalogue::load(pages_test::share_folder());
    ASSERT_TRUE(catalogue);
    EXPECT_EQ(catalogue->text(pages::Language::en, "case.history_who", {{"NAME", "{{POST}}"}, {"POST", "Clerk"}}),
              "{{POST}} (Clerk)");
}

TEST(Catalogue, RefusesToStartWithoutItsFiles) {
    const auto catalogue = pages::Catalogue::load("/nonexistent");
    ASSERT_FALSE(catalogue);
    EXPECT_NE(catalogue.error().find("/nonexistent/locale/th"), std::string::npos);
}

} // namespace
