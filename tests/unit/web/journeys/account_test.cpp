// The officer's own account, and the way back with a code on paper.
#include "crypto/officer/second_factor.h"
#include "tests/unit/web/journeys/browser.h"

namespace journeys {

class Account : public Browser {
protected:
    static constexpr const char *words = "แมวกินปลาที่ริมคลองตอนเช้า";

    http::Response send(const std::string &path, Fields fields) {
        fields.emplace_back("csrf", input(officer_get("/account").body, "csrf"));
        return officer_post(path, fields);
    }
    http::Response change(Fields fields) { return send("/account/passphrase", std::move(fields)); }
    static Fields own(const std::string &present, const std::string &fresh, const std::string &again) {
        return {{"passphrase", present}, {"passphrase_choice", "own"}, {"passphrase_own", fresh}, {"passphrase_again", again}};
    }
    std::string new_code() { return text_of(send("/account/recovery", {}).body, "recovery-code"); }
    http::Response recover(const std::string &login, const std::string &code, const std::string &fresh) {
        const auto page = officer_get("/recover");
        return officer_post("/recover", {{"door", input(page.body, "door")},
                                         {"login", login},
                                         {"recovery_code", code},
                                         {"passphrase_choice", "own"},
                                         {"passphrase_own", fresh},
                                         {"passphrase_again", fresh}});
    }
    void too_late_for_a_change() { clock.time += usecases::recent_sign_in + 1; }
};

TEST_F(Account, IsOpenToEverybodyWhoIsSignedIn) {
    for (const auto *who : {&legal, &admin, &auditor}) {
        sign_in_as(*who);
        for (const char *path : {"/account", "/account/passphrase", "/account/recovery", "/account/second-factor", "/account/keys"})
            EXPECT_EQ(officer_get(path).status, 200u) << path;
    }
    cookie.clear();
    EXPECT_EQ(officer_get("/account").status, 303u);
}

TEST_F(Account, TakesAPassphraseThatWasOffered) {
    sign_in_as(legal);
    const auto page = officer_get("/account/passphrase");
    const std::string offered = input(page.body, "passphrase_choice");
    EXPECT_GT(offered.size(), 20u);
    EXPECT_NE(offered, input(officer_get("/account/passphrase").body, "passphrase_choice")) << "another one each time";
    const Fields right{{"passphrase", legal.passphrase}, {"passphrase_choice", offered}, {"passphrase_again", offered}};
    const auto done = change(right);
    EXPECT_EQ(done.status, 200u);
    EXPECT_FALSE(has(done.body, offered));
    EXPECT_EQ(officer_get("/queue").status, 200u) << "this session goes on";
    EXPECT_EQ(knock(legal.login, legal.passphrase).status, 403u);
    EXPECT_EQ(knock(legal.login, offered).status, 303u);
}

TEST_F(Account, NamesEachFaultOfAPassphraseAndShowsNoneAgain) {
    sign_in_as(legal);
    const struct {
        Fields fields;
        std::string field;
        unsigned status;
    } faults[] = {{{{"passphrase", legal.passphrase}}, "choice", 400},
                  {own(legal.passphrase, "สั้นเกินไป", "สั้นเกินไป"), "passphrase_own", 400},
                  {own(legal.passphrase, legal.name, legal.name), "passphrase_own", 400},
                  {own(legal.passphrase, words, "อย่างอื่น"), "passphrase_again", 400},
                  {own("wrong-words", words, words), "passphrase", 403}};
    for (const auto &fault : faults) {
        const auto answer = change(fault.fields);
        EXPECT_EQ(answer.status, fault.status);
        EXPECT_TRUE(has(answer.body, "id=\"" + fault.field + "-error\"")) << fault.field;
        for (const auto &[name, value] : fault.fields)
            if (name != "passphrase_choice" && value != legal.name) EXPECT_FALSE(has(answer.body, value)) << value;
    }
    EXPECT_EQ(knock(legal.login, legal.passphrase).status, 303u);
}

TEST_F(Account, ARecoveryCodeIsShownOnceAndComesBackWithAnotherPassphrase) {
    sign_in_as(legal);
    const std::string code = new_code();
    EXPECT_FALSE(has(officer_get("/account/recovery").body, code));
    cookie.clear();
    const auto wrong = recover(legal.login, "0000-0000-0000-0000-0000-0000-00", words), unknown = recover("nobody", code, words);
    EXPECT_EQ(wrong.status, 403u);
    EXPECT_EQ(unknown.status, 403u);
    EXPECT_FALSE(has(unknown.body, code)) << "a code never comes back in a page";
    const auto done = recover(legal.login, code, words);
    EXPECT_EQ(done.status, 200u);
    EXPECT_NE(text_of(done.body, "recovery-code"), code);
    EXPECT_EQ(recover(legal.login, code, "rain falls on tin roofs").status, 403u) << "used";
    EXPECT_EQ(knock(legal.login, words).status, 303u);
}

TEST_F(Account, RecoveryNeedsTheTokenOfItsOwnDoor) {
    sign_in_as(legal);
    const std::string code = new_code();
    cookie.clear();
    door_cookie.clear();
    same_origin = false;
    const auto refused = recover(legal.login, code, words);
    EXPECT_EQ(refused.status, 403u);
    EXPECT_FALSE(has(refused.body, "โปรดลงชื่อเข้าใช้อีกครั้ง")) << "who comes here cannot";
    same_origin = true;
    EXPECT_EQ(recover(legal.login, code, words).status, 200u);
}

TEST_F(Account, ASecondFactorIsEnrolledWithItsCode) {
    sign_in_as(legal);
    const auto page = officer_get("/account/second-factor");
    const std::string secret = input(page.body, "secret");
    EXPECT_TRUE(has(page.body, "<svg"));
    EXPECT_FALSE(has(page.body, "โทรศัพท์เดิม")) << "there is none yet";
    const auto wrong = send("/account/second-factor", {{"secret", secret}, {"code", "12"}, {"passphrase", legal.passphrase}});
    EXPECT_EQ(wrong.status, 400u);
    EXPECT_EQ(input(wrong.body, "secret"), secret) << "the app has it already";
    const auto code = [&] { return crypto::totp_code(*crypto::totp_from_text(secret), crypto::totp_step_at(clock.now())); };
    EXPECT_EQ(send("/account/second-factor", {{"secret", secret}, {"code", code()}, {"passphrase", legal.passphrase}}).status, 200u);
    EXPECT_TRUE(has(officer_get("/account/second-factor").body, "โทรศัพท์เดิม"));
    EXPECT_FALSE(has(officer_get("/account").body, "id=\"fingerprint\"")) << "somebody vouched for this officer";
    clock.time += 60;
    EXPECT_EQ(knock(legal.login, legal.passphrase).status, 403u);
    EXPECT_EQ(knock(legal.login, legal.passphrase, {{"code", code()}}).status, 303u);
}

TEST_F(Account, OtherSessionsAreListedAndEnded) {
    sign_in_as(legal);
    const std::string first = cookie;
    sign_in_as(legal);
    const std::string which = input(officer_get("/account").body, "which");
    EXPECT_EQ(send("/account/sessions", {{"which", which}}).status, 200u);
    const std::string second = std::exchange(cookie, first);
    EXPECT_EQ(officer_get("/account").status, 403u);
    cookie = second;
    EXPECT_EQ(officer_get("/account").status, 200u);
    EXPECT_EQ(send("/account/sessions", {{"which", "no such"}}).status, 200u);
}

TEST_F(Account, NewKeysGoOnInThisSession) {
    file_report("เรื่อง");
    sign_in_as(legal);
    const auto done = send("/account/keys", {{"passphrase", legal.passphrase}});
    EXPECT_EQ(done.status, 200u);
    EXPECT_FALSE(text_of(done.body, "recovery-code").empty());
    EXPECT_EQ(text_of(officer_get("/queue").body, "total"), "1");
    EXPECT_EQ(send("/account/keys", {{"passphrase", legal.passphrase}}).status, 409u) << "not twice on one day";
    sign_in_as(executive);
    EXPECT_FALSE(has(officer_get("/account/keys").body, "keys-form")) << "a root";
}

TEST_F(Account, ChangesAskForARecentSignIn) {
    sign_in_as(legal);
    too_late_for_a_change();
    for (const char *path : {"/account/recovery", "/account/second-factor", "/account/sessions", "/account/keys"}) {
        const auto answer = send(path, {{"which", "others"}, {"passphrase", legal.passphrase}, {"code", "123456"}});
        EXPECT_EQ(answer.status, 403u) << path;
        EXPECT_TRUE(has(answer.body, "sign-in-again")) << path;
        EXPECT_FALSE(has(answer.body, legal.passphrase)) << path;
    }
    EXPECT_EQ(change(own(legal.passphrase, words, words)).status, 200u) << "asks for the passphrase itself";
}

TEST_F(Account, EveryFormNeedsTheTokenOfItsSession) {
    sign_in_as(legal);
    for (const char *path : {"/account/passphrase", "/account/recovery", "/account/second-factor", "/account/sessions", "/account/keys"}) {
        EXPECT_EQ(officer_post(path, {{"passphrase", legal.passphrase}}).status, 400u) << path;
        EXPECT_EQ(officer_post(path, {{"csrf", "x"}, {"passphrase", legal.passphrase}}).status, 400u) << path;
    }
}

} // namespace journeys
