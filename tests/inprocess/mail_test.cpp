// The program hands a mail to a server: on a thread of its own, by the settings that an admin typed.
#include "tests/inprocess/program.h"

#include <gtest/gtest.h>

#include <fstream>
#include <thread>

namespace inprocess {
namespace {

std::string csrf(const std::string &session, const char *path) {
    return field(get(Program::get().officers(), path, session).body, "csrf");
}

TEST(Mail, ATestArrivesAtTheMailServerAndThePageSaysSo) {
    const auto &server = Program::get().mail_server();
    const auto port = Program::get().officers();
    const std::string session = session_of("admin");
    const auto page = get(port, "/settings/mail", session);
    ASSERT_EQ(page.status, 200u);
    const Fields settings{{"csrf", field(page.body, "csrf")},
                          {"seen", field(page.body, "seen")},
                          {"mail_hour", "8"},
                          {"mail_host", "127.0.0.1"},
                          {"mail_tls", "implicit"},
                          {"mail_port", std::to_string(server.port())},
                          {"mail_user", "noreply"},
                          {"mail_secret", "secret words"},
                          {"mail_sender", "noreply@example.go.th"},
                          {"step", "save"}};
    ASSERT_EQ(post(port, "/settings/mail", settings, session).status, 303u);
    ASSERT_EQ(post(port, "/account/mail",
                   {{"csrf", csrf(session, "/account/mail")}, {"mail_address", "admin@example.go.th"}}, session)
                  .status,
              303u);
    ASSERT_EQ(post(port, "/settings/mail/test", {{"csrf", csrf(session, "/settings/mail")}}, session).status, 303u);
    const auto mails = server.wait_for(1);
    ASSERT_EQ(mails.size(), 1u);
    EXPECT_EQ(mails[0].to, "admin@example.go.th");
    EXPECT_EQ(mails[0].from, "noreply@example.go.th");
    EXPECT_EQ(mails[0].helo, "example.go.th");
    EXPECT_EQ(server.in_clear(), "");
    std::string said;
    for (int look = 0; look < 1000 && said.find("mail-test\"") == said.npos; ++look) // the button is there again
        said = get(port, "/settings/mail/test?lang=en", session).body;
    EXPECT_NE(said.find("has taken the test e-mail"), said.npos);
}

} // namespace
} // namespace inprocess
