#include "crypto/officer/second_factor.h"
#include "tests/unit/service/usecases/agency.h"
#include "tests/unit/service/usecases/forwarding.h"

namespace {

using namespace usecases_test;

struct OtherFactors final : Forwarding {
    ports::SecondFactorWrites &factors;
    OtherFactors(ports::OfficerWrites &writes, ports::SecondFactorWrites &other) : Forwarding(writes), factors(other) {}
    ports::SecondFactorWrites &second_factors() override { return factors; }
};

class SignInWithCode : public AgencyTest {
protected:
    SignInWithCode() {
        for (const auto &row : officer_reads->officers().value())
            if (row.id == legal.id()) {
                const auto keys_of = crypto::derive_passphrase(legal.passphrase, row.salt, cost);
                const auto sealed = crypto::seal_second_factor(secret, legal.id(), keys_of.value());
                if (!store->officer_writes().second_factors().set(legal.id(), {sealed, 0}, std::nullopt, {}))
                    base::broken("a second factor that a test needs was not set");
            }
    }
    std::expected<SignedIn, SignInRefused> enter(std::string_view passphrase, std::string_view code) {
        auto context = officer();
        return sign_in(context, legal.login, passphrase, code);
    }
    bool is_refused(std::string_view passphrase, std::string_view code) {
        const auto entered = enter(passphrase, code);
        return !entered && entered.error() == SignInRefused::wrong;
    }
    std::string code(std::int64_t away = 0) { return crypto::totp_code(secret, crypto::totp_step_at(clock.time) + away); }
    std::string wrong_code() { return code() == "000000" ? "000001" : "000000"; }
    std::int64_t rows_of(storage::Sql sql) {
        auto behind = database();
        auto rows = behind.query(sql);
        return rows && rows->next().value_or(false) ? rows->integer() : -1;
    }
    base::Result<OfficerSession> resumed(const std::string &cookie) {
        auto context = officer();
        return resume(context, cookie);
    }

    crypto::TotpSecret secret = crypto::TotpSecret::random();
};

TEST_F(SignInWithCode, NeedsPassphraseAndCode) {
    const auto entries = rows_of("SELECT count(*) FROM audit");
    EXPECT_TRUE(is_refused(legal.passphrase, ""));
    EXPECT_TRUE(is_refused(legal.passphrase, wrong_code()));
    EXPECT_TRUE(is_refused("wrong", code()));
    EXPECT_EQ(rows_of("SELECT count(*) FROM audit"), entries) << "a refused attempt leaves no trace";
    EXPECT_EQ(rows_of("SELECT last_step FROM second_factor"), 0) << "and uses no code up";
    EXPECT_TRUE(enter(legal.passphrase, code()));
}

TEST_F(SignInWithCode, TakesEachCodeOnce) {
    EXPECT_TRUE(enter(legal.passphrase, code()));
    EXPECT_TRUE(is_refused(legal.passphrase, code()));
    EXPECT_TRUE(is_refused(legal.passphrase, code(-1))) << "nor an earlier one";
    clock.time += crypto::totp_step_seconds;
    EXPECT_TRUE(enter(legal.passphrase, code()));
}

// Both have read the row before either has written: the writer decides.
TEST_F(SignInWithCode, OfTwoAtOnceWithOneCodeLetsOneIn) {
    struct Racing final : ports::SecondFactorWrites {
        ports::SecondFactorWrites &real;
        std::function<void()> first;
        Racing(ports::SecondFactorWrites &writes, std::function<void()> before) : real(writes), first(std::move(before)) {}
        base::Result<> use_code(ports::CodeUsed used, std::vector<crypto::AuditEntry> entries) override {
            first();
            return real.use_code(std::move(used), std::move(entries));
        }
        base::Result<> set(base::OfficerId who, ports::SecondFactorRow row, std::optional<base::Bytes> replaced,
                           std::vector<crypto::AuditEntry> entries) override {
            return real.set(who, std::move(row), std::move(replaced), std::move(entries));
        }
    };
    bool faster = false;
    Racing racing(store->officer_writes().second_factors(), [&] { faster = enter(legal.passphrase, code()).has_value(); });
    OtherFactors writes(store->officer_writes(), racing);
    OfficerContext slower{keys, clock, policy, agency(), *officer_reads, writes, sessions, cost, profile, *tools, checked_files, mail_desk, indexes};
    const auto late = sign_in(slower, legal.login, legal.passphrase, code());
    EXPECT_TRUE(faster);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error(), SignInRefused::wrong);
    EXPECT_EQ(sessions.of(legal.id(), clock.time).size(), 1u);
}

TEST_F(SignInWithCode, IsNotAskedOfWhoHasNone) {
    auto context = officer();
    EXPECT_TRUE(sign_in(context, clerk.login, clerk.passphrase));
    EXPECT_TRUE(sign_in(context, clerk.login, clerk.passphrase, "123456"));
}

TEST_F(SignInWithCode, WhereItIsDemandedWhoHasNoneMustEnrolOne) {
    auto context = officer();
    const auto mine = enter(legal.passphrase, code())->cookie, theirs = sign_in(context, clerk.login, clerk.passphrase)->cookie;
    for (const bool required : {false, true}) {
        policy.second_factor_required = required;
        EXPECT_FALSE(resumed(mine)->needs_second_factor);
        EXPECT_EQ(resumed(theirs)->needs_second_factor, required);
    }
}

TEST_F(SignInWithCode, OnceMoreProvesAgainAndChangesNothingElse) {
    const auto cookie = enter(legal.passphrase, code())->cookie;
    const auto before = resumed(cookie);
    clock.time += recent_sign_in + 1;
    ASSERT_FALSE(RecentlySignedIn::check(*resumed(cookie), clock.time));
    auto context = officer();
    EXPECT_FALSE(sign_in_again(context, *resumed(cookie), "wrong", code()));
    EXPECT_FALSE(sign_in_again(context, *resumed(cookie), legal.passphrase, ""));
    EXPECT_FALSE(sign_in_again(context, *resumed(cookie), clerk.passphrase, ""));
    EXPECT_FALSE(RecentlySignedIn::check(*resumed(cookie), clock.time));
    ASSERT_TRUE(sign_in_again(context, *resumed(cookie), legal.passphrase, code()));
    const auto after = resumed(cookie);
    EXPECT_TRUE(RecentlySignedIn::check(*after, clock.time));
    EXPECT_EQ(after->csrf, before->csrf) << "what stands in other tabs can still be sent";
    EXPECT_EQ(after->id, before->id);
    EXPECT_TRUE(is_refused(legal.passphrase, code())) << "its code is used, too";
}

TEST_F(SignInWithCode, OfAnotherOfficersRowDoesNotOpen) {
    ASSERT_TRUE(database().run("INSERT INTO second_factor (officer, sealed, last_step) SELECT ?1, sealed, 0 FROM second_factor "
                               "WHERE officer = ?2", {clerk.id(), legal.id()}));
    auto context = officer();
    EXPECT_FALSE(sign_in(context, clerk.login, clerk.passphrase, code()));
}

TEST_F(SignInWithCode, EndsEverySessionOfSomebodyDisabled) {
    const auto cookie = enter(legal.passphrase, code())->cookie;
    clock.time += 60;
    const auto other = enter(legal.passphrase, code())->cookie;
    ASSERT_TRUE(database().run("UPDATE officer SET disabled = 1 WHERE officer = ?", {legal.id()}));
    EXPECT_FALSE(resumed(cookie));
    EXPECT_EQ(sessions.of(legal.id(), clock.time).size(), 0u);
    EXPECT_TRUE(is_refused(legal.passphrase, code(1)));
}

// A page in one tab keeps the session of all tabs alive, with the same token.
TEST_F(SignInWithCode, RenewalBreaksNoOtherTab) {
    const auto cookie = enter(legal.passphrase, code())->cookie;
    const auto shown_in_another_tab = resumed(cookie)->csrf;
    for (int i = 0; i < 5; ++i) {
        clock.time += session_idle - 1;
        ASSERT_TRUE(resumed(cookie));
    }
    EXPECT_TRUE(csrf_is_right(officer(), cookie, shown_in_another_tab));
}

} // namespace
