// How large answers are: whole classes of 32 KiB for pages, whatever stands on them.
#include "web/http/answer.h"

#include <gtest/gtest.h>

namespace http {
namespace {

Response page(std::size_t size) {
    Response response;
    response.body.assign(size, 'x');
    return response;
}

// What the head says of the length, and what follows the head.
std::pair<std::size_t, std::size_t> lengths(const std::string &bytes) {
    const auto end = bytes.find("\r\n\r\n") + 4, said = bytes.find("Content-Length: ") + 16;
    return {std::stoul(bytes.substr(said)), bytes.size() - end};
}

TEST(Answer, OfAPageFillsWholeClasses) {
    for (std::size_t size = 0; size < 4 * answer_class; size += 251) {
        const auto bytes = answer_bytes(page(size), {}, false);
        EXPECT_EQ(bytes.size() % answer_class, 0u) << size;
        EXPECT_LT(bytes.size(), size + answer_head(page(size), {}, size).size() + answer_class + 10) << size;
        const auto [said, sent] = lengths(bytes);
        EXPECT_EQ(said, sent) << size;
    }
}

TEST(Answer, IsRightAtEveryByteAroundAClassAndAroundOneMoreDigit) {
    for (const std::size_t around : {answer_class, 3 * answer_class, std::size_t{100'000}})
        for (std::size_t size = around - 1'200; size < around + 20; ++size) {
            const auto bytes = answer_bytes(page(size), {}, false);
            ASSERT_EQ(bytes.size() % answer_class, 0u) << size;
            const auto [said, sent] = lengths(bytes);
            ASSERT_EQ(said, sent) << size;
        }
}

TEST(Answer, FillsWithACommentBehindTheDocument) {
    Response response;
    response.body = "<!DOCTYPE html><html></html>\n";
    const auto bytes = answer_bytes(response, {}, false);
    const std::string body = bytes.substr(bytes.find("\r\n\r\n") + 4);
    ASSERT_TRUE(body.starts_with(response.body + "<!--"));
    ASSERT_TRUE(body.ends_with("-->"));
    const auto inside = body.substr(response.body.size() + 4, body.size() - response.body.size() - 7);
    EXPECT_EQ(inside.find_first_not_of(' '), std::string::npos);
}

TEST(Answer, IsOfOneSizeWhateverTheHeadHolds) {
    Response busy = page(2'000);
    busy.status = 503;
    busy.retry_after = 5;
    busy.content_language = "th";
    Response cookies = page(5'000);
    cookies.set_cookies = {"__Host-x=" + std::string(300, 'a')};
    for (const Response &response : {page(10), busy, cookies})
        for (const bool keep : {false, true})
            EXPECT_EQ(answer_bytes(response, {.keep_alive = keep, .hsts = keep, .set_cookies = true}, false).size(), answer_class);
}

TEST(Answer, ToHeadIsTheHeadOfGet) {
    const auto get = answer_bytes(page(700), {}, false), head = answer_bytes(page(700), {}, true);
    EXPECT_TRUE(get.starts_with(head));
    EXPECT_TRUE(head.ends_with("\r\n\r\n"));
}

TEST(Answer, LeavesFilesAndRedirectsAsTheyAre) {
    Response file = page(100), redirect;
    file.immutable = true;
    file.content_type = "text/html; charset=utf-8";
    redirect.status = 303;
    redirect.content_type.clear();
    redirect.location = "/queue";
    EXPECT_EQ(lengths(answer_bytes(file, {}, false)), std::pair(std::size_t{100}, std::size_t{100}));
    EXPECT_EQ(lengths(answer_bytes(redirect, {}, false)), std::pair(std::size_t{0}, std::size_t{0}));
}

} // namespace
} // namespace http
