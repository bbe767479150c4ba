// Changing what the agency says of itself: at once, or by two.
#include "service/domain/typed_day.h"
#include "tests/unit/service/usecases/agency.h"

namespace usecases_test {

namespace {

using Why = SettingsRefused::Why;

class Settings : public AgencyTest {
protected:
    MayChange changer(const Person &who) { return *MayChange::check(who.actor()); }
    MaySee confirmer(const Person &who) { return *MaySee::check(who.actor()); }
    std::expected<SettingsDone, SettingsRefused> change(const std::function<void(domain::AgencyProfile &)> &edit) {
        auto context = officer();
        auto typed = profile.now()->profile;
        edit(typed);
        return change_settings(changer(admin), context, profile.now()->version, typed);
    }
    std::string propose(const std::string &exit = "https://exit.example.go.th/") {
        const auto done = change([&](auto &typed) { typed.exit_url = exit; });
        EXPECT_TRUE(done && done->proposed && !done->in_force);
        return proposal();
    }
    std::string proposal() {
        const auto row = officer_reads->settings().proposal();
        return row && *row ? (*row)->id.text() : "";
    }
    std::expected<void, SettingsRefused> confirm(const Person &who, const std::string &id) {
        auto context = officer();
        const auto signed_in = session(who);
        const auto recently = RecentlySignedIn::check(signed_in, clock.now());
        EXPECT_TRUE(recently);
        return confirm_settings(confirmer(who), *recently, context, id);
    }
    SettingsView view() {
        auto context = officer();
        return *agency_settings(confirmer(admin), context);
    }
    std::vector<crypto::AuditEntry> logged(crypto::AuditEvent event) {
        auto connection = database();
        std::vector<crypto::AuditEntry> out;
        auto rows = connection.query("SELECT entry FROM audit ORDER BY sequence");
        for (; rows && *rows->next();)
            if (const auto entry = crypto::AuditEntry::decode(rows->blob()); entry && entry->event == event)
                out.push_back(*entry);
        return out;
    }
};

TEST_F(Settings, AreTheFilesUntilTheyAreFirstChanged) {
    EXPECT_EQ(profile.now()->version, 0U);
    const auto stored = stored_profiles(officer_reads->settings(), file_profile());
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->back().profile, file_profile());
    EXPECT_TRUE(view().history.empty());
}

TEST_F(Settings, TextsTakeEffectAtOnceAndAreLogged) {
    const auto done = change([](auto &typed) { typed.greeting.th = "  สวัสดี "; });
    ASSERT_TRUE(done && done->in_force && !done->proposed);
    EXPECT_EQ(profile.now()->version, 1U);
    EXPECT_EQ(profile.now()->profile.greeting.th, "สวัสดี");
    const auto stored = stored_profiles(officer_reads->settings(), file_profile());
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->back().profile, profile.now()->profile);
    const auto entries = logged(crypto::AuditEvent::settings_changed);
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_EQ(entries[0].actor, admin.id());
    EXPECT_EQ(entries[0].digest, crypto::digest(base::view((*officer_reads->settings().newest())->document)));
    const auto shown = view();
    ASSERT_EQ(shown.history.size(), 1U);
    EXPECT_EQ(shown.history[0].by, admin.name);
    ASSERT_EQ(shown.history[0].changes.size(), 1U);
    EXPECT_EQ(shown.history[0].changes[0].field, "greeting_th");
}

TEST_F(Settings, ThatDoNotDifferAreNotStored) {
    const auto done = change([](auto &) {});
    ASSERT_TRUE(done);
    EXPECT_FALSE(done->in_force || done->proposed);
    EXPECT_EQ(profile.now()->version, 0U);
}

TEST_F(Settings, WithAFaultChangeNothing) {
    const auto done = change([](auto &typed) {
        typed.colour = "#ffff00";
        typed.greeting.th = "สวัสดี";
    });
    ASSERT_TRUE(refused(done, Why::faults));
    EXPECT_EQ(done.error().faults.size(), 1U);
    EXPECT_EQ(profile.now()->version, 0U);
}

TEST_F(Settings, OfAnOlderFormAreRefused) {
    ASSERT_TRUE(change([](auto &typed) { typed.greeting.th = "หนึ่ง"; }));
    auto context = officer();
    auto typed = profile.now()->profile;
    typed.greeting.th = "สอง";
    EXPECT_TRUE(refused(change_settings(changer(admin), context, 0, typed), Why::stale));
    EXPECT_EQ(profile.now()->profile.greeting.th, "หนึ่ง");
}

TEST_F(Settings, OfTwoAtOnceOneIsRefusedByTheStore) {
    ports::SettingsRow row{.version = 1, .document = domain::to_json({1, file_profile()}), .time = clock.now(), .author = admin.id(),
                           .second = {}, .in_log = false};
    const crypto::AuditEntry entry{.event = crypto::AuditEvent::settings_changed, .day = clock.today(), .time = clock.now(),
                                   .actor = admin.id(), .subject = {}, .object = {}, .digest = {}};
    ASSERT_TRUE(store->officer_writes().settings().change(row, std::nullopt, entry));
    EXPECT_TRUE(fails_with(store->officer_writes().settings().change(row, std::nullopt, entry), Code::conflict));
}

TEST_F(Settings, OfIdentityNeedTwoPeople) {
    const auto id = propose();
    EXPECT_EQ(profile.now()->version, 0U);
    EXPECT_EQ(profile.now()->profile, file_profile()) << "nothing is in force";
    EXPECT_TRUE(refused(confirm(admin, id), Why::own_proposal));
    ASSERT_TRUE(confirm(executive, id));
    EXPECT_EQ(profile.now()->profile.exit_url, "https://exit.example.go.th/");
    const auto row = *officer_reads->settings().newest();
    EXPECT_EQ(row->author, admin.id());
    EXPECT_EQ(row->second, executive.id());
    EXPECT_EQ(logged(crypto::AuditEvent::settings_changed).back().actor, executive.id());
    EXPECT_EQ(logged(crypto::AuditEvent::settings_proposed).size(), 1U);
    EXPECT_EQ(proposal(), "");
    EXPECT_EQ(view().history[0].second, executive.name);
    EXPECT_TRUE(refused(confirm(executive, id), Why::stale)) << "once";
}

TEST_F(Settings, TheStoreItselfRefusesOnePersonForBoth) {
    const auto id = propose();
    ports::SettingsRow row{.version = 1, .document = "{}", .time = clock.now(), .author = admin.id(), .second = admin.id(), .in_log = false};
    EXPECT_FALSE(store->officer_writes().settings().change(row, base::ProposalId::from_text(id), {.event = crypto::AuditEvent::settings_changed,
                 .day = clock.today(), .time = clock.now(), .actor = admin.id(), .subject = {}, .object = {}, .digest = {}}));
    EXPECT_EQ(proposal(), id);
}

TEST_F(Settings, AreConfirmedByWhoMayVouchAmongTheOrderingPosts) {
    EXPECT_TRUE(domain::allows(executive.actor(), Action::confirm_settings));
    auto without = clerk.actor();
    without.certified.vouching = false;
    EXPECT_FALSE(domain::allows(without, Action::confirm_settings));
    EXPECT_FALSE(domain::allows(legal.actor(), Action::confirm_settings));
    EXPECT_FALSE(domain::allows(auditor.actor(), Action::confirm_settings));
    EXPECT_TRUE(domain::allows(admin.actor(), Action::confirm_settings));
    EXPECT_FALSE(domain::allows(executive.actor(), Action::change_settings));
}

TEST_F(Settings, OneProposalWaitsAtATime) {
    const auto id = propose();
    const auto second = change([](auto &typed) { typed.name.th = "ชื่ออื่น"; });
    EXPECT_TRUE(refused(second, Why::proposal_open));
    auto context = officer();
    EXPECT_TRUE(refused(withdraw_settings(changer(admin), context, std::string(32, '0')), Why::stale));
    ASSERT_TRUE(withdraw_settings(changer(admin), context, id));
    EXPECT_EQ(logged(crypto::AuditEvent::settings_withdrawn).size(), 1U);
    EXPECT_TRUE(refused(confirm(executive, id), Why::stale));
    EXPECT_EQ(profile.now()->version, 0U);
    EXPECT_TRUE(change([](auto &typed) { typed.name.th = "ชื่ออื่น"; }));
}

TEST_F(Settings, ChangedMeanwhileStayWhenAProposalIsConfirmed) {
    const auto id = propose();
    ASSERT_TRUE(change([](auto &typed) { typed.greeting.en = "Welcome"; }));
    ASSERT_TRUE(confirm(executive, id));
    EXPECT_EQ(profile.now()->version, 2U);
    EXPECT_EQ(profile.now()->profile.greeting.en, "Welcome");
    EXPECT_EQ(profile.now()->profile.exit_url, "https://exit.example.go.th/");
}

TEST_F(Settings, AnEarlierVersionComesBackAsANewChangeUnderTheSameRules) {
    ASSERT_TRUE(change([](auto &typed) { typed.greeting.th = "หนึ่ง"; }));
    ASSERT_TRUE(change([](auto &typed) { typed.greeting.th = "สอง"; }));
    ASSERT_TRUE(confirm(executive, propose()));
    auto context = officer();
    const auto done = restore_settings(changer(admin), context, 3, 1);
    ASSERT_TRUE(done);
    EXPECT_TRUE(done->in_force && done->proposed) << "the exit waits for a second person again";
    EXPECT_EQ(profile.now()->version, 4U);
    EXPECT_EQ(profile.now()->profile.greeting.th, "หนึ่ง");
    EXPECT_EQ(profile.now()->profile.exit_url, "https://exit.example.go.th/");
    EXPECT_TRUE(refused(restore_settings(changer(admin), context, 4, 9), Why::not_found));
}

TEST_F(Settings, EditedInTheDatabaseStopTheStartAndAreNotUsedMeanwhile) {
    ASSERT_TRUE(change([](auto &typed) { typed.greeting.th = "หนึ่ง"; }));
    const auto good = *profile.now();
    auto changed = good;
    changed.profile.exit_url = "https://evil.example.com/"; // a whole document, and not the one that the log names
    for (const std::string &document : {domain::to_json(changed), std::string("{")}) {
        ASSERT_TRUE(database().run("UPDATE agency_settings SET document = ?1", {document}));
        EXPECT_TRUE(fails_with(stored_profiles(officer_reads->settings(), file_profile()), Code::refused));
        EXPECT_EQ(profile.now()->profile, good.profile);
        EXPECT_TRUE(view().damaged);
        EXPECT_TRUE(view().history[0].damaged);
        auto context = officer();
        EXPECT_TRUE(refused(restore_settings(changer(admin), context, 1, 1), Why::damaged));
    }
    ASSERT_TRUE(change([](auto &typed) { typed.greeting.th = "สอง"; })) << "the next good version goes on from the last";
    EXPECT_TRUE(stored_profiles(officer_reads->settings(), file_profile()));
}

TEST_F(Settings, NewLimitsBindWhatComesFromTheirFirstDayOnAndNothingBefore) {
    const base::Day today = clock.today(), tomorrow{today.number + 1};
    const auto limits_of = [&](base::Day received) { return profile.deadlines()->limits(received).front().number; };
    const auto propose_limits = [&](const std::string &from) {
        return change([&](auto &typed) {
            typed.limits.front().number = 9;
            typed.manual_from = from;
        });
    };
    for (const std::string &from : {std::string(), domain::day_to_type({today.number - 1})}) {
        const auto late = propose_limits(from);
        ASSERT_FALSE(late);
        ASSERT_EQ(late.error().faults.size(), 1U);
        EXPECT_EQ(late.error().faults[0].field, "manual_from");
    }
    const auto proposed = propose_limits(domain::day_to_type(tomorrow));
    ASSERT_TRUE(proposed && proposed->proposed && !proposed->in_force);
    EXPECT_EQ(limits_of(tomorrow), 1) << "nobody has confirmed it";
    ASSERT_TRUE(confirm(executive, proposal()));
    EXPECT_EQ(limits_of(today), 1);
    EXPECT_EQ(limits_of(tomorrow), 9);
    const auto stored = stored_profiles(officer_reads->settings(), file_profile());
    ASSERT_TRUE(stored);
    EXPECT_EQ(domain::Deadlines(*stored).limits(today).front().number, 1) << "after a start as well";
    EXPECT_EQ(domain::Deadlines(*stored).limits(tomorrow).front().number, 9);
    ASSERT_TRUE(change([&](auto &typed) {
        typed.limits.front().number = 12;
        typed.manual_from = domain::day_to_type({tomorrow.number + 1});
    }));
    ASSERT_TRUE(confirm(executive, proposal()));
    EXPECT_EQ(domain::Deadlines(*stored_profiles(officer_reads->settings(), file_profile())).limits(tomorrow).front().number, 9)
        << "every version stays";
    const auto backdated = change([&](auto &typed) { typed.manual_from = domain::day_to_type({today.number - 1}); });
    ASSERT_FALSE(backdated) << "the same limits, for what came before";
    EXPECT_EQ(backdated.error().faults.front().field, "manual_from");
    auto context = officer();
    const auto restored = restore_settings(changer(admin), context, profile.now()->version, 1);
    ASSERT_TRUE(restored && restored->proposed);
    ASSERT_TRUE(confirm(executive, proposal()));
    EXPECT_EQ(limits_of(today), 9) << "from the day on which it was restored";
}

TEST_F(Settings, LimitsThatWaitedTooLongForTheirConfirmationBeginOnItsDay) {
    ASSERT_TRUE(change([&](auto &typed) {
        typed.limits.front().number = 9;
        typed.manual_from = domain::day_to_type(clock.today());
    }));
    const base::Day proposed = clock.today();
    clock.next_day();
    ASSERT_TRUE(confirm(executive, proposal()));
    EXPECT_EQ(profile.deadlines()->limits(proposed).front().number, 1);
    EXPECT_EQ(profile.deadlines()->limits(clock.today()).front().number, 9);
}

TEST_F(Settings, AProposalEditedInTheDatabaseCannotBeConfirmed) {
    const auto id = propose();
    auto wanted = file_profile();
    wanted.exit_url = "https://evil.example.com/";
    ASSERT_TRUE(database().run("UPDATE settings_proposal SET document = ?1", {domain::proposal_to_json(id, wanted)}));
    EXPECT_TRUE(view().proposal->damaged);
    EXPECT_TRUE(refused(confirm(executive, id), Why::damaged));
    EXPECT_EQ(profile.now()->version, 0U);
}

} // namespace
} // namespace usecases_test
