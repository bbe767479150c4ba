// Reminders by mail: set up by admins, given an address by officers, sent once to each on each working day.
#include "service/usecases/officer/mail.h"

#include "crypto/officer/mail_sealed.h"
#include "service/usecases/officer/reminders.h"
#include "tests/unit/service/usecases/agency.h"

#include <map>

namespace usecases_test {

namespace {

using Why = MailRefused::Why;
using ports::MailFailure;

class FakeSender final : public ports::MailSender {
public:
    std::expected<void, MailFailure> send(const domain::MailServer &server, std::string_view from, std::string_view to,
                                          std::string_view mail) override {
        ++tries;
        last_server = server;
        if (failing && taken.size() >= good_for) return std::unexpected(*failing);
        if (to == refused) return std::unexpected(MailFailure::refused);
        EXPECT_EQ(from, "noreply@example.go.th");
        taken.push_back({std::string(to), std::string(mail)});
        if (on_taken) on_taken();
        return {};
    }
    std::map<std::string, int> counts() const {
        std::map<std::string, int> out;
        for (const auto &[to, mail] : taken)
            ++out[to];
        return out;
    }
    std::vector<std::pair<std::string, std::string>> taken;
    std::optional<MailFailure> failing;
    std::size_t good_for = 0; // so many are taken before it fails
    std::string refused;
    std::function<void()> on_taken;
    domain::MailServer last_server;
    int tries = 0;
};

// A store that has no room to note that a mail went.
class Forgetful final : public ports::MailWrites {
public:
    explicit Forgetful(ports::MailWrites &store_writes) : real(store_writes) {}
    base::Result<> set_settings(const std::optional<base::Bytes> &as_read, base::Bytes sealed, bool forget,
                                crypto::AuditEntry entry) override {
        return real.set_settings(as_read, std::move(sealed), forget, entry);
    }
    base::Result<> set_address(base::OfficerId officer, std::optional<base::Bytes> sealed,
                               crypto::AuditEntry entry) override {
        return real.set_address(officer, std::move(sealed), entry);
    }
    base::Result<> begin_day(Day day, std::vector<ports::ReminderRow> rows) override {
        return real.begin_day(day, std::move(rows));
    }
    base::Result<> sent(const ports::ReminderRow &row) override {
        return full ? base::fail(Code::storage_failed, "full") : real.sent(row);
    }
    base::Result<> round_ended(std::optional<MailFailure> failure) override { return real.round_ended(failure); }
    ports::MailWrites &real;
    bool full = true;
};

class Mail : public AgencyTest {
protected:
    Mail() { clock.time = domain::at_hour(monday, 7); }
    MayChange changer() { return *MayChange::check(admin.actor()); }
    MailView view() {
        auto context = officer();
        return *mail_settings(changer(), context);
    }
    static domain::MailForm whole() {
        return {true, "mail.example.go.th", "465", "implicit", "noreply", "secret", "noreply@example.go.th", "8"};
    }
    std::expected<void, MailRefused> change(const domain::MailForm &form, std::optional<std::string> seen = {}) {
        auto context = officer();
        const auto signed_in = session(admin);
        const auto recently = RecentlySignedIn::check(signed_in, clock.now());
        return change_mail(changer(), *recently, context, form, seen.value_or(view().seen));
    }
    std::expected<void, AddressRefused> give(const Person &who, const std::string &address) {
        auto context = officer();
        return set_own_mail_address(context, session(who), address);
    }
    std::string address_of(const Person &who) {
        auto context = officer();
        return *own_mail_address(context, session(who));
    }
    Reminders reminders() {
        return Reminders({keys, clock, agency(), *reads, store->officer_writes().mail(), profile, sender,
                          [] {
                              return domain::ReminderText{"subject", "words\n"};
                          },
                          mail_desk});
    }
    std::size_t logged(crypto::AuditEvent event) {
        std::size_t out = 0;
        auto connection = database();
        auto rows = connection.query("SELECT entry FROM audit");
        for (; rows && *rows->next();)
            if (const auto entry = crypto::AuditEntry::decode(rows->blob()); entry && entry->event == event) ++out;
        return out;
    }
    void set_up() {
        ASSERT_TRUE(change(whole()));
        for (const Person *who : {&legal, &head, &clerk, &admin})
            ASSERT_TRUE(give(*who, who->login + "@example.go.th"));
    }
    void at(base::Day day, int hour, int minutes = 0) { clock.time = domain::at_hour(day, hour) + 60 * minutes; }
    const std::map<std::string, int> each_once{
        {"legal@example.go.th", 1}, {"head@example.go.th", 1}, {"clerk@example.go.th", 1}, {"admin@example.go.th", 1}};

    const base::Day monday = base::Day::from(std::chrono::year(2026) / 3 / 9), friday{monday.number + 4};
    FakeSender sender;
    std::unique_ptr<ports::OfficerReads> reads = store->officer_reads();
};

TEST_F(Mail, SettingsAreSealedAndThePasswordIsShownToNobody) {
    EXPECT_FALSE(view().settings);
    ASSERT_TRUE(change(whole()));
    const auto shown = view();
    ASSERT_TRUE(shown.settings);
    EXPECT_EQ(shown.settings->server.host, "mail.example.go.th");
    EXPECT_EQ(shown.settings->server.password, "");
    const auto stored = *officer_reads->mail().settings();
    ASSERT_TRUE(stored);
    EXPECT_EQ(base::text(*stored).find("secret"), std::string_view::npos);
    EXPECT_TRUE(crypto::open_mail_document(keys, *stored)->contains("secret"));
    EXPECT_EQ(logged(crypto::AuditEvent::mail_settings_changed), 1U);
    EXPECT_FALSE(MayChange::check(legal.actor()));
}

TEST_F(Mail, SettingsAreChangedByWhoSawThem) {
    const std::string before = view().seen;
    ASSERT_TRUE(change(whole()));
    EXPECT_TRUE(refused(change(whole(), before), Why::stale));
    auto form = whole();
    form.hour = "9";
    form.password.clear();
    EXPECT_TRUE(change(form));
    EXPECT_EQ(view().settings->hour, 9);
    form.host = "elsewhere.example.go.th";
    EXPECT_TRUE(refused(change(form), Why::faults)) << "the password is not sent to another server";
}

TEST_F(Mail, SettingsThatDoNotOpenAreTypedAnew) {
    ASSERT_TRUE(change(whole()));
    ASSERT_TRUE(database().run("UPDATE mail_settings SET sealed = ?1", {base::Bytes(2088)}));
    EXPECT_TRUE(view().damaged);
    at(monday, 8);
    reminders().look();
    EXPECT_EQ(sender.tries, 0);
    auto form = whole();
    form.password.clear();
    EXPECT_TRUE(refused(change(form), Why::faults));
    EXPECT_TRUE(change(whole()));
    EXPECT_FALSE(view().damaged);
}

TEST_F(Mail, AddressesAreSealedToTheirOfficer) {
    EXPECT_EQ(address_of(legal), "");
    ASSERT_TRUE(give(legal, " Legal@EXAMPLE.go.th "));
    EXPECT_EQ(address_of(legal), "Legal@example.go.th");
    EXPECT_EQ(address_of(head), "");
    EXPECT_EQ(give(legal, "legal@example.go.th\r\nBcc: x@y.th").error(), AddressRefused::not_one);
    EXPECT_EQ(address_of(legal), "Legal@example.go.th");
    const auto row = officer_reads->mail().addresses()->at(0);
    EXPECT_EQ(base::text(row.sealed).find("example"), std::string_view::npos);
    // Moved to another officer's row by somebody who writes to the database.
    ASSERT_TRUE(database().run("INSERT INTO mail_address (officer, sealed) VALUES (?, ?)", {head.id(), row.sealed}));
    EXPECT_EQ(address_of(head), "");
    ASSERT_TRUE(give(legal, "  "));
    EXPECT_EQ(address_of(legal), "");
    EXPECT_EQ(logged(crypto::AuditEvent::mail_address_changed), 2U);
}

TEST_F(Mail, EverybodyWithAPostAndAnAddressGetsOneOnEachWorkingDay) {
    set_up();
    auto out = reminders();
    out.look();
    EXPECT_EQ(sender.tries, 0) << "too early";
    at(monday, 8);
    out.look();
    EXPECT_EQ(sender.counts(), each_once);
    EXPECT_EQ(view().standing.last_day, monday);
    EXPECT_EQ(view().standing.waiting, 0U);
    EXPECT_EQ(view().reached, 4U);
    EXPECT_EQ(view().officers, 7U);
    for (int hour = 9; hour < 24; ++hour) {
        at(monday, hour);
        out.look();
    }
    EXPECT_EQ(sender.taken.size(), 4U) << "no second one on that day";
    for (int day = 1; day < 7; ++day) { // Tuesday to Sunday
        at({monday.number + day}, 8);
        out.look();
    }
    EXPECT_EQ(sender.taken.size(), 20U) << "none on Saturday and Sunday";
}

TEST_F(Mail, NothingTellsWhetherAnythingIsDue) {
    set_up();
    at(monday, 8);
    reminders().look();
    const auto before = sender.taken.at(0).second;
    file("เรื่องใหม่");
    at({monday.number + 1}, 8);
    reminders().look();
    const auto body = [](const std::string &mail) { return mail.substr(mail.find("\r\n\r\n")); };
    for (const auto &[to, mail] : sender.taken) {
        EXPECT_EQ(body(mail), body(before));
        EXPECT_EQ(mail.size() - to.size(), before.size() - sender.taken.at(0).first.size());
    }
    EXPECT_EQ(sender.counts().size(), 4U) << "who has work and who has none alike";
}

TEST_F(Mail, NoneGoesOnAHoliday) {
    set_up();
    auto changed = profile.now()->profile;
    changed.holidays = *domain::check_holidays("9/3/2569 วันหยุดพิเศษ", "holidays");
    profile.publish({1, changed});
    at(monday, 8);
    reminders().look();
    EXPECT_EQ(sender.tries, 0);
    at({monday.number + 1}, 8);
    reminders().look();
    EXPECT_EQ(sender.counts(), each_once);
}

TEST_F(Mail, NoneGoesWhileItIsSwitchedOffOrNotSetUp) {
    for (const Person *who : {&legal, &head})
        ASSERT_TRUE(give(*who, who->login + "@example.go.th"));
    at(monday, 8);
    reminders().look();
    auto form = whole();
    form.on = false;
    ASSERT_TRUE(change(form));
    reminders().look();
    EXPECT_EQ(sender.tries, 0);
}

TEST_F(Mail, ARestartInTheMiddleSendsNoSecondOne) {
    set_up();
    at(monday, 8);
    sender.good_for = 2;
    sender.failing = MailFailure::stopped; // as when the program is ended
    reminders().look();
    EXPECT_EQ(sender.taken.size(), 2U);
    EXPECT_EQ(view().standing.waiting, 2U);
    EXPECT_FALSE(view().standing.failure) << "nothing is wrong with the server";
    sender.failing.reset();
    reminders().look(); // of the program that starts next
    EXPECT_EQ(sender.counts(), each_once);
    reminders().look();
    EXPECT_EQ(sender.taken.size(), 4U);
}

TEST_F(Mail, AServerThatFailsIsTriedAgainAfterLongerAndLongerPauses) {
    set_up();
    sender.failing = MailFailure::unreachable;
    at(monday, 8);
    auto out = reminders();
    EXPECT_EQ(out.look(), 300);
    EXPECT_EQ(sender.tries, 1) << "one that cannot be talked to is not asked for each mail";
    EXPECT_EQ(view().standing.waiting, 4U);
    EXPECT_EQ(view().standing.failure, MailFailure::unreachable);
    at(monday, 8, 4);
    out.look();
    EXPECT_EQ(sender.tries, 1) << "not before the pause is over";
    at(monday, 8, 5);
    EXPECT_EQ(out.look(), 600);
    EXPECT_EQ(sender.tries, 2);
    at(monday, 8, 15);
    sender.failing.reset();
    out.look();
    EXPECT_EQ(sender.counts(), each_once);
    EXPECT_FALSE(view().standing.failure);
}

TEST_F(Mail, WhatCouldNotBeSentUntilTheEveningIsGivenUp) {
    set_up();
    sender.failing = MailFailure::timeout;
    at(monday, 16);
    auto out = reminders();
    out.look();
    at(monday, 20);
    sender.failing.reset();
    out.look();
    EXPECT_TRUE(sender.taken.empty());
    EXPECT_EQ(view().standing.waiting, 4U) << "which the admin sees";
    at({monday.number + 1}, 8);
    out.look();
    EXPECT_EQ(sender.counts(), each_once) << "of the new day only";
}

TEST_F(Mail, OneThatIsRefusedHoldsUpNoOther) {
    set_up();
    sender.refused = "clerk@example.go.th";
    at(monday, 8);
    auto out = reminders();
    out.look();
    EXPECT_EQ(sender.taken.size(), 3U);
    EXPECT_EQ(view().standing.failure, MailFailure::refused);
    sender.refused.clear();
    at(monday, 9);
    out.look();
    EXPECT_EQ(sender.counts(), each_once);
}

TEST_F(Mail, ATryIsTheSameMailWithTheSameIdAndDate) {
    set_up();
    sender.failing = MailFailure::timeout;
    std::vector<std::string> ids;
    at(monday, 8);
    auto out = reminders();
    out.look();
    const auto waiting = *officer_reads->mail().waiting();
    sender.failing.reset();
    at(monday, 11);
    out.look();
    ASSERT_EQ(sender.taken.size(), 4U);
    for (std::size_t i = 0; i < 4; ++i) {
        const std::string &mail = sender.taken[i].second;
        EXPECT_TRUE(mail.contains(base::hex(waiting[i].message))) << "in the order of their random ids";
        EXPECT_TRUE(mail.contains("Mon, 09 Mar 2026 08:00:00 +0700")) << "not when it was sent";
    }
}

TEST_F(Mail, WhoeverIsDisabledOrTookTheAddressBackGetsNone) {
    set_up();
    sender.failing = MailFailure::timeout;
    at(monday, 8);
    auto out = reminders();
    out.look();
    ASSERT_TRUE(give(head, ""));
    ASSERT_TRUE(database().run("UPDATE officer SET disabled = 1 WHERE officer = ?1", {legal.id()}));
    ASSERT_TRUE(database().run("UPDATE setting SET value = value + 1 WHERE name = 'roster_version'"));
    sender.failing.reset();
    at(monday, 9);
    out.look();
    EXPECT_EQ(sender.counts(), (std::map<std::string, int>{{"clerk@example.go.th", 1}, {"admin@example.go.th", 1}}));
    EXPECT_EQ(view().standing.waiting, 0U);
}

TEST_F(Mail, NewSettingsAreTriedAtOnce) {
    set_up();
    sender.failing = MailFailure::login;
    at(monday, 8);
    auto out = reminders();
    out.look();
    auto form = whole();
    form.password = "right";
    ASSERT_TRUE(change(form));
    sender.failing.reset();
    out.look();
    EXPECT_EQ(sender.counts(), each_once);
    EXPECT_EQ(sender.last_server.password, "right");
}

TEST_F(Mail, SwitchingItOffForgetsWhatWaits) {
    set_up();
    sender.failing = MailFailure::login;
    at(monday, 8);
    reminders().look();
    auto form = whole();
    form.on = false;
    ASSERT_TRUE(change(form));
    EXPECT_EQ(view().standing.waiting, 0U);
    EXPECT_FALSE(view().standing.failure);
}

TEST_F(Mail, AFullDiskSendsNoSecondOne) {
    set_up();
    Forgetful writes(store->officer_writes().mail());
    Reminders out({keys, clock, agency(), *reads, writes, profile, sender,
                   [] {
                       return domain::ReminderText{"subject", "words\n"};
                   },
                   mail_desk});
    at(monday, 8);
    for (int minute = 0; minute < 10; ++minute) {
        at(monday, 8, minute);
        out.look();
    }
    EXPECT_EQ(sender.taken.size(), 1U) << "and no other until there is room";
    writes.full = false;
    at(monday, 9);
    out.look();
    EXPECT_EQ(sender.counts(), each_once);
}

// Else the thread would look again and again for somebody who waits for ever.
TEST_F(Mail, ATestThatCannotBeSentIsAnswered) {
    ASSERT_TRUE(change(whole()));
    ASSERT_TRUE(give(admin, "admin@example.go.th"));
    auto context = officer();
    ASSERT_TRUE(test_mail(changer(), context));
    ASSERT_TRUE(give(admin, ""));
    reminders().look();
    EXPECT_EQ(view().test.how, MailDesk::Test::How::failed);
    EXPECT_FALSE(mail_desk.wanted());
    EXPECT_EQ(sender.tries, 0);
}

TEST_F(Mail, ATestGoesToTheAdminsOwnAddressAndIsTheVeryMail) {
    auto context = officer();
    EXPECT_TRUE(refused(test_mail(changer(), context), Why::not_set_up));
    auto form = whole();
    form.on = false;
    ASSERT_TRUE(change(form));
    EXPECT_TRUE(refused(test_mail(changer(), context), Why::no_address));
    ASSERT_TRUE(give(admin, "admin@example.go.th"));
    at({monday.number - 1}, 3); // a Sunday night
    ASSERT_TRUE(test_mail(changer(), context));
    EXPECT_TRUE(refused(test_mail(changer(), context), Why::under_way));
    EXPECT_EQ(view().test.how, MailDesk::Test::How::waiting);
    reminders().look();
    EXPECT_EQ(view().test.how, MailDesk::Test::How::sent);
    ASSERT_EQ(sender.counts(), (std::map<std::string, int>{{"admin@example.go.th", 1}}));
    EXPECT_TRUE(sender.taken[0].second.contains("08:00:00 +0700"));
    ASSERT_TRUE(test_mail(changer(), context));
    sender.failing = MailFailure::certificate;
    reminders().look();
    EXPECT_EQ(view().test.how, MailDesk::Test::How::failed);
    EXPECT_EQ(view().test.failure, MailFailure::certificate);
    EXPECT_FALSE(view().standing.failure) << "a test is no round";
}

} // namespace

} // namespace usecases_test
