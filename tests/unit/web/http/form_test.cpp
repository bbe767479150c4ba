#include "web/http/form.h"
#include "web/http/text.h"

#include <gtest/gtest.h>

namespace http {
namespace {

using Kind = FormFault::Kind;

TEST(Form, ReadsThaiTextAsTyped) {
    const auto form = parse_form("subject_name=%E0%B8%81%E0%B8%B2+x&empty=&bare");
    ASSERT_TRUE(form);
    EXPECT_EQ(form->get("subject_name"), "กา x");
    EXPECT_TRUE(form->has("empty"));
    EXPECT_TRUE(form->has("bare"));
    EXPECT_EQ(form->get("missing"), "");
    EXPECT_FALSE(form->has("missing"));
}

TEST(Form, KeepsAllValuesOfANameInTheOrderSent) {
    const auto form = parse_form("excluded=b&when=1&excluded=a&excluded=");
    ASSERT_TRUE(form);
    EXPECT_EQ(form->all("excluded"), (std::vector<std::string_view>{"b", "a", ""}));
    EXPECT_EQ(form->get("excluded"), "b");
    EXPECT_EQ(form->fields().size(), 4u);
}

TEST(Form, EndsEveryLineAlike) {
    const auto form = parse_form("facts=a%0D%0Ab%0Dc%0Ad%0D%0A");
    ASSERT_TRUE(form);
    EXPECT_EQ(form->get("facts"), "a\nb\nc\nd\n");
}

TEST(Form, DecodesNothingTwice) { EXPECT_EQ(parse_form("a=%2525%26b%3D1")->get("a"), "%25&b=1"); }

TEST(Form, NamesTheFieldThatCannotBeRead) {
    const std::vector<std::tuple<std::string, Kind, std::string>> bad = {
        {"a=1&facts=%", Kind::encoding, "facts"},
        {"facts=%4", Kind::encoding, "facts"},
        {"facts=%zz", Kind::encoding, "facts"},
        {"facts=%00", Kind::text, "facts"},
        {"facts=%ff", Kind::text, "facts"},
        {"facts=%C0%80", Kind::text, "facts"},
        {"facts=%ED%A0%80", Kind::text, "facts"},
        {"facts=%F4%90%80%80", Kind::text, "facts"},
        {"facts=%E0%B8", Kind::text, "facts"},
        {"facts=%E0%80%80", Kind::text, "facts"},
        {"=1", Kind::name, ""},
        {"%00=1", Kind::name, ""},
        {std::string(65, 'a') + "=1", Kind::name, ""},
        {"%=1", Kind::encoding, ""},
        {std::string("facts=\0", 7), Kind::text, "facts"},
    };
    for (const auto &[body, kind, field] : bad) {
        const auto form = parse_form(body);
        ASSERT_FALSE(form) << body;
        EXPECT_EQ(form.error().kind, kind) << body;
        EXPECT_EQ(form.error().field, field) << body;
    }
}

TEST(Form, StopsAtTheNumberOfFieldsAllowed) {
    std::string body;
    for (int i = 0; i < 200; ++i)
        body += "a=1&";
    EXPECT_TRUE(parse_form(body));
    EXPECT_EQ(parse_form(body + "a=1").error().kind, Kind::too_many_fields);
}

TEST(Form, TakesOnlyTheContentTypeOfForms) {
    Request request;
    request.body = "a=1";
    for (const char *type : {"application/x-www-form-urlencoded", "Application/X-WWW-Form-urlencoded; charset=UTF-8"}) {
        request.content_type = type;
        EXPECT_TRUE(parse_form(request)) << type;
    }
    for (const char *type :
         {"", "text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencodedx"}) {
        request.content_type = type;
        EXPECT_FALSE(parse_form(request)) << type;
    }
    request.body.clear();
    EXPECT_TRUE(parse_form(request));
}

TEST(Utf8, IsWellFormedUpToTheLastCharacter) {
    EXPECT_TRUE(is_utf8("a\x7f\xc2\x80\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"));
    for (const char *bad : {"\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf", "\xf5\x80\x80\x80",
                            "\xe0\xb8"
                            "a"})
        EXPECT_FALSE(is_utf8(bad));
}

} // namespace
} // namespace http
