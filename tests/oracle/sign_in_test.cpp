// Whether an address of the officer face tells which logins exist: by its answer, or by the time that it takes.
#include "tests/inprocess/behind.h"
#include "tests/support/welch.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <optional>
#include <set>

namespace {

using inprocess::Program;
using testing_support::Answer, testing_support::TlsClient;

// Five letters each, so that the answers are of one length.
constexpr const char *known = "legal", *unknown = "lagel", *disabled = "clerk", *guarded = "admin";

std::size_t number(const char *variable, std::size_t otherwise) {
    const char *given = std::getenv(variable);
    return given ? std::stoul(given) : otherwise;
}

// As an administrator would: behind the program's back, with its key, because no page does it yet.
void disable(std::string_view login) {
    auto database = inprocess::database();
    if (!database.run("UPDATE officer SET disabled = 1 WHERE login = ?", {login}))
        throw std::runtime_error("the officer was not disabled");
}

// One connection that is kept; a new one is made outside of what is timed.
class Door {
public:
    Answer knock(std::string_view login, std::string_view passphrase, std::string_view extra = "") {
        const auto body = testing_support::form_body(
            {{"door", door_.field}, {"login", std::string(login)}, {"passphrase", std::string(passphrase)}, {"code", "000000"}});
        const std::string headers = "Cookie: " + door_.cookie + "\r\n" + std::string(extra);
        for (int attempt = 0; attempt < 3; ++attempt) {
            if (!client_) client_.emplace(Program::get().officers());
            const auto begun = std::chrono::steady_clock::now();
            auto answer = client_->post("/login", body, headers);
            const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begun;
            if (answer) {
                microseconds = took.count();
                if (answer->header("connection") == "close") client_.reset();
                return std::move(*answer);
            }
            client_.reset(); // the server had ended it meanwhile
        }
        throw std::runtime_error("no answer");
    }
    double microseconds = 0; // of the last answer

private:
    inprocess::Door door_ = inprocess::open_door();
    std::optional<TlsClient> client_;
};

struct Attempt {
    const char *login;
    std::string passphrase;
};

// A code was asked for: who has the passphrase and no code must not learn that it is the right one.
void give_second_factor(std::string_view login) {
    static std::set<std::string, std::less<>> given;
    if (given.insert(std::string(login)).second) inprocess::give_second_factor(std::string(login));
}

void expect_no_difference(const std::vector<Attempt> &attempts, std::size_t samples, unsigned seed) {
    Door door;
    for (const Attempt &attempt : attempts) // what only the first requests do is not part of it
        for (int i = 0; i < 10; ++i)
            door.knock(attempt.login, attempt.passphrase);
    const auto times =
        testing_support::interleaved(attempts.size(), samples, seed, [&](std::size_t which) {
            if (door.knock(attempts[which].login, attempts[which].passphrase).status != 403u)
                throw std::runtime_error("an attempt was not refused");
            return door.microseconds;
        });
    for (std::size_t a = 0; a < attempts.size(); ++a)
        for (std::size_t b = 0; b < a; ++b) {
            const double t = testing_support::worst_t(times[a], times[b]);
            std::printf("%s %s: |t| = %.2f\n", attempts[a].login, attempts[b].login, t);
            EXPECT_LT(t, testing_support::welch_limit) << attempts[a].login << " " << attempts[b].login;
        }
}

TEST(SignInOracle, EveryRefusalIsTheSameBytes) {
    disable(disabled);
    give_second_factor(guarded);
    const std::string right = Program::get().passphrase(disabled), long_one(3'900, 'x');
    const Attempt attempts[] = {{unknown, "wrong"},  {known, "wrong"},  {disabled, "wrong"},  {disabled, right},
                                {unknown, ""},       {known, ""},       {disabled, ""},       {"LEGAL", "wrong"},
                                {unknown, long_one}, {known, long_one}, {disabled, long_one}, {known, right},
                                {guarded, Program::get().passphrase(guarded)}};
    std::optional<Answer> first;
    Door door;
    for (const Attempt &attempt : attempts) {
        auto answer = door.knock(attempt.login, attempt.passphrase);
        EXPECT_EQ(answer.status, 403u) << attempt.login;
        const auto echoed = answer.body.find(attempt.login);
        ASSERT_NE(echoed, std::string::npos) << attempt.login;
        answer.body.replace(echoed, std::string_view(attempt.login).size(), "-----");
        if (!first) first = answer;
        EXPECT_EQ(answer.headers, first->headers) << attempt.login;
        EXPECT_EQ(answer.body, first->body) << attempt.login;
    }
}

TEST(SignInOracle, EveryRefusalTakesTheSameTime) {
    disable(disabled);
    give_second_factor(guarded);
    const std::size_t samples = number("SUCHARIT_SIGN_IN_SAMPLES", 2'000), runs = number("SUCHARIT_SIGN_IN_RUNS", 1);
    const std::string right = Program::get().passphrase(disabled), guarded_right = Program::get().passphrase(guarded);
    for (unsigned run = 1; run <= runs; ++run)
        expect_no_difference({{unknown, "wrong"}, {known, "wrong"}, {disabled, right}, {guarded, guarded_right}}, samples, run);
}

// The sender chooses the passphrase and the case of the login, so these are compared among themselves.
TEST(SignInOracle, OddAttemptsTakeTheSameTimeForEveryLogin) {
    disable(disabled);
    const std::size_t samples = number("SUCHARIT_SIGN_IN_SAMPLES", 2'000) / 10;
    for (const std::string &passphrase : {std::string(), std::string(3'900, 'x')})
        expect_no_difference({{unknown, passphrase}, {known, passphrase}, {disabled, passphrase}}, samples, 1);
    expect_no_difference({{"LAGEL", "wrong"}, {"LEGAL", "wrong"}, {"CLERK", "wrong"}}, samples, 1);
}

// What the test above would see if Argon2id were left out for some: a foreign page's attempt never reaches it.
TEST(SignInOracle, TheTestSeesWhenArgon2idIsLeftOut) {
    Door door;
    const auto times = testing_support::interleaved(2, 100, 1, [&](std::size_t which) {
        EXPECT_EQ(door.knock(unknown, "wrong", which == 0 ? "" : "Sec-Fetch-Site: cross-site\r\n").status, 403u);
        return door.microseconds;
    });
    EXPECT_GT(testing_support::worst_t(times[0], times[1]), 10 * testing_support::welch_limit);
}

} // namespace
