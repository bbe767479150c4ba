#include "tests/inprocess/program.h"

#include <gtest/gtest.h>

namespace inprocess {
namespace {

using testing_support::Answer;

Answer sign_in(const std::string &login, const std::string &passphrase, std::string_view extra = "") {
    return post(Program::get().officers(), "/login", {{"login", login}, {"passphrase", passphrase}}, extra);
}

// The header line of a session, as a browser sends it.
std::string session_of(const std::string &login) {
    const auto cookie = sign_in(login, Program::get().passphrase(login)).header("set-cookie");
    return "Cookie: " + cookie.substr(0, cookie.find(';')) + "\r\n";
}

TEST(Officers, AreLedToTheLoginFromEveryAddressAlike) {
    for (const char *path : {"/queue", "/cases/0123456789abcdef0123456789abcdef"}) {
        const auto answer = get(Program::get().officers(), path);
        EXPECT_EQ(answer.status, 303u) << path;
        EXPECT_EQ(answer.header("location"), "/login") << path;
    }
}

TEST(Officers, SignInWithTheirPassphraseOnly) {
    EXPECT_EQ(sign_in("legal", Program::get().passphrase("clerk")).status, 403u);
    EXPECT_EQ(sign_in("nobody", Program::get().passphrase("legal")).status, 403u);
    const auto right = sign_in("legal", Program::get().passphrase("legal"));
    EXPECT_EQ(right.status, 303u);
    EXPECT_EQ(right.count("set-cookie"), 2u); // the session, and that this browser is known
}

TEST(Officers, AreNotSignedInByAForeignPage) {
    for (const char *says : {"Sec-Fetch-Site: cross-site\r\n", "Origin: https://evil.example\r\n",
                             "Sec-Fetch-Site: none\r\nOrigin: https://evil.example\r\n",
                             "Origin: https://127.0.0.1\r\nSec-Fetch-Site: same-site\r\n"}) {
        const auto answer = sign_in("legal", Program::get().passphrase("legal"), says);
        EXPECT_EQ(answer.status, 403u) << says;
        EXPECT_EQ(answer.count("set-cookie"), 0u) << says;
    }
    EXPECT_EQ(sign_in("legal", Program::get().passphrase("legal"), "Sec-Fetch-Site: same-origin\r\nOrigin: null\r\n").status,
              303u) << "as browsers send it from our own page";
}

TEST(Officers, ReadWhatACitizenFiled) {
    file("เฉพาะผู้มีหน้าที่");
    const auto session = session_of("legal");
    bool read = false; // other tests file too, and a page has room for twenty
    for (int number = 1, last = 1; number <= last && !read; ++number) {
        const auto page_path = "/triage/new/" + std::to_string(number);
        const auto list = get(Program::get().officers(), page_path, session).body;
        if (list.find("/triage/new/" + std::to_string(number + 1)) != std::string::npos) last = number + 1;
        for (auto at = list.find("/cases/"); at != std::string::npos && !read; at = list.find("/cases/", at + 1)) {
            const auto path = list.substr(at, list.find_first_of("\"?", at) - at);
            const auto page = get(Program::get().officers(), path, session);
            EXPECT_EQ(page.status, 200u);
            read = page.body.find("เฉพาะผู้มีหน้าที่") != std::string::npos;
            EXPECT_EQ(get(Program::get().officers(), path, session_of("admin")).status, 404u);
            EXPECT_EQ(get(Program::get().reporters(), path, session).status, 404u);
        }
    }
    EXPECT_TRUE(read);
}

TEST(Officers, ActOnlyFromOurOwnPage) {
    file("ต้องมีโทเคน");
    const auto session = session_of("legal");
    const auto queue = get(Program::get().officers(), "/queue", session).body;
    const auto at = queue.find("/cases/");
    ASSERT_NE(at, std::string::npos);
    const auto path = queue.substr(at, queue.find_first_of("\"?", at) - at);
    const auto page = get(Program::get().officers(), path, session).body;
    const Fields forged = {
        {"csrf", "00"}, {"version", field(page, "version")}, {"category", "bribery"}, {"secrecy", "confidential"}};
    EXPECT_EQ(post(Program::get().officers(), path + "/register", forged, session).status, 403u);
    Fields right = forged;
    right.front().second = field(page, "csrf");
    EXPECT_EQ(
        post(Program::get().officers(), path + "/register", right, session + "Sec-Fetch-Site: cross-site\r\n").status,
        403u);
    EXPECT_EQ(post(Program::get().officers(), path + "/register", right, session).status, 303u);
}

} // namespace
} // namespace inprocess
