// What is refused stands in tests/data/hostile_requests.txt, and is sent by the tests of web/net.
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

constexpr const char *host = "Host: 127.0.0.1\r\n";
const std::string posted = std::string(host) + "Content-Length: 5\r\n";

std::string many_fields(int count) {
    std::string out = host;
    for (int i = 1; i < count; ++i)
        out += "X-" + std::to_string(i) + ": 1\r\n";
    return out;
}

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

TEST(Guard, ReadsAHeadThatItBlankedTheSameWayAgain) { // RFC 9110 section 8.4: an empty list is no coding at all
    std::string head = head_of("POST / HTTP/1.1", posted + "Content-Encoding: identity\r\nUser-Agent: x\r\n");
    ASSERT_TRUE(guard(head, reporter));
    EXPECT_EQ(head.find("identity"), head.npos);
    EXPECT_TRUE(guard(head, reporter));
    EXPECT_EQ(status_of(head_of("POST / HTTP/1.1", posted + "Content-Encoding: gzip\r\n")), 400u);
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

TEST(Guard, KeepsARangeOnTheOfficerFaceAndRefusesASecond) {
    std::string ours = head_of("GET / HTTP/1.1", std::string(host) + "Range: bytes=1-2\r\n"), theirs = ours;
    ASSERT_TRUE(guard(ours, officer) && guard(theirs, reporter));
    EXPECT_NE(ours.find("bytes=1-2"), std::string::npos);
    EXPECT_EQ(theirs.find("bytes"), std::string::npos);
    const std::string twice = head_of("GET / HTTP/1.1", std::string(host) + "Range: bytes=1-2\r\nRange: bytes=1-2\r\n");
    EXPECT_EQ(status_of(twice, officer), 400u);
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

TEST(Guard, IsGivenExactlyOneWholeHead) {
    EXPECT_EQ(status_of(head_of("GET / HTTP/1.1") + "GET / HTTP/1.1\r\n\r\n"), 400u);
    EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"), 400u);
}

TEST(HeadEnd, RefusesBeforeTheHeadIsWhole) {
    EXPECT_EQ(head_end(std::string("\x16\x03\x01", 3)).error().status, 400u);
    EXPECT_EQ(head_end("GET /" + std::string(2100, 'a')).error().status, 400u);
    EXPECT_EQ(head_end("GET / HTTP/1.1\r\nX: " + std::string(max_head_bytes, 'a')).error().status, 431u);
}

} // namespace
} // namespace http
