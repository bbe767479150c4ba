#include "tests/inprocess/program.h"

#include <gtest/gtest.h>

#include <chrono>
#include <set>

namespace inprocess {
namespace {

TEST(Citizens, FileAndComeBackWithTheReceipt) {
    const auto shown = file("เกิดเหตุ");
    ASSERT_EQ(shown.size(), 34u);
    const auto tracked = post(Program::get().reporters(), "/track", {{"receipt", shown}, {"action", "open"}});
    EXPECT_EQ(tracked.status, 200u);
    EXPECT_NE(tracked.body.find("id=\"state\""), std::string::npos);
    EXPECT_EQ(tracked.body.find("เกิดเหตุ"), std::string::npos);
}

// tests/oracle shows that the times tell nothing; this only that the steps are wired to the address.
TEST(Citizens, AreAnsweredAboutAnyReceiptAtAWholeStepOfTimeOnly) {
    using namespace std::chrono;
    const auto right = file("เมื่อใด");
    for (const std::string &typed : {right, std::string("0000 0000"), std::string()}) {
        const auto begun = steady_clock::now();
        post(Program::get().reporters(), "/track", {{"receipt", typed}, {"action", "open"}});
        EXPECT_GE(steady_clock::now() - begun, milliseconds{50}) << typed;
    }
}

TEST(Citizens, GetOneReceiptForAFormThatIsSentByManyClicksAtOnce) {
    const auto once = fresh_once();
    std::vector<std::string> receipts(8);
    std::vector<std::thread> clicks;
    for (auto &shown : receipts)
        clicks.emplace_back(
            [&] { shown = receipt(post(Program::get().reporters(), "/report", complaint(once, "หนึ่งเดียว")).body); });
    for (auto &click : clicks)
        click.join();
    EXPECT_FALSE(receipts.front().empty());
    EXPECT_EQ(std::set<std::string>(receipts.begin(), receipts.end()).size(), 1u);
}

TEST(Citizens, GetReceiptsOfTheirOwnWhenManyFileAtOnce) {
    constexpr std::size_t writers = 8, each = 4;
    std::vector<std::vector<std::string>> receipts(writers);
    std::vector<std::thread> threads;
    for (auto &mine : receipts)
        threads.emplace_back([&] {
            for (std::size_t i = 0; i < each; ++i)
                mine.push_back(file("พร้อมกัน"));
        });
    for (auto &thread : threads)
        thread.join();
    std::set<std::string> all;
    for (const auto &mine : receipts)
        all.insert(mine.begin(), mine.end());
    EXPECT_EQ(all.size(), writers * each);
    EXPECT_EQ(all.count(""), 0u);
}

TEST(Citizens, AreToldWhatChangedWhenTheSameFormComesWithOtherText) {
    const auto once = fresh_once();
    const auto first = receipt(post(Program::get().reporters(), "/report", complaint(once, "ฉบับแรก")).body);
    const auto again = post(Program::get().reporters(), "/report?lang=en", complaint(once, "ฉบับแก้ไข"));
    EXPECT_EQ(receipt(again.body), first);
    EXPECT_NE(again.body.find("The changed text was added"), std::string::npos);
}

TEST(Citizens, AreNeverGivenACookieEvenWhenTheySendOne) {
    for (const char *path : {"/", "/report", "/track", "/keys", "/nowhere"}) {
        const auto answer = get(Program::get().reporters(), path, "Cookie: __Host-sucharit=00\r\n");
        EXPECT_EQ(answer.count("set-cookie"), 0u) << path;
    }
}

TEST(Citizens, GetHeadersWithoutABodyForHead) {
    for (const char *path : {"/", "/report", "/nowhere"}) {
        testing_support::TlsClient client(Program::get().reporters());
        const auto whole = client.get(path);
        const auto head = client.head(path);
        ASSERT_TRUE(whole && head) << path;
        EXPECT_EQ(head->status, whole->status) << path;
        EXPECT_EQ(head->header("content-length"), std::to_string(whole->body.size())) << path;
        EXPECT_EQ(head->headers, whole->headers) << path;
    }
}

TEST(Citizens, KeepTheirTextWhenTheFormHasExpired) {
    const auto answer = post(Program::get().reporters(), "/report", complaint("0123456789abcdef", "ข้อความที่ต้องไม่หาย"));
    EXPECT_EQ(answer.status, 409u);
    EXPECT_NE(answer.body.find("ข้อความที่ต้องไม่หาย"), std::string::npos);
    EXPECT_NE(field(answer.body, "once"), "0123456789abcdef");
}

} // namespace
} // namespace inprocess
