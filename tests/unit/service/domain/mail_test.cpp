// Addresses, the settings of the mail, and the one reminder that everybody gets.
#include "service/domain/mail_address.h"
#include "service/domain/mail_settings.h"
#include "service/domain/reminder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

using namespace domain;

namespace {

MailForm whole() {
    return {true, "mail.example.go.th", "465", "implicit", "noreply", "secret", "noreply@example.go.th", "8"};
}
MailSettings stored() { return *check_mail(whole(), std::nullopt); }

std::set<std::string> faults_of(const MailForm &form, const std::optional<MailSettings> &present = std::nullopt) {
    const auto checked = check_mail(form, present);
    std::set<std::string> out;
    if (!checked)
        for (const Fault &fault : checked.error())
            out.insert(fault.field + " " + std::string(fault.key));
    return out;
}

ReminderText text() {
    return {"เตือนทุกวันทำการ: โปรดเปิดดูระบบเรื่องร้องเรียน / Every working day", "เรียน เจ้าหน้าที่\n\nบรรทัด\n"};
}
std::string mail(std::string_view to = "a@example.go.th", base::Day day = {20778}, base::Array<16> message = {}) {
    return reminder_mail(text(), "noreply@example.go.th", to, day, 8, message);
}
std::string header(const std::string &whole_mail, const std::string &name) {
    const auto at = whole_mail.find(name + ": ");
    return whole_mail.substr(at + name.size() + 2, whole_mail.find("\r\n", at) - at - name.size() - 2);
}

} // namespace

TEST(MailAddress, IsTakenInOneSpelling) {
    for (const auto &[typed, taken] : {std::pair{"nitikorn@example.go.th", "nitikorn@example.go.th"},
                                       {"  Nitikorn.S+work@EXAMPLE.Go.Th ", "Nitikorn.S+work@example.go.th"},
                                       {"a_b-c@x-1.th", "a_b-c@x-1.th"}})
        EXPECT_EQ(mail_address(typed), taken) << typed;
}

TEST(MailAddress, RefusesWhatCouldBeMoreThanOneAddress) {
    for (const std::string typed : {"",
                                    "@",
                                    "a",
                                    "a@",
                                    "@b.th",
                                    "a@b",
                                    "a@b.",
                                    "a@.b",
                                    "a@b..th",
                                    "a@-b.th",
                                    "a@b-.th",
                                    ".a@b.th",
                                    "a.@b.th",
                                    "a..b@c.th",
                                    "a b@c.th",
                                    "a@b.th,c@d.th",
                                    "a@b.th;c@d.th",
                                    "a@b.th c@d.th",
                                    "<a@b.th>",
                                    "a@b.th>",
                                    "\"a\"@b.th",
                                    "a(b)@c.th",
                                    "a@[192.0.2.1]",
                                    "a@192.0.2.1",
                                    "a@b@c.th",
                                    "ก@example.go.th",
                                    "a@ตัวอย่าง.ไทย",
                                    "a@b.th\r\nBcc: c@d.th",
                                    "a@b.th\nRCPT TO:<c@d.th>",
                                    "a\\@b.th",
                                    "a%b@c.th",
                                    "a@b_c.th",
                                    "SIZE=1@b.th"})
        EXPECT_FALSE(mail_address(typed)) << typed;
    EXPECT_FALSE(mail_address(std::string(65, 'a') + "@b.th"));
    EXPECT_TRUE(mail_address(std::string(64, 'a') + "@b.th"));
    std::string host = "th";
    while (host.size() < 190)
        host = std::string(60, 'x') + "." + host;
    EXPECT_FALSE(mail_address(std::string(64, 'a') + "@" + host)) << "longer than 254";
}

TEST(MailHost, IsANameOrANumericAddress) {
    for (const char *typed : {"mail.example.go.th", "localhost", "127.0.0.1", " MAIL.example.go.th "})
        EXPECT_TRUE(mail_host(typed)) << typed;
    for (const char *typed : {"", "mail.example.go.th:465", "user@mail", "mail/x", "mail?x", "[::1]", "a b", "mail..th",
                              "mail.", "smtp://mail", "mail\r\nx"})
        EXPECT_FALSE(mail_host(typed)) << typed;
}

TEST(MailSettings, NamesEveryFaultAtOnce) {
    EXPECT_EQ(faults_of({true, "a b", "0", "none", "noreply", "", "noreply", "3"}),
              (std::set<std::string>{"mail_host fault.mail.host", "mail_port fault.mail.port",
                                     "mail_tls fault.mail.tls", "mail_secret fault.mail.secret_again",
                                     "mail_sender fault.mail.sender", "mail_hour fault.mail.hour"}));
    for (const char *port : {"", "65536", "-1", "4 65", "465x", "+465"}) {
        MailForm form = whole();
        form.port = port;
        EXPECT_EQ(faults_of(form), std::set<std::string>{"mail_port fault.mail.port"}) << port;
    }
    for (const std::string bad :
         {std::string("a\r\nb"), std::string("a\0b", 3), std::string(most_mail_password + 1, 'a')}) {
        MailForm form = whole();
        form.password = bad;
        EXPECT_EQ(faults_of(form), std::set<std::string>{"mail_secret fault.mail.secret"});
    }
    MailForm form = whole();
    form.user = std::string(most_mail_user + 1, 'a');
    EXPECT_EQ(faults_of(form), std::set<std::string>{"mail_user fault.too_long"});
}

// Else whoever may change the settings could have the password sent to a server of their own.
TEST(MailSettings, AnEmptyPasswordStaysOnlyForTheSameServerAndUser) {
    MailForm form = whole();
    form.password.clear();
    form.hour = "9";
    form.tls = "starttls";
    const auto kept = check_mail(form, stored());
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->server.password, "secret");
    for (const auto &[member, value] :
         {std::pair{&MailForm::host, "other.example.go.th"}, {&MailForm::port, "587"}, {&MailForm::user, "other"}}) {
        MailForm changed = form;
        changed.*member = value;
        EXPECT_EQ(faults_of(changed, stored()), std::set<std::string>{"mail_secret fault.mail.secret_again"}) << value;
    }
    form.user.clear();
    ASSERT_TRUE(check_mail(form, stored()));
    EXPECT_EQ(check_mail(form, stored())->server.password, "") << "nobody is asked for it";
}

TEST(MailSettings, ReadBackAsTheyWereAndNothingElse) {
    MailSettings settings = stored();
    settings.server.password = "\"ก\\ {}";
    const std::string json = to_json(settings);
    EXPECT_EQ(*mail_settings_from_json(json), settings);
    for (const std::string other :
         {std::string(""), std::string("{}"), std::string("[]"), json + " ", " " + json,
          std::string(json).replace(json.find("465"), 3, "0"), std::string(json).replace(json.find("true"), 4, "1"),
          std::string(json).replace(json.find("implicit"), 8, "none"), std::string(json).insert(1, "\"x\":1,")})
        EXPECT_FALSE(mail_settings_from_json(other)) << other;
}

TEST(MailSettings, TheLongestFitTheirPlace) {
    MailForm form = whole();
    form.host.clear();
    while (form.host.size() < 200)
        form.host += std::string(60, 'x') + ".";
    form.host += "th";
    form.user = std::string(most_mail_user, '"');
    form.password = std::string(most_mail_password, '"');
    form.sender = std::string(64, 'a') + "@" + form.host.substr(61);
    const auto checked = check_mail(form, std::nullopt);
    ASSERT_TRUE(checked);
    EXPECT_LE(to_json(*checked).size(), 2046u);
}

TEST(Reminder, SaysTheSameToEverybodyOnEveryDay) {
    const auto body = [](const std::string &whole_mail) { return whole_mail.substr(whole_mail.find("\r\n\r\n")); };
    const std::string one = mail(), other = mail("b@example.go.th", {20779}, {1});
    EXPECT_EQ(body(one), body(other));
    EXPECT_EQ(one.size(), other.size());
    for (const char *name : {"From", "Subject", "MIME-Version", "Content-Type", "Auto-Submitted"})
        EXPECT_EQ(header(one, name), header(other, name)) << name;
}

TEST(Reminder, HasADateAndAnIdThatTellNothing) {
    const std::string one = mail("a@example.go.th", {20778}, {0xab});
    EXPECT_EQ(header(one, "Date"), "Sat, 21 Nov 2026 08:00:00 +0700");
    EXPECT_EQ(header(one, "Message-ID"), "<ab000000000000000000000000000000@example.go.th>");
    EXPECT_EQ(header(one, "To"), "<a@example.go.th>");
    for (const char *absent : {"X-Mailer", "User-Agent", "Received", "Reply-To"})
        EXPECT_EQ(one.find(absent), one.npos) << absent;
}

TEST(Reminder, TravelsInShortLinesOfAscii) {
    const std::string one = mail();
    for (std::size_t at = 0; at < one.size();) {
        const auto end = one.find("\r\n", at);
        ASSERT_NE(end, one.npos) << "every line ends with both";
        EXPECT_LE(end - at, 76u) << one.substr(at, end - at);
        at = end + 2;
    }
    EXPECT_TRUE(std::ranges::all_of(one, [](char c) { return static_cast<unsigned char>(c) < 0x7f; }));
    EXPECT_TRUE(header(one, "Subject").starts_with("=?UTF-8?B?4LmA4LiV4Li34Lit4LiZ")) << "เตือน";
}

TEST(Reminder, GoesOnWorkingDaysBetweenItsHourAndTheEvening) {
    const WorkCalendar calendar(*check_holidays("23/11/2569 วันหยุดพิเศษ", "holidays"));
    const base::Day friday = base::Day::from(std::chrono::year(2026) / 11 / 20), monday{friday.number + 3},
                    tuesday{friday.number + 4};
    EXPECT_EQ(base::day_of(at_hour(friday, 0)), friday);
    EXPECT_FALSE(reminders_may_go(at_hour(friday, 8) - 1, 8, calendar));
    EXPECT_TRUE(reminders_may_go(at_hour(friday, 8), 8, calendar));
    EXPECT_TRUE(reminders_may_go(at_hour(friday, 20) - 1, 8, calendar));
    EXPECT_FALSE(reminders_may_go(at_hour(friday, 20), 8, calendar));
    EXPECT_FALSE(reminders_may_go(at_hour({friday.number + 1}, 8), 8, calendar)) << "Saturday";
    EXPECT_FALSE(reminders_may_go(at_hour(monday, 8), 8, calendar)) << "a holiday";
    EXPECT_EQ(next_reminders(at_hour(friday, 8) - 1, 8, calendar), at_hour(friday, 8));
    EXPECT_EQ(next_reminders(at_hour(friday, 8), 8, calendar), at_hour(tuesday, 8));
}

TEST(Reminder, PausesGrow) {
    EXPECT_EQ(pause_after(1), 300);
    EXPECT_EQ(pause_after(2), 600);
    EXPECT_EQ(pause_after(3), 1200);
    EXPECT_EQ(pause_after(50), 4 * 3600);
}
