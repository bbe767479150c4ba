#include "web/http/head_guard.h"

#include <gtest/gtest.h>

namespace http {
namespace {

const GuardPolicy reporter{{"report.example.go.th", "127.0.0.1", "[::1]:8443"}, true};
const GuardPolicy officer{{"report.example.go.th", "127.0.0.1", "[::1]:8443"}, false};

std::string head_of(std::string_view request_line, std::string_view fields = "Host: 127.0.0.1:8443\r\n") {
    return std::string(request_line) + "\r\n" + std::string(fields) + "\r\n";
}

unsigned status_of(std::string head, const GuardPolicy &policy = reporter) {
    const auto result = guard(head, policy);
    return result ? 200 : result.error().status;
}

struct Hostile {
    const char *name;
    std::string head;
    unsigned status;
};

void PrintTo(const Hostile &hostile, std::ostream *out) { *out << hostile.name; }

constexpr const char *host = "Host: 127.0.0.1\r\n";
const std::string posted = std::string(host) + "Content-Length: 5\r\n";

std::string many_fields(int count) {
    std::string out = host;
    for (int i = 1; i < count; ++i)
        out += "X-" + std::to_string(i) + ": 1\r\n";
    return out;
}

const Hostile hostile_heads[] = {
    {"TransferEncodingChunked", head_of("POST / HTTP/1.1", std::string(host) + "Transfer-Encoding: chunked\r\n"), 400},
    {"TransferEncodingBesideLength", head_of("POST / HTTP/1.1", posted + "Transfer-Encoding: identity\r\n"), 400},
    {"TransferEncodingBeforeLength", head_of("POST / HTTP/1.1", "Transfer-Encoding: identity\r\n" + posted), 400},
    {"TransferEncodingInCapitals", head_of("POST / HTTP/1.1", posted + "TRANSFER-ENCODING: x\r\n"), 400},
    {"TransferEncodingEmpty", head_of("POST / HTTP/1.1", posted + "Transfer-Encoding:\r\n"), 400},
    {"TransferEncodingOnGet", head_of("GET / HTTP/1.1", std::string(host) + "Transfer-Encoding: chunked\r\n"), 400},
    {"TransferEncodingFolded", head_of("POST / HTTP/1.1", posted + "X: a\r\n Transfer-Encoding: chunked\r\n"), 400},
    {"TransferEncodingWithSpaceBeforeColon", head_of("POST / HTTP/1.1", posted + "Transfer-Encoding : chunked\r\n"),
     400},
    {"Trailer", head_of("POST / HTTP/1.1", posted + "Trailer: X\r\n"), 400},
    {"NoHost", head_of("GET / HTTP/1.1", ""), 400},
    {"NoHostInHttp10", head_of("GET / HTTP/1.0", ""), 400},
    {"TwoHosts", head_of("GET / HTTP/1.1", std::string(host) + host), 400},
    {"ForeignHost", head_of("GET / HTTP/1.1", "Host: evil.example\r\n"), 400},
    {"HostWithOurNameInFront", head_of("GET / HTTP/1.1", "Host: report.example.go.th.evil.example\r\n"), 400},
    {"HostWithUser", head_of("GET / HTTP/1.1", "Host: a@127.0.0.1\r\n"), 400},
    {"HostWithoutPortDigits", head_of("GET / HTTP/1.1", "Host: 127.0.0.1:\r\n"), 400},
    {"HostWithNamedPort", head_of("GET / HTTP/1.1", "Host: 127.0.0.1:x\r\n"), 400},
    {"HostWithAnotherPortThanDemanded", head_of("GET / HTTP/1.1", "Host: [::1]:1\r\n"), 400},
    {"HostEmpty", head_of("GET / HTTP/1.1", "Host:\r\n"), 400},
    {"AbsoluteTarget", head_of("GET https://127.0.0.1/ HTTP/1.1"), 400},
    {"AsteriskTarget", head_of("GET * HTTP/1.1"), 400},
    {"TargetNotAscii", head_of("GET /\xe0\xb8\x81 HTTP/1.1"), 400},
    {"TargetWithFragment", head_of("GET /#receipt HTTP/1.1"), 400},
    {"TargetWithBackslash", head_of("GET /\\evil HTTP/1.1"), 400},
    {"TargetWithSpace", head_of("GET /a b HTTP/1.1"), 400},
    {"TargetWithTab", head_of("GET /a\tb HTTP/1.1"), 400},
    {"TargetTooLong", head_of("GET /" + std::string(2048, 'a') + " HTTP/1.1"), 414},
    {"NoTarget", head_of("GET HTTP/1.1"), 400},
    {"MethodDelete", head_of("DELETE / HTTP/1.1"), 405},
    {"MethodOptions", head_of("OPTIONS / HTTP/1.1"), 405},
    {"MethodTrace", head_of("TRACE / HTTP/1.1"), 405},
    {"MethodInLowerCase", head_of("get / HTTP/1.1"), 405},
    {"MethodConnect", head_of("CONNECT 127.0.0.1:443 HTTP/1.1"), 405},
    {"MethodNotAToken", head_of("G(T / HTTP/1.1"), 400},
    {"Http2Preface", head_of("PRI * HTTP/2.0", ""), 505},
    {"Http12", head_of("GET / HTTP/1.2"), 505},
    {"Http09", head_of("GET / HTTP/0.9"), 505},
    {"HttpInLowerCase", head_of("GET / http/1.1"), 400},
    {"NoVersion", head_of("GET / "), 400},
    {"FoldedLine", head_of("GET / HTTP/1.1", std::string(host) + "X: a\r\n b\r\n"), 400},
    {"FirstLineFolded", head_of("GET / HTTP/1.1", std::string(" X: a\r\n") + host), 400},
    {"FieldWithoutColon", head_of("GET / HTTP/1.1", std::string(host) + "nonsense\r\n"), 400},
    {"FieldWithoutName", head_of("GET / HTTP/1.1", std::string(host) + ": a\r\n"), 400},
    {"FieldNameWithSpace", head_of("GET / HTTP/1.1", std::string(host) + "X Y: a\r\n"), 400},
    {"FieldNameNotAscii", head_of("GET / HTTP/1.1", std::string(host) + "X\xc3\xa9: a\r\n"), 400},
    {"NulInValue", head_of("GET / HTTP/1.1", std::string(host) + std::string("X: a\0b\r\n", 8)), 400},
    {"EscapeInValue", head_of("GET / HTTP/1.1", std::string(host) + "X: \x1b[2J\r\n"), 400},
    {"DeleteInValue", head_of("GET / HTTP/1.1", std::string(host) + "X: \x7f\r\n"), 400},
    {"BareLineFeed", head_of("GET / HTTP/1.1", std::string(host) + "X: a\nY: b\r\n"), 400},
    {"BareCarriageReturn", head_of("GET / HTTP/1.1", std::string(host) + "X: a\rY: b\r\n"), 400},
    {"LineFeedsOnly", "GET / HTTP/1.1\nHost: 127.0.0.1\n\n", 400},
    {"EmptyLineFirst", "\r\n" + head_of("GET / HTTP/1.1"), 400},
    {"SixtyFiveFields", head_of("GET / HTTP/1.1", many_fields(65)), 431},
    {"HeadTooLong", head_of("GET / HTTP/1.1", std::string(host) + "X: " + std::string(max_head_bytes, 'a') + "\r\n"),
     431},
    {"TwoContentLengths", head_of("POST / HTTP/1.1", posted + "Content-Length: 6\r\n"), 400},
    {"TheSameContentLengthTwice", head_of("POST / HTTP/1.1", posted + "Content-Length: 5\r\n"), 400},
    {"ContentLengthList", head_of("POST / HTTP/1.1", std::string(host) + "Content-Length: 5, 5\r\n"), 400},
    {"ContentLengthSigned", head_of("POST / HTTP/1.1", std::string(host) + "Content-Length: +5\r\n"), 400},
    {"ContentLengthNegative", head_of("POST / HTTP/1.1", std::string(host) + "Content-Length: -5\r\n"), 400},
    {"ContentLengthHex", head_of("POST / HTTP/1.1", std::string(host) + "Content-Length: 0x5\r\n"), 400},
    {"ContentLengthEmpty", head_of("POST / HTTP/1.1", std::string(host) + "Content-Length: \r\n"), 400},
    {"ContentLengthBeyondAllNumbers",
     head_of("POST / HTTP/1.1", std::string(host) + "Content-Length: 18446744073709551621\r\n"), 400},
    {"ContentLengthOnGet", head_of("GET / HTTP/1.1", posted), 400},
    {"ContentLengthOnHead", head_of("HEAD / HTTP/1.1", posted), 400},
    {"PostWithoutLength", head_of("POST / HTTP/1.1"), 411},
    {"Expect", head_of("POST / HTTP/1.1", posted + "Expect: 100-continue\r\n"), 417},
    {"Upgrade", head_of("GET / HTTP/1.1", std::string(host) + "Connection: upgrade\r\nUpgrade: h2c\r\n"), 400},
    {"UpgradeAlone", head_of("GET / HTTP/1.1", std::string(host) + "Upgrade: websocket\r\n"), 400},
    {"ConnectionNamesLength", head_of("POST / HTTP/1.1", posted + "Connection: close, Content-Length\r\n"), 400},
    {"TwoConnections", head_of("GET / HTTP/1.1", std::string(host) + "Connection: close\r\nConnection: close\r\n"),
     400},
    {"CompressedBody", head_of("POST / HTTP/1.1", posted + "Content-Encoding: gzip\r\n"), 400},
    {"TwoContentTypes", head_of("POST / HTTP/1.1", posted + "Content-Type: a/b\r\nContent-Type: c/d\r\n"), 400},
    {"TwoOrigins", head_of("POST / HTTP/1.1", posted + "Origin: null\r\nOrigin: null\r\n"), 400},
    {"BytesAfterTheHead", head_of("GET / HTTP/1.1") + "GET / HTTP/1.1\r\n\r\n", 400},
    {"HeadNotFinished", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n", 400},
};

class HostileHead : public testing::TestWithParam<Hostile> {};

TEST_P(HostileHead, IsRefused) {
    EXPECT_EQ(status_of(GetParam().head), GetParam().status);
    EXPECT_EQ(status_of(GetParam().head, officer), GetParam().status);
}
INSTANTIATE_TEST_SUITE_P(Guard, HostileHead, testing::ValuesIn(hostile_heads),
                         [](const auto &info) { return std::string(info.param.name); });

TEST(Guard, TakesWhatBrowsersSend) {
    std::string head = head_of("POST /report?lang=en HTTP/1.1",
                               "Host: Report.Example.go.th\r\nConnection: keep-alive\r\nContent-Length: 321\r\n"
                               "Content-Type: application/x-www-form-urlencoded\r\nUpgrade-Insecure-Requests: 1\r\n"
                               "Origin: null\r\nSec-Fetch-Site: same-origin\r\nAccept-Language: th\r\n"
                               "Accept-Encoding: gzip, br\r\n");
    const auto result = guard(head, reporter);
    ASSERT_TRUE(result) << result.error().why;
    EXPECT_EQ(result->method, Method::post);
    EXPECT_EQ(result->content_length, 321u);
    EXPECT_EQ(result->fields, 9u);
    EXPECT_TRUE(result->keep_alive);
}

TEST(Guard, TakesTheMostFieldsAndTheLongestTargetAllowed) {
    EXPECT_EQ(status_of(head_of("GET / HTTP/1.1", many_fields(64))), 200u);
    EXPECT_EQ(status_of(head_of("GET /" + std::string(2047, 'a') + " HTTP/1.1")), 200u);
}

TEST(Guard, GoesWithTheHostNamesOfTheListener) {
    for (const char *ok : {"127.0.0.1", "127.0.0.1:8443", "127.0.0.1:1", "REPORT.example.go.th", "[::1]:8443"})
        EXPECT_EQ(status_of(head_of("GET / HTTP/1.1", "Host: " + std::string(ok) + "\r\n")), 200u) << ok;
}

TEST(Guard, ClosesAfterHttp10AndWhenAsked) {
    std::string old = head_of("GET / HTTP/1.0"),
                asked = head_of("GET / HTTP/1.1", std::string(host) + "Connection: Close\r\n");
    EXPECT_FALSE(guard(old, reporter)->keep_alive);
    EXPECT_FALSE(guard(asked, reporter)->keep_alive);
}

constexpr const char *telling = "Host: 127.0.0.1\r\nUser-Agent: phone-of-somchai\r\nCookie: a=secret-cookie\r\n"
                                "Referer: https://evil.example/came-from\r\nX-Forwarded-For: 203.0.113.7\r\n";

TEST(Guard, BlanksWhatNoHandlerMaySee) {
    std::string head = head_of("GET / HTTP/1.1", telling);
    const auto size = head.size();
    ASSERT_TRUE(guard(head, reporter));
    EXPECT_EQ(head.size(), size);
    for (const char *gone : {"somchai", "secret-cookie", "came-from", "203.0.113"})
        EXPECT_EQ(head.find(gone), std::string::npos) << gone;
    EXPECT_NE(head.find("Host: 127.0.0.1\r\n"), std::string::npos);
}

TEST(Guard, BlanksItAlsoInARefusedHead) {
    std::string head = head_of("DELETE / HTTP/1.1", telling);
    ASSERT_FALSE(guard(head, reporter));
    EXPECT_EQ(head.find("secret-cookie"), std::string::npos);
    EXPECT_EQ(head.find("203.0.113"), std::string::npos);
}

TEST(Guard, KeepsTheCookieOnTheOfficerFaceAndRefusesASecond) {
    std::string head = head_of("GET / HTTP/1.1", telling);
    ASSERT_TRUE(guard(head, officer));
    EXPECT_NE(head.find("secret-cookie"), std::string::npos);
    const std::string twice = head_of("GET / HTTP/1.1", std::string(host) + "Cookie: a=1\r\nCookie: a=2\r\n");
    EXPECT_EQ(status_of(twice, officer), 400u);
    EXPECT_EQ(status_of(twice, reporter), 200u);
}

TEST(HeadEnd, FindsTheSameEndHoweverTheBytesArrive) {
    const std::string bytes = head_of("GET / HTTP/1.1") + "body";
    const auto whole = head_end(bytes);
    ASSERT_TRUE(whole);
    EXPECT_EQ(*whole, bytes.size() - 4);
    for (std::size_t size = 1; size < *whole; ++size) {
        const auto part = head_end(std::string_view(bytes).substr(0, size), size - 1);
        ASSERT_TRUE(part);
        EXPECT_EQ(*part, 0u);
    }
    EXPECT_EQ(head_end(std::string_view(bytes).substr(0, *whole), *whole - 1).value_or(0), *whole);
}

TEST(HeadEnd, RefusesBeforeTheHeadIsWhole) {
    EXPECT_EQ(head_end(std::string("\x16\x03\x01", 3)).error().status, 400u);
    EXPECT_EQ(head_end("GET /" + std::string(2100, 'a')).error().status, 414u);
    EXPECT_EQ(head_end("GET / HTTP/1.1\r\nX: " + std::string(max_head_bytes, 'a')).error().status, 431u);
}

} // namespace
} // namespace http
