#include "crypto/officer/known_browser.h"
#include "tests/unit/service/usecases/agency.h"

namespace {

using namespace usecases_test;

class Session : public AgencyTest {
protected:
    std::expected<SignedIn, SignInRefused> enter(std::string_view login, std::string_view passphrase) {
        auto context = officer();
        return sign_in(context, login, passphrase);
    }
    std::optional<SignInRefused> refusal_of(std::string_view login, std::string_view passphrase) {
        const auto entered = enter(login, passphrase);
        return entered ? std::nullopt : std::optional(entered.error());
    }
    std::string cookie_of(const Person &who) {
        const auto entered = enter(who.login, who.passphrase);
        return entered ? entered->cookie : std::string();
    }
    base::Result<OfficerSession> resumed(std::string_view cookie) {
        auto context = officer();
        return resume(context, cookie);
    }
    struct Signed {
        Day day;
        std::uint64_t sequence, roster_version;
        base::Array<32> head;
        crypto::Signature signature;
    };
    std::vector<Signed> countersignatures(const Person &who) {
        std::vector<Signed> out;
        auto behind = database();
        auto rows = behind.query("SELECT day, sequence, head, roster_version, signature FROM countersignature "
                                 "WHERE officer = ? ORDER BY day", {who.id()});
        while (rows && rows->next().value_or(false)) {
            Signed one;
            one.day = rows->day();
            one.sequence = rows->number<std::uint64_t>();
            one.head = rows->array<32>();
            one.roster_version = rows->number<std::uint64_t>();
            one.signature = rows->array<64>();
            out.push_back(one);
        }
        return out;
    }
    std::size_t logged(crypto::AuditEvent event, const Person &who) {
        std::size_t out = 0;
        auto behind = database();
        auto rows = behind.query("SELECT entry FROM audit");
        while (rows && rows->next().value_or(false)) {
            const auto entry = crypto::AuditEntry::decode(rows->blob());
            out += entry && entry->event == event && entry->actor == who.id();
        }
        return out;
    }
};

TEST_F(Session, BelongsToWhoSignedIn) {
    for (const Person *who : {&legal, &head, &clerk, &executive, &outside, &admin, &auditor}) {
        const auto session = resumed(cookie_of(*who));
        ASSERT_TRUE(session) << who->login;
        EXPECT_EQ(session->actor.officer, who->id());
        EXPECT_EQ(session->actor.posts(), std::vector{who->post});
        EXPECT_EQ(session->actor.name, who->name);
        EXPECT_EQ(session->keys.box.public_key, who->keys.box.public_key);
        EXPECT_EQ(session->keys.sign.public_key, who->keys.sign.public_key);
    }
}

TEST_F(Session, TheLoginIsTakenInAnyCase) { EXPECT_TRUE(enter("LeGaL", legal.passphrase)); }

TEST_F(Session, BlanksHyphensAndCapitalsOfAGeneratedPassphraseDoNotMatter) {
    std::string spaced(legal.passphrase);
    std::ranges::replace(spaced, '-', ' ');
    spaced[0] = static_cast<char>(spaced[0] - 'a' + 'A');
    EXPECT_TRUE(enter(" legal ", " " + spaced + "\n"));
    EXPECT_TRUE(enter("legal", std::string(legal.passphrase)));
}

TEST_F(Session, WrongUnknownAndDisabledAreAnsweredAlike) {
    ASSERT_TRUE(database().run("UPDATE officer SET disabled = 1 WHERE officer = ?", {head.id()}));
    const struct {
        std::string login, passphrase;
    } attempts[] = {{"legal", "wrong"},          {"legal", ""},      {"legal", head.passphrase},
                    {"legal", legal.passphrase + " x"}, {"nobody", "x"},    {"", ""},
                    {"head", head.passphrase},   {"head", "wrong"}, {"legal' OR '1'='1", "x"}};
    for (const auto &attempt : attempts) {
        const auto entered = enter(attempt.login, attempt.passphrase);
        ASSERT_FALSE(entered) << attempt.login;
        EXPECT_EQ(entered.error(), SignInRefused::wrong) << attempt.login;
    }
    EXPECT_EQ(logged(crypto::AuditEvent::officer_signed_in, head), 0U);
    EXPECT_TRUE(enter("legal", legal.passphrase));
}

// A cost below what Argon2id takes answers "busy" to everybody on whom it is spent.
TEST_F(Session, TheCostOfNewPassphrasesIsSpentOnEveryLogin) {
    ASSERT_TRUE(database().run("UPDATE officer SET disabled = 1 WHERE officer = ?", {head.id()}));
    cost.memory_bytes = 1;
    for (const char *login : {"nobody", "legal", "head"})
        EXPECT_EQ(refusal_of(login, legal.passphrase), SignInRefused::busy) << login;
}

TEST_F(Session, TheCostOfEveryOfficerIsSpentOnEveryLogin) {
    ASSERT_TRUE(database().run("UPDATE officer SET password_memory = 1, disabled = 1 WHERE officer = ?", {head.id()}));
    for (const char *login : {"nobody", "legal", "head"})
        EXPECT_EQ(refusal_of(login, legal.passphrase), SignInRefused::busy) << login;
}

TEST_F(Session, APassphraseKeepsItsOwnCostWhenTheSettingChanges) {
    cost.operations = 2;
    EXPECT_TRUE(enter("legal", legal.passphrase));
    EXPECT_EQ(refusal_of("legal", "wrong"), SignInRefused::wrong);
    EXPECT_EQ(refusal_of("nobody", "wrong"), SignInRefused::wrong);
}

TEST_F(Session, AFailedAttemptLeavesNoTrace) {
    const auto entries = [this] {
        auto behind = database();
        auto rows = behind.query("SELECT (SELECT count(*) FROM audit), (SELECT count(*) FROM countersignature)");
        EXPECT_TRUE(rows && rows->next().value_or(false));
        const auto logged = rows->integer();
        return std::pair(logged, rows->integer());
    };
    const auto before = entries();
    for (const char *login : {"nobody", "legal", "lusab-babad"})
        EXPECT_FALSE(enter(login, "wrong"));
    EXPECT_EQ(entries(), before);
}

TEST_F(Session, EverySignInIsLogged) {
    for (std::size_t times = 1; times <= 2; ++times) {
        EXPECT_TRUE(enter("legal", legal.passphrase));
        EXPECT_EQ(logged(crypto::AuditEvent::officer_signed_in, legal), times);
    }
    EXPECT_EQ(logged(crypto::AuditEvent::officer_signed_in, clerk), 0U);
}

TEST_F(Session, ASignInMakesItsBrowserKnownForHalfAYear) {
    const auto entered = enter("legal", legal.passphrase);
    ASSERT_TRUE(entered);
    const base::Day last{clock.today().number + 180};
    EXPECT_EQ(*crypto::known_officer(keys, entered->known_browser, last), legal.id());
    EXPECT_TRUE(fails_with(crypto::known_officer(keys, entered->known_browser, {last.number + 1}), Code::expired));
    EXPECT_FALSE(resumed(entered->known_browser)) << "it opens nothing";
}

TEST_F(Session, TheOneUnusedForLongestEndsWhenAnOfficerHasTooMany) {
    const auto other = cookie_of(clerk);
    std::vector<std::string> cookies;
    for (std::size_t i = 0; i < sessions_each; ++i) {
        cookies.push_back(cookie_of(legal));
        clock.time += 1;
    }
    EXPECT_TRUE(resumed(cookies[0])) << "used just now";
    cookies.push_back(cookie_of(legal));
    EXPECT_TRUE(resumed(other)) << "somebody else's";
    for (std::size_t i = 0; i < cookies.size(); ++i)
        EXPECT_EQ(resumed(cookies[i]).has_value(), i != 1) << i;
}

TEST_F(Session, KeysFromAnotherOfficersRowDoNotOpen) {
    ASSERT_TRUE(database().run("UPDATE officer SET sealed_keys = (SELECT sealed_keys FROM officer WHERE officer = ?1), "
                               "box = (SELECT box FROM officer WHERE officer = ?1), "
                               "sign = (SELECT sign FROM officer WHERE officer = ?1) WHERE officer = ?2",
                               {legal.id(), clerk.id()}));
    EXPECT_EQ(enter("clerk", clerk.passphrase).error(), SignInRefused::wrong);
}

TEST_F(Session, EndsAfterHalfAnHourWithoutUse) {
    const auto cookie = cookie_of(legal);
    for (int i = 0; i < 3; ++i) {
        clock.time += session_idle;
        EXPECT_TRUE(resumed(cookie)) << "each use renews it";
    }
    clock.time += session_idle + 1;
    EXPECT_TRUE(fails_with(resumed(cookie), Code::expired));
    EXPECT_TRUE(fails_with(resumed(cookie), Code::not_found)) << "and is forgotten";
}

TEST_F(Session, EndsAfterTenHoursHoweverBusy) {
    const auto cookie = cookie_of(legal);
    for (base::Seconds spent = 0; spent < session_absolute; spent += session_idle) {
        ASSERT_TRUE(resumed(cookie)) << spent;
        clock.time += session_idle;
    }
    EXPECT_TRUE(resumed(cookie)) << "the last second";
    clock.time += 1;
    EXPECT_TRUE(fails_with(resumed(cookie), Code::expired));
}

TEST_F(Session, ACookieThatWasNotGivenOpensNothing) {
    const auto cookie = cookie_of(legal);
    EXPECT_FALSE(resumed(""));
    EXPECT_FALSE(resumed("x"));
    EXPECT_FALSE(resumed(cookie + "A"));
    EXPECT_FALSE(resumed(crypto::SessionCookie::random().field()));
    for (std::size_t i = 0; i < cookie.size(); i += 7) {
        std::string changed = cookie;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(resumed(changed)) << i;
    }
    EXPECT_TRUE(resumed(cookie));
}

TEST_F(Session, OfSomebodyDisabledEndsAtOnce) {
    const auto cookie = cookie_of(legal);
    ASSERT_TRUE(database().run("UPDATE officer SET disabled = 1 WHERE officer = ?", {legal.id()}));
    EXPECT_FALSE(resumed(cookie));
    ASSERT_TRUE(database().run("UPDATE officer SET disabled = 0 WHERE officer = ?", {legal.id()}));
    EXPECT_FALSE(resumed(cookie)) << "it was ended, not only refused";
}

TEST_F(Session, SigningOutEndsThatSessionOnlyAndIsLogged) {
    const auto cookie = cookie_of(legal), other = cookie_of(legal);
    auto context = officer();
    sign_out(context, "x");
    sign_out(context, crypto::SessionCookie::random().field());
    EXPECT_EQ(logged(crypto::AuditEvent::officer_signed_out, legal), 0U);
    sign_out(context, cookie);
    EXPECT_TRUE(fails_with(resumed(cookie), Code::not_found));
    EXPECT_TRUE(resumed(other));
    EXPECT_EQ(logged(crypto::AuditEvent::officer_signed_out, legal), 1U);
}

TEST_F(Session, TheCsrfTokenBelongsToItsSession) {
    const auto cookie = cookie_of(legal), other = cookie_of(legal);
    const auto token = resumed(cookie)->csrf;
    const auto context = officer();
    EXPECT_TRUE(csrf_is_right(context, cookie, token));
    EXPECT_FALSE(csrf_is_right(context, other, token));
    EXPECT_FALSE(csrf_is_right(context, cookie, ""));
    EXPECT_FALSE(csrf_is_right(context, cookie, token + "A"));
    EXPECT_FALSE(csrf_is_right(context, "x", token));
}

TEST_F(Session, TheFirstSignInOfADayCountersignsTheHeadThatStands) {
    EXPECT_TRUE(countersignatures(legal).empty());
    cookie_of(legal);
    cookie_of(legal);
    ASSERT_EQ(countersignatures(legal).size(), 1U);
    clock.time += 13 * 3600; // 23:00
    cookie_of(legal);
    EXPECT_EQ(countersignatures(legal).size(), 1U);
    clock.time += 2 * 3600;
    cookie_of(legal);
    const auto signatures = countersignatures(legal);
    ASSERT_EQ(signatures.size(), 2U);
    EXPECT_EQ(signatures[1].day, clock.today());
    EXPECT_GT(signatures[1].sequence, signatures[0].sequence);
    EXPECT_EQ(logged(crypto::AuditEvent::head_countersigned, legal), 2U);
    auto behind = database();
    for (const Signed &one : signatures) {
        const auto message = crypto::head_message(instance, one.sequence, one.head, one.roster_version, one.day);
        EXPECT_TRUE(crypto::verify(legal.keys.sign.public_key, crypto::head_domain, message, one.signature));
        EXPECT_FALSE(crypto::verify(clerk.keys.sign.public_key, crypto::head_domain, message, one.signature));
        auto rows = behind.query("SELECT hash FROM audit WHERE sequence = ?", {one.sequence});
        ASSERT_TRUE(rows && rows->next().value_or(false));
        EXPECT_EQ(rows->array<32>(), one.head) << "a head that really stood in the log";
    }
}

TEST_F(Session, AWrongPassphraseCountersignsNothing) {
    EXPECT_FALSE(enter("legal", "wrong"));
    EXPECT_TRUE(countersignatures(legal).empty());
}

} // namespace
