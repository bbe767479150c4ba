// Reminders by mail: an admin sets them up and tests them; everybody gives an address or does not.
#include "service/usecases/officer/reminders.h"
#include "tests/unit/web/journeys/browser.h"
#include "web/pages/officer/mail.h"

namespace journeys {

namespace {

class Taking final : public ports::MailSender {
public:
    std::expected<void, ports::MailFailure> send(const domain::MailServer &, std::string_view, std::string_view to,
                                                 std::string_view mail) override {
        if (failing) return std::unexpected(*failing);
        taken.emplace_back(to, mail);
        return {};
    }
    std::vector<std::pair<std::string, std::string>> taken;
    std::optional<ports::MailFailure> failing;
};

class Mail : public Browser {
protected:
    static Fields whole() {
        return {{"mail_on", "yes"},
                {"mail_hour", "9"},
                {"mail_host", "mail.example.go.th"},
                {"mail_tls", "starttls"},
                {"mail_port", "587"},
                {"mail_user", "noreply"},
                {"mail_secret", "verysecret"},
                {"mail_sender", "noreply@example.go.th"},
                {"step", "save"}};
    }
    http::Response save(Fields fields) {
        const auto page = officer_get("/settings/mail");
        fields.emplace_back("csrf", input(page.body, "csrf"));
        fields.emplace_back("seen", input(page.body, "seen"));
        return officer_post("/settings/mail", fields);
    }
    http::Response give(const std::string &address) {
        return officer_post("/account/mail",
                            {{"csrf", input(officer_get("/account/mail").body, "csrf")}, {"mail_address", address}});
    }
    http::Response test() {
        return officer_post("/settings/mail/test", {{"csrf", input(officer_get("/settings/mail").body, "csrf")}});
    }
    void send_what_waits() {
        const auto reads = store->officer_reads();
        usecases::Reminders({keys, clock, agency(), *reads, store->officer_writes().mail(), profile, sender,
                             [this] { return pages::reminder_text(officer_site(), "https://officers.example.go.th/"); },
                             mail_desk})
            .look();
    }
    Taking sender;
};

TEST_F(Mail, IsSetUpAndThePasswordNeverComesBack) {
    sign_in_as(admin);
    EXPECT_TRUE(has(officer_get("/settings").body, "href=\"/settings/mail?"));
    const auto saved = save(whole());
    ASSERT_EQ(saved.status, 303u);
    const auto page = officer_get("/settings/mail/saved");
    EXPECT_EQ(page.status, 200u);
    EXPECT_FALSE(has(page.body, "verysecret"));
    EXPECT_EQ(input(page.body, "mail_host"), "mail.example.go.th");
    EXPECT_TRUE(has(page.body, "9.00 น."));
    EXPECT_EQ(officer_get("/settings/mail/nothing").status, 404u);
}

TEST_F(Mail, NamesEachFaultAndKeepsWhatWasTypedButThePassword) {
    sign_in_as(admin);
    const auto refused = save({{"mail_host", "no host"},
                               {"mail_port", "99999"},
                               {"mail_user", "typeduser"},
                               {"mail_secret", "typedsecret"},
                               {"step", "save"}});
    EXPECT_EQ(refused.status, 400u);
    for (const char *field : {"mail_host", "mail_port", "mail_tls", "mail_sender", "mail_hour"})
        EXPECT_TRUE(has(refused.body, "id=\"" + std::string(field) + "-error\"")) << field;
    EXPECT_EQ(input(refused.body, "mail_user"), "typeduser");
    EXPECT_FALSE(has(refused.body, "typedsecret"));
}

TEST_F(Mail, TheLanguageSwitchKeepsWhatWasTyped) {
    sign_in_as(admin);
    auto fields = whole();
    fields.back().second = "edit";
    const auto shown = save(fields);
    EXPECT_EQ(shown.status, 200u);
    EXPECT_EQ(input(shown.body, "mail_sender"), "noreply@example.go.th");
    EXPECT_FALSE(has(shown.body, "verysecret"));
    EXPECT_FALSE(officer_reads->mail().settings()->has_value()) << "nothing was saved";
}

TEST_F(Mail, SettingsWantARecentSignInAndKeepTheFormMeanwhile) {
    sign_in_as(admin);
    clock.time += usecases::recent_sign_in + 1;
    const auto asked = save(whole());
    EXPECT_EQ(asked.status, 403u);
    EXPECT_TRUE(has(asked.body, "sign-in-again"));
    EXPECT_TRUE(has(asked.body, "mail.example.go.th"));
    EXPECT_FALSE(has(asked.body, "verysecret"));
    EXPECT_FALSE(officer_reads->mail().settings()->has_value());
}

TEST_F(Mail, WhatSomebodyElseChangedMeanwhileIsNotOverwritten) {
    sign_in_as(admin);
    auto fields = whole();
    fields.emplace_back("csrf", input(officer_get("/settings/mail").body, "csrf"));
    fields.emplace_back("seen", "none");
    ASSERT_EQ(officer_post("/settings/mail", fields).status, 303u);
    EXPECT_EQ(officer_post("/settings/mail", fields).status, 409u);
}

TEST_F(Mail, ATestSaysClearlyWhatBecameOfIt) {
    sign_in_as(admin);
    EXPECT_FALSE(has(officer_get("/settings/mail").body, "id=\"mail-test\"")) << "there is nothing to test yet";
    auto off = whole();
    off.erase(off.begin()); // a test goes while nothing else does
    ASSERT_EQ(save(off).status, 303u);
    EXPECT_TRUE(has(officer_get("/settings/mail").body, "href=\"/account/mail?")) << "an address is wanted first";
    EXPECT_EQ(test().status, 409u);
    ASSERT_EQ(give("admin@example.go.th").status, 303u);
    const auto asked = test();
    ASSERT_EQ(asked.status, 303u);
    EXPECT_TRUE(has(officer_get("/settings/mail/test").body, "กำลังส่งอีเมลทดสอบ"));
    sender.failing = ports::MailFailure::certificate;
    send_what_waits();
    EXPECT_TRUE(has(text_of(officer_get("/settings/mail/test").body, "test-result"), "ใบรับรองของเครื่องแม่ข่าย"));
    sender.failing.reset();
    ASSERT_EQ(test().status, 303u);
    send_what_waits();
    EXPECT_TRUE(has(text_of(officer_get("/settings/mail/test").body, "test-result"), "รับอีเมลทดสอบไปแล้ว"));
    EXPECT_EQ(sender.taken.size(), 1u);
}

TEST_F(Mail, AFailureIsShownToTheAdmin) {
    sign_in_as(admin);
    ASSERT_EQ(save(whole()).status, 303u);
    ASSERT_EQ(give("admin@example.go.th").status, 303u);
    sender.failing = ports::MailFailure::login;
    send_what_waits(); // Monday, 10 o'clock
    const auto standing = officer_get("/settings/mail").body;
    EXPECT_TRUE(has(standing, "ยังส่งไม่ได้ 1 ฉบับ"));
    EXPECT_TRUE(has(standing, "ไม่รับชื่อผู้ใช้หรือรหัสผ่าน"));
}

TEST_F(Mail, AnAddressIsGivenChangedAndTakenBack) {
    sign_in_as(legal);
    EXPECT_TRUE(has(officer_get("/account").body, "href=\"/account/mail?"));
    const auto given = give("legal@example.go.th");
    ASSERT_EQ(given.status, 303u);
    EXPECT_TRUE(has(officer_get("/account/mail/saved").body, "legal@example.go.th"));
    EXPECT_EQ(input(officer_get("/account/mail").body, "mail_address"), "legal@example.go.th");
    const auto wrong = give("legal@example");
    EXPECT_EQ(wrong.status, 400u);
    EXPECT_EQ(input(wrong.body, "mail_address"), "legal@example");
    EXPECT_TRUE(has(wrong.body, "id=\"mail_address-error\""));
    ASSERT_EQ(give("").status, 303u);
    EXPECT_FALSE(has(officer_get("/account").body, "legal@example.go.th"));
    EXPECT_EQ(officer_post("/account/mail", {{"mail_address", "x@example.go.th"}}).status, 400u) << "without the token";
}

TEST_F(Mail, NobodyElsesAddressIsShown) {
    sign_in_as(legal);
    ASSERT_EQ(give("legal@example.go.th").status, 303u);
    sign_in_as(admin);
    ASSERT_EQ(save(whole()).status, 303u);
    for (const char *path : {"/settings/mail", "/officers", "/account", "/account/mail"})
        EXPECT_FALSE(has(officer_get(path).body, "legal@example.go.th")) << path;
    EXPECT_TRUE(has(officer_get("/settings/mail").body, "1 จาก 7 คน"));
}

TEST_F(Mail, TheReminderSpeaksBothLanguagesAndNamesNoCase) {
    const auto text = pages::reminder_text(officer_site(), "https://officers.example.go.th/");
    EXPECT_TRUE(has(text.body, "เรียน เจ้าหน้าที่") && has(text.body, "Dear officer"));
    EXPECT_TRUE(has(text.body, "https://officers.example.go.th/"));
    EXPECT_TRUE(has(text.body, "เทศบาลตำบลตัวอย่าง"));
    const auto before = text.body;
    file_report("เรียกรับเงิน");
    EXPECT_EQ(pages::reminder_text(officer_site(), "https://officers.example.go.th/").body, before);
}

} // namespace

} // namespace journeys
