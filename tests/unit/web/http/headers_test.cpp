#include "web/http/headers.h"

#include <gtest/gtest.h>

namespace http {
namespace {

std::size_t count(std::string_view text, std::string_view part) {
    std::size_t out = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + part.size()))
        ++out;
    return out;
}

TEST(Headers, StandOnceOnEveryStatus) {
    for (const unsigned status : {200u, 303u, 400u, 404u, 405u, 413u, 500u, 503u}) {
        Response response;
        response.status = status;
        const std::string head = answer_head(response, {}, response.body.size());
        for (const char *line : {"\r\nContent-Security-Policy: default-src 'none'; style-src 'self'; font-src 'self'; "
                                 "img-src 'self'; media-src 'self'; script-src 'self'; connect-src 'self'; "
                                 "form-action 'self'; frame-ancestors 'none'; base-uri 'none'\r\n",
                                 "\r\nX-Content-Type-Options: nosniff\r\n", "\r\nReferrer-Policy: no-referrer\r\n",
                                 "\r\nX-Frame-Options: DENY\r\n",
                                 "\r\nPermissions-Policy: ", "\r\nCross-Origin-Opener-Policy: same-origin\r\n",
                                 "\r\nCross-Origin-Resource-Policy: same-origin\r\n", "\r\nCache-Control: no-store\r\n",
                                 "\r\nX-Robots-Tag: noindex", "\r\nContent-Length: 0\r\n", "\r\nConnection: close\r\n"})
            EXPECT_EQ(count(head, line), 1u) << status << line;
        EXPECT_TRUE(head.ends_with("\r\n\r\n"));
        EXPECT_EQ(count(head, "\r\n\r\n"), 1u);
    }
}

TEST(Headers, LetNothingInAStrangersFileRunLoadOrSend) {
    Response response;
    response.sandboxed = true;
    response.content_type = "image/svg+xml";
    const std::string head = answer_head(response, {}, 0);
    EXPECT_EQ(count(head, "\r\nContent-Security-Policy: sandbox; default-src 'none'; form-action 'none'; frame-ancestors 'none'; "
                          "base-uri 'none'\r\n"),
              1u);
    EXPECT_EQ(count(head, "Content-Security-Policy"), 1u);
    EXPECT_EQ(count(head, "\r\nX-Content-Type-Options: nosniff\r\n"), 1u);
}

TEST(Headers, SayNothingOfTheProgramOrItsClock) {
    const std::string head = answer_head({}, {}, 0);
    EXPECT_EQ(head.find("\r\nServer:"), std::string::npos);
    EXPECT_EQ(head.find("\r\nDate:"), std::string::npos);
    EXPECT_EQ(head.find("\r\nStrict-Transport-Security:"), std::string::npos);
}

TEST(Headers, LetOnlyVersionedFilesBeCached) {
    Response file;
    file.immutable = true;
    const std::string head = answer_head(file, {}, file.body.size());
    EXPECT_NE(head.find("\r\nCache-Control: public, max-age=31536000, immutable\r\n"), std::string::npos);
    EXPECT_EQ(head.find("no-store"), std::string::npos);
}

TEST(Headers, SetCookiesOnlyWhereTheFaceMay) {
    Response response;
    response.set_cookies = {"__Host-a=1; Secure", "__Host-b=2; Secure"};
    EXPECT_EQ(count(answer_head(response, {.set_cookies = true}, response.body.size()), "\r\nSet-Cookie: __Host-"), 2u);
    EXPECT_EQ(answer_head(response, {}, response.body.size()).find("Set-Cookie"), std::string::npos);
}

TEST(Headers, LetNoValueBeginAnotherHeader) {
    Response response;
    response.status = 303;
    response.location = "/a\r\nSet-Cookie: evil=1\r\n\r\n<html>";
    const std::string head = answer_head(response, {}, response.body.size());
    EXPECT_EQ(head.find("\r\nSet-Cookie"), std::string::npos);
    EXPECT_EQ(head.find("\r\n\r\n"), head.size() - 4);
}

TEST(Headers, NameADownloadInThai) {
    Response response;
    response.download_name = "ก \"1\".pdf";
    EXPECT_NE(answer_head(response, {}, response.body.size())
                  .find("\r\nContent-Disposition: attachment; filename=\"___1_.pdf\"; "
                        "filename*=UTF-8''%E0%B8%81%20%221%22.pdf\r\n"),
              std::string::npos);
}

} // namespace
} // namespace http
