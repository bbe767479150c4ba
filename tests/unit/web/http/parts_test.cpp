#include "web/http/cookie.h"
#include "web/http/language.h"
#include "web/http/request_parts.h"
#include "web/http/wipe.h"

#include <gtest/gtest.h>

namespace http {
namespace {

TEST(Target, KeepsOnlyTheLanguageOfAQuery) {
    const std::vector<std::tuple<const char *, const char *, const char *>> cases = {
        {"/", "/", ""},
        {"/report?lang=en", "/report", "en"},
        {"/report?receipt=1234&lang=th&lang=en", "/report", "th"},
        {"/report?lang=de", "/report", ""},
        {"/report?xlang=en&LANG=en", "/report", ""},
        {"/report?", "/report", ""},
        {"/a%2fb?lang=en?", "/a%2fb", ""},
    };
    for (const auto &[target, path, lang] : cases) {
        Request request;
        set_target(request, target);
        EXPECT_EQ(request.path, path);
        EXPECT_EQ(request.lang_query.value_or(""), lang) << target;
    }
}

TEST(Target, KeepsTheQueryOnlyWhereItIsToBeKeptAndShortEnough) {
    Request request;
    set_target(request, "/queue?state=screening&lang=en", true);
    EXPECT_EQ(request.query, "state=screening&lang=en");
    EXPECT_EQ(request.lang_query, "en");
    set_target(request, "/queue?state=screening");
    EXPECT_EQ(request.query, "");
    set_target(request, "/queue?" + std::string(most_query, 'x'), true);
    EXPECT_EQ(request.query.size(), most_query);
    set_target(request, "/queue?" + std::string(most_query + 1, 'x'), true);
    EXPECT_EQ(request.query, "");
}

TEST(SameOrigin, IsWhatTheBrowserCallsIt) {
    EXPECT_TRUE(same_origin("same-origin", "null", "a.th"));
    EXPECT_TRUE(same_origin("same-origin", "https://a.th", "a.th"));
    EXPECT_TRUE(same_origin("none", "", "a.th"));
    EXPECT_FALSE(same_origin("cross-site", "https://a.th", "a.th"));
    EXPECT_FALSE(same_origin("same-site", "", "a.th"));
    EXPECT_FALSE(same_origin("anything else", "", "a.th"));
}

TEST(SameOrigin, IsNotBelievedAgainstAForeignOrigin) {
    EXPECT_FALSE(same_origin("none", "https://evil.th", "a.th"));
    EXPECT_FALSE(same_origin("same-origin", "https://evil.th", "a.th"));
    EXPECT_FALSE(same_origin("none", "https://a.th.evil.th", "a.th"));
    EXPECT_FALSE(same_origin("none", "https://a.th@evil.th", "a.th"));
}

TEST(SameOrigin, IsOverTlsOnly) {
    EXPECT_FALSE(same_origin("same-origin", "http://a.th", "a.th"));
    EXPECT_FALSE(same_origin("", "http://a.th", "a.th"));
    EXPECT_TRUE(same_origin("", "HTTPS://a.th", "a.th"));
}

TEST(SameOrigin, ComparesTheOriginOfOlderBrowsers) {
    EXPECT_TRUE(same_origin("", "", "a.th:8443"));
    EXPECT_TRUE(same_origin("", "null", "a.th:8443"));
    EXPECT_TRUE(same_origin("", "https://A.th:8443", "a.th:8443"));
    EXPECT_FALSE(same_origin("", "https://a.th", "a.th:8443"));
    EXPECT_FALSE(same_origin("", "https://evil.th", "a.th"));
    EXPECT_FALSE(same_origin("", "a.th", "a.th"));
}

TEST(Language, IsThaiUnlessTheBrowserPrefersEnglish) {
    const std::vector<std::pair<const char *, Language>> cases = {
        {"", Language::th},
        {"*", Language::th},
        {"fr-FR,fr;q=0.9", Language::th},
        {"th-TH,th;q=0.9,en;q=0.8", Language::th},
        {"en-US,en;q=0.9,th;q=0.8", Language::en},
        {"en;q=0.5, th;q=0.7", Language::th},
        {"de,en;q=0.1", Language::en},
        {"en;q=0", Language::th},
        {"th,en", Language::th},
        {"en;q=0.9 , th;q=0.9", Language::en},
        {"EN-gb", Language::en},
        {"en;q=2,th;q=0.1", Language::th},
        {"en;q=,en;q=0.1.1,english", Language::th},
    };
    for (const auto &[header, language] : cases)
        EXPECT_EQ(choose_language(header), language) << header;
}

TEST(Language, IsThaiForEveryRequestWhereOnlyThaiIsOffered) {
    Request request;
    request.lang_query = "en";
    request.accept_language = "en-GB";
    ASSERT_EQ(language_of(request), Language::en);
    ask_for_thai(request);
    EXPECT_EQ(language_of(request), Language::th);
}

TEST(Language, FollowsTheLinkBeforeTheBrowser) {
    Request request;
    request.accept_language = "en";
    EXPECT_EQ(language_of(request), Language::en);
    request.lang_query = "th";
    EXPECT_EQ(language_of(request), Language::th);
}

TEST(Cookie, IsFoundByItsExactName) {
    EXPECT_EQ(cookie("a=1; __Host-session=x=y; b=2", "__Host-session"), "x=y");
    EXPECT_EQ(cookie("a=", "a"), "");
    EXPECT_EQ(cookie("aa=1; a =2; A=3", "a"), std::nullopt);
    EXPECT_EQ(cookie("a", "a"), std::nullopt);
    EXPECT_EQ(cookie("", "a"), std::nullopt);
}

TEST(Cookie, IsNotBelievedWhenItStandsTwice) { EXPECT_EQ(cookie("a=1;a=2", "a"), std::nullopt); }

TEST(Wipe, LeavesNothingInTheMemoryOfAShortOrALongText) {
    for (std::string text : {std::string("short"), std::string(100, 'x')}) {
        const char *bytes = text.data();
        const auto size = text.size();
        wipe(text);
        EXPECT_TRUE(text.empty());
        ASSERT_EQ(text.data(), bytes);
        EXPECT_EQ(std::string(bytes, size), std::string(size, '\0'));
    }
}

TEST(Wipe, GrowingKeepsTheText) {
    std::string text = "ก1";
    grow(text, 1000);
    EXPECT_EQ(text, "ก1");
    EXPECT_GE(text.capacity(), 1000u);
}

} // namespace
} // namespace http
