// Handing a mail over: only over TLS to the server that was named, and within bounded time.
#include "service/runtime/curl_mail.h"

#include "tests/support/smtp_server.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>
#include <unistd.h>

namespace {

using domain::MailServer, domain::MailTls;
using ports::MailFailure;
using runtime::CurlMail;
using testing_support::SmtpBehaviour, testing_support::SmtpServer;

constexpr const char *sender = "noreply@example.go.th", *receiver = "nitikorn@example.go.th";
const std::string mail = "Subject: test\r\n\r\n.dots\r\n..\r\nend\r\n";

MailServer at(const SmtpServer &server, MailTls tls = MailTls::implicit) {
    return {"127.0.0.1", server.port(), tls, "", ""};
}

// What became of it: nothing, or the failure's name.
std::string sent(CurlMail &out, const MailServer &server, const char *to = receiver) {
    const auto done = out.send(server, sender, to, mail);
    return done ? "" : std::string(ports::id(done.error()));
}

} // namespace

TEST(CurlMail, ArrivesAsItIsOverTlsFromTheBeginning) {
    const SmtpServer server;
    CurlMail out(server.authorities());
    ASSERT_EQ(sent(out, at(server)), "");
    const auto mails = server.mails();
    ASSERT_EQ(mails.size(), 1u);
    EXPECT_EQ(mails[0].data, mail);
    EXPECT_EQ(mails[0].from, sender);
    EXPECT_EQ(mails[0].to, receiver);
    EXPECT_EQ(mails[0].helo, "example.go.th") << "not this machine's name";
    EXPECT_EQ(server.in_clear(), "");
}

TEST(CurlMail, AsksForTlsBeforeAnythingElse) {
    const SmtpServer server({.tls = SmtpBehaviour::Tls::starttls, .user = "noreply", .password = "pass word\"\\"});
    CurlMail out(server.authorities());
    MailServer settings = at(server, MailTls::starttls);
    settings.user = "noreply";
    settings.password = "pass word\"\\";
    ASSERT_EQ(sent(out, settings), "");
    EXPECT_EQ(server.mails().size(), 1u);
    EXPECT_EQ(server.in_clear(), "EHLO example.go.th\nSTARTTLS\n");
}

TEST(CurlMail, SaysNothingToAServerWithoutTls) {
    for (const auto tls : {SmtpBehaviour::Tls::stripped, SmtpBehaviour::Tls::refused}) {
        const SmtpServer server({.tls = tls});
        CurlMail out(server.authorities());
        MailServer settings = at(server, MailTls::starttls);
        settings.user = settings.password = "secret";
        EXPECT_EQ(sent(out, settings), "no_tls");
        EXPECT_TRUE(server.mails().empty());
        const std::string said = server.in_clear();
        for (const char *never : {"MAIL", "RCPT", "AUTH", "DATA"})
            EXPECT_EQ(said.find(never), said.npos) << said;
    }
    const SmtpServer plain({.tls = SmtpBehaviour::Tls::stripped});
    CurlMail out(plain.authorities());
    EXPECT_EQ(sent(out, at(plain, MailTls::implicit)), "no_tls");
    EXPECT_TRUE(plain.mails().empty());
}

TEST(CurlMail, BelievesOnlyTheNamedServersCertificate) {
    for (const auto tls : {SmtpBehaviour::Tls::implicit, SmtpBehaviour::Tls::starttls}) {
        const MailTls asked = tls == SmtpBehaviour::Tls::implicit ? MailTls::implicit : MailTls::starttls;
        const SmtpServer other({.tls = tls, .name = "DNS:mail.example.go.th"}), unknown({.tls = tls});
        CurlMail of_other(other.authorities());
        EXPECT_EQ(sent(of_other, at(other, asked)), "certificate") << "another name";
        EXPECT_EQ(sent(of_other, at(unknown, asked)), "certificate") << "nobody vouches for it";
        CurlMail of_system("");
        EXPECT_EQ(sent(of_system, at(unknown, asked)), "certificate");
        EXPECT_TRUE(other.mails().empty() && unknown.mails().empty());
    }
}

TEST(CurlMail, TellsWhatWentWrong) {
    const SmtpServer closed({.user = "noreply", .password = "right"});
    CurlMail out(closed.authorities());
    MailServer settings = at(closed);
    settings.user = "noreply";
    settings.password = "wrong";
    EXPECT_EQ(sent(out, settings), "login");
    settings.password = "right";
    EXPECT_EQ(sent(out, settings), "");
    const SmtpServer busy({.busy = true});
    CurlMail to_busy(busy.authorities());
    EXPECT_EQ(sent(to_busy, at(busy)), "refused");
    std::uint16_t nobody = 0;
    {
        const SmtpServer gone;
        nobody = gone.port();
    }
    EXPECT_EQ(sent(out, {"127.0.0.1", nobody, MailTls::implicit, "", ""}), "unreachable");
    EXPECT_EQ(sent(out, {"no-such-host.invalid", 465, MailTls::implicit, "", ""}), "unreachable");
}

TEST(CurlMail, OneThatIsRefusedHoldsUpNoOther) {
    const SmtpServer server({.refused_to = {"gone@example.go.th"}});
    CurlMail out(server.authorities());
    EXPECT_EQ(sent(out, at(server), "gone@example.go.th"), "refused");
    EXPECT_EQ(sent(out, at(server)), "");
    EXPECT_EQ(sent(out, at(server), "clerk@example.go.th"), "");
    EXPECT_EQ(server.mails().size(), 2u);
    EXPECT_LE(server.connections(), 2u) << "mails that follow one another share a connection";
}

TEST(CurlMail, WaitsForNobodyForLong) {
    const SmtpServer server({.tls = SmtpBehaviour::Tls::starttls, .silent = true});
    CurlMail out(server.authorities(), {.connect_seconds = 1, .whole_seconds = 1});
    EXPECT_EQ(sent(out, at(server, MailTls::starttls)), "timeout");
}

TEST(CurlMail, EndsWhenItIsStopped) {
    const SmtpServer server({.tls = SmtpBehaviour::Tls::starttls, .silent = true});
    CurlMail out(server.authorities());
    std::thread stopping([&] {
        while (server.connections() == 0)
            std::this_thread::yield();
        out.stop();
    });
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(sent(out, at(server, MailTls::starttls)), "stopped");
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(15)) << "long before its own end";
    stopping.join();
    EXPECT_EQ(sent(out, at(server, MailTls::starttls)), "stopped") << "and everything after it";
}

// Whoever can set a variable of the environment must not see the mails go by.
TEST(CurlMail, GoesThroughNoProxyOfTheEnvironment) {
    const SmtpServer server;
    ::setenv("ALL_PROXY", "http://127.0.0.1:9", 1);
    CurlMail out(server.authorities());
    EXPECT_EQ(sent(out, at(server)), "");
    ::unsetenv("ALL_PROXY");
}
