// An officer's own account: another passphrase, a code on paper, a second factor, other sessions.
#include "service/usecases/officer/account.h"

#include "tests/unit/service/usecases/agency.h"

using namespace usecases_test;

namespace {

constexpr std::string_view fresh = "แมวกินปลาที่ริมคลองตอนเช้า", another = "rain falls on tin roofs";

class Account : public AgencyTest {
protected:
    RecentlySignedIn recent(const OfficerSession &session) { return *RecentlySignedIn::check(session, clock.now()); }
    testing::AssertionResult signs_in(const Person &who, std::string_view passphrase) {
        auto context = officer();
        return sign_in(context, who.login, passphrase) ? testing::AssertionSuccess() : testing::AssertionFailure();
    }
    template <class T>
    static testing::AssertionResult refused_as(const AccountResult<T> &result, AccountRefused why) {
        if (result)
            return testing::AssertionFailure() << "it was not refused";
        return result.error() == why ? testing::AssertionSuccess()
                                     : testing::AssertionFailure() << "refused as " << static_cast<int>(result.error());
    }
    std::size_t audited(crypto::AuditEvent event, const Person &who) {
        auto behind = database();
        auto rows = *behind.query("SELECT entry FROM audit");
        std::size_t count = 0;
        while (*rows.next()) {
            const auto entry = *crypto::AuditEntry::decode(rows.blob());
            count += entry.event == event && entry.actor == who.id();
        }
        return count;
    }
    std::string recovery_code(const Person &who) {
        auto context = officer();
        const auto signed_in = session(who);
        return *new_recovery_code(context, signed_in, recent(signed_in));
    }
};

TEST_F(Account, AnotherPassphraseOpensTheSameKeysAndTheOldOneNothing) {
    const std::string receipt = file();
    auto context = officer();
    const auto mine = session(legal);
    ASSERT_TRUE(change_passphrase(context, mine, legal.passphrase, fresh));
    EXPECT_FALSE(signs_in(legal, legal.passphrase));
    EXPECT_TRUE(signs_in(legal, fresh));
    Person changed{{}, legal.post, legal.login, std::string(fresh), legal.name};
    changed.keys.officer = legal.id();
    EXPECT_EQ(queue_of(changed).rows.size(), 1u);
    EXPECT_EQ(audited(crypto::AuditEvent::passphrase_changed, legal), 1u);
}

TEST_F(Account, AnotherPassphraseEndsTheOtherSessionsOnly) {
    auto context = officer();
    const auto first = sign_in(context, legal.login, legal.passphrase), second = sign_in(context, legal.login, legal.passphrase);
    ASSERT_TRUE(change_passphrase(context, *resume(context, first->cookie), legal.passphrase, fresh));
    EXPECT_TRUE(resume(context, first->cookie));
    EXPECT_FALSE(resume(context, second->cookie));
}

TEST_F(Account, AnotherPassphraseNeedsThePresentOneAndIsNotAWeakOne) {
    auto context = officer();
    const auto mine = session(legal);
    EXPECT_TRUE(refused_as(change_passphrase(context, mine, "wrong-words", fresh), AccountRefused::wrong));
    EXPECT_TRUE(refused_as(change_passphrase(context, mine, legal.passphrase, "short"), AccountRefused::weak));
    EXPECT_TRUE(refused_as(change_passphrase(context, mine, legal.passphrase, legal.name), AccountRefused::weak));
    EXPECT_TRUE(signs_in(legal, legal.passphrase));
    EXPECT_EQ(audited(crypto::AuditEvent::passphrase_changed, legal), 0u);
}

// Whoever has the cookie alone may not go on guessing in it.
TEST_F(Account, FiveWrongPassphrasesEndTheSession) {
    auto context = officer();
    const auto signed_in = sign_in(context, legal.login, legal.passphrase);
    ASSERT_TRUE(signed_in);
    const auto mine = resume(context, signed_in->cookie);
    ASSERT_TRUE(mine);
    const auto wrong = [&] { return refused_as(change_passphrase(context, *mine, "wrong-words", fresh), AccountRefused::wrong); };
    for (int i = 0; i < wrong_each - 1; ++i)
        EXPECT_TRUE(wrong());
    ASSERT_TRUE(sign_in_again(context, *mine, legal.passphrase, {})) << "a right one forgets them";
    for (int i = 0; i < wrong_each - 2; ++i)
        EXPECT_TRUE(wrong());
    EXPECT_FALSE(sign_in_again(context, *mine, "wrong-words", {}));
    EXPECT_TRUE(resume(context, signed_in->cookie)) << "four";
    EXPECT_TRUE(wrong());
    EXPECT_TRUE(fails_with(resume(context, signed_in->cookie), Code::not_found));
}

TEST_F(Account, OfTwoChangesAtOnceOneHolds) {
    auto context = officer();
    const auto one = session(legal), two = session(legal);
    const auto row = *officer_reads->officer(legal.id());
    ASSERT_TRUE(change_passphrase(context, one, legal.passphrase, fresh));
    ports::NewPassphrase late;
    late.as_read = *row;
    EXPECT_TRUE(fails_with(store->officer_writes().accounts().change_passphrase(std::move(late), {}), Code::conflict));
    EXPECT_TRUE(signs_in(legal, fresh));
}

TEST_F(Account, AnotherPassphraseKeepsTheSecondFactor) {
    auto context = officer();
    const auto secret = crypto::TotpSecret::random();
    const auto mine = session(legal);
    const auto code = [&] { return crypto::totp_code(secret, crypto::totp_step_at(clock.now())); };
    ASSERT_TRUE(set_second_factor(context, mine, recent(mine), legal.passphrase, secret, code()));
    EXPECT_FALSE(sign_in(context, legal.login, legal.passphrase, code())) << "the code that confirmed it is used";
    clock.time += 60;
    ASSERT_TRUE(change_passphrase(context, mine, legal.passphrase, fresh));
    EXPECT_FALSE(sign_in(context, legal.login, fresh));
    EXPECT_TRUE(sign_in(context, legal.login, fresh, code()));
    EXPECT_EQ(audited(crypto::AuditEvent::second_factor_changed, legal), 1u);
}

TEST_F(Account, ASecondFactorIsTakenWithItsCodeAndThePassphraseOnly) {
    auto context = officer();
    const auto secret = crypto::TotpSecret::random(), other = crypto::TotpSecret::random();
    const auto mine = session(legal);
    const std::string code = crypto::totp_code(secret, crypto::totp_step_at(clock.now()));
    EXPECT_TRUE(refused_as(set_second_factor(context, mine, recent(mine), legal.passphrase, other, code), AccountRefused::weak));
    EXPECT_TRUE(refused_as(set_second_factor(context, mine, recent(mine), "wrong-words", secret, code), AccountRefused::wrong));
    EXPECT_TRUE(signs_in(legal, legal.passphrase));
}

TEST_F(Account, ARecoveryCodeGivesAnotherPassphraseOnce) {
    const std::string receipt = file();
    auto context = officer();
    const std::string code = recovery_code(legal);
    const auto open = sign_in(context, legal.login, legal.passphrase);
    const auto next = recover(context, " LEGAL ", code, fresh);
    ASSERT_TRUE(next);
    EXPECT_NE(*next, code);
    EXPECT_FALSE(resume(context, open->cookie)) << "sessions end";
    EXPECT_FALSE(signs_in(legal, legal.passphrase));
    Person changed{{}, legal.post, legal.login, std::string(fresh), legal.name};
    changed.keys.officer = legal.id();
    EXPECT_EQ(queue_of(changed).rows.size(), 1u) << "the same keys";
    EXPECT_TRUE(refused_as(recover(context, legal.login, code, another), AccountRefused::wrong)) << "used";
    EXPECT_TRUE(recover(context, legal.login, *next, another)) << "the new one";
    EXPECT_EQ(audited(crypto::AuditEvent::recovery_used, legal), 2u);
}

TEST_F(Account, ARecoveryTakesTheSecondFactorAway) {
    auto context = officer();
    const std::string code = recovery_code(legal);
    const auto secret = crypto::TotpSecret::random();
    const auto mine = session(legal);
    ASSERT_TRUE(set_second_factor(context, mine, recent(mine), legal.passphrase, secret,
                                  crypto::totp_code(secret, crypto::totp_step_at(clock.now()))));
    ASSERT_TRUE(recover(context, legal.login, code, fresh));
    EXPECT_TRUE(signs_in(legal, fresh)) << "it was lost with the telephone";
}

TEST_F(Account, ANewRecoveryCodeVoidsTheOldOne) {
    auto context = officer();
    const std::string old = recovery_code(legal), code = recovery_code(legal);
    EXPECT_TRUE(refused_as(recover(context, legal.login, old, fresh), AccountRefused::wrong));
    EXPECT_TRUE(recover(context, legal.login, code, fresh));
    EXPECT_EQ(audited(crypto::AuditEvent::recovery_made, legal), 2u);
}

TEST_F(Account, RecoveryRefusesEverythingElseAlike) {
    auto context = officer();
    const std::string code = recovery_code(legal);
    EXPECT_TRUE(refused_as(recover(context, "nobody", code, fresh), AccountRefused::wrong));
    EXPECT_TRUE(refused_as(recover(context, clerk.login, code, fresh), AccountRefused::wrong)) << "somebody else's";
    EXPECT_TRUE(refused_as(recover(context, clerk.login, "", fresh), AccountRefused::wrong)) << "who has none";
    EXPECT_TRUE(refused_as(recover(context, legal.login, crypto::PaperCode::random().text(), fresh), AccountRefused::wrong));
    EXPECT_TRUE(refused_as(recover(context, legal.login, "not a code", fresh), AccountRefused::wrong));
    EXPECT_TRUE(refused_as(recover(context, legal.login, code, "short"), AccountRefused::weak));
    ASSERT_TRUE(database().run("UPDATE officer SET disabled = 1 WHERE login = 'legal'"));
    EXPECT_TRUE(refused_as(recover(context, legal.login, code, fresh), AccountRefused::wrong)) << "disabled";
    ASSERT_TRUE(database().run("UPDATE officer SET disabled = 0 WHERE login = 'legal'"));
    EXPECT_TRUE(recover(context, legal.login, code, fresh)) << "nothing of it used the code up";
}

TEST_F(Account, OfTwoWithOneCodeOneComesIn) {
    const std::string code = recovery_code(legal);
    const auto stored = *officer_reads->accounts().recovery(legal.id());
    const auto row = *officer_reads->officer(legal.id());
    auto context = officer();
    ASSERT_TRUE(recover(context, legal.login, code, fresh));
    ports::NewPassphrase late;
    late.as_read = *row;
    EXPECT_TRUE(fails_with(store->officer_writes().accounts().recover(std::move(late), stored->check, {}, {}), Code::conflict));
}

TEST_F(Account, ARecoveryCodeSurvivesAnotherPassphrase) {
    auto context = officer();
    const std::string code = recovery_code(legal);
    ASSERT_TRUE(change_passphrase(context, session(legal), legal.passphrase, fresh));
    EXPECT_TRUE(recover(context, legal.login, code, another));
}

TEST_F(Account, OtherSessionsAreEndedByHand) {
    auto context = officer();
    const auto mine = sign_in(context, legal.login, legal.passphrase), second = sign_in(context, legal.login, legal.passphrase),
               third = sign_in(context, legal.login, legal.passphrase), clerks = sign_in(context, clerk.login, clerk.passphrase);
    const auto me = *resume(context, mine->cookie);
    EXPECT_FALSE(end_session(context, me, recent(me), resume(context, clerks->cookie)->id)) << "somebody else's";
    EXPECT_FALSE(end_session(context, me, recent(me), me.id)) << "that is signing out";
    EXPECT_TRUE(end_session(context, me, recent(me), resume(context, second->cookie)->id));
    EXPECT_FALSE(resume(context, second->cookie));
    EXPECT_EQ(end_other_sessions(context, me, recent(me)), 1u);
    EXPECT_FALSE(resume(context, third->cookie));
    EXPECT_TRUE(resume(context, mine->cookie));
    EXPECT_TRUE(resume(context, clerks->cookie));
    EXPECT_EQ(audited(crypto::AuditEvent::session_ended, legal), 2u);
}

} // namespace
