#include "crypto/base/clock.h"
#include "tests/inprocess/behind.h"

#include <atomic>
#include <gtest/gtest.h>
#include <thread>

namespace inprocess {
namespace {

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

std::string code_now(const crypto::TotpSecret &secret) {
    return crypto::totp_code(secret, crypto::totp_step_at(base::SystemClock().now()));
}

TEST(Officers, WithASecondFactorSignInWithItsCodeOnly) {
    const auto secret = give_second_factor("auditor");
    const auto passphrase = Program::get().passphrase("auditor"), code = code_now(secret);
    EXPECT_EQ(sign_in("auditor", passphrase).status, 403u);
    EXPECT_EQ(sign_in("auditor", passphrase, "", {{"code", code == "000000" ? "000001" : "000000"}}).status, 403u);
    EXPECT_EQ(sign_in("auditor", "wrong", "", {{"code", code}}).status, 403u);
    EXPECT_EQ(sign_in("auditor", passphrase, "", {{"code", code}}).status, 303u) << "attempts with it used nothing up";
    EXPECT_EQ(sign_in("auditor", passphrase, "", {{"code", code}}).status, 403u) << "it is used";
}

TEST(Officers, OfManyAtOnceWithOneCodeExactlyOneIsLetIn) {
    const auto secret = give_second_factor("auditor");
    const auto passphrase = Program::get().passphrase("auditor"), code = code_now(secret);
    std::atomic<int> let_in = 0, refused = 0;
    std::vector<std::thread> all;
    for (int i = 0; i < 8; ++i)
        all.emplace_back([&] {
            const auto status = sign_in("auditor", passphrase, "", {{"code", code}}).status;
            let_in += status == 303;
            refused += status == 403;
        });
    for (auto &one : all)
        one.join();
    EXPECT_EQ(let_in, 1);
    EXPECT_EQ(refused, 7);
}

TEST(Officers, AreNotSignedInWithoutTheDoorsToken) {
    const auto passphrase = Program::get().passphrase("legal");
    const Door mine = open_door(), other = open_door();
    const auto knock = [&](const std::string &field, const std::string &cookie) {
        return post(Program::get().officers(), "/login", {{"door", field}, {"login", "legal"}, {"passphrase", passphrase}},
                    cookie.empty() ? "" : "Cookie: " + cookie + "\r\n")
            .status;
    };
    EXPECT_EQ(knock("", ""), 403u);
    EXPECT_EQ(knock(mine.field, ""), 403u);
    EXPECT_EQ(knock("", mine.cookie), 403u);
    EXPECT_EQ(knock(mine.field, other.cookie), 403u);
    EXPECT_EQ(knock(mine.field, mine.cookie), 303u);
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

TEST(Officers, ChangeWhatTheAgencySaysOnBothFacesWithoutARestart) {
    const auto session = session_of("admin");
    const auto form = get(Program::get().officers(), "/settings/texts", session);
    ASSERT_EQ(form.status, 200u);
    Fields fields;
    for (const char *name : {"csrf", "version", "unit_th", "unit_en", "hours_th", "hours_en"})
        fields.emplace_back(name, field(form.body, name));
    for (const auto &[name, value] : {std::pair{"kind", "town_municipality"}, {"greeting_th", "ยินดีรับฟังทุกเรื่อง"},
                                      {"colour", "#7a1f1f"}, {"step", "save"}})
        fields.emplace_back(name, value);
    ASSERT_EQ(post(Program::get().officers(), "/settings/texts", fields, session).status, 303u);
    const auto home = get(Program::get().reporters(), "/?lang=th").body;
    EXPECT_NE(home.find("ยินดีรับฟังทุกเรื่อง"), std::string::npos);
    const auto sheet = home.find("/static/style.");
    const auto style = get(Program::get().reporters(), home.substr(sheet, home.find('"', sheet) - sheet));
    EXPECT_EQ(style.status, 200u);
    EXPECT_NE(style.body.find("--agency-colour:#7a1f1f"), std::string::npos);
    EXPECT_EQ(post(Program::get().officers(), "/settings/texts", fields, session).status, 409u) << "the form was of the version before";
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
