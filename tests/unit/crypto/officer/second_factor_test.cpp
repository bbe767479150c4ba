#include "crypto/officer/second_factor.h"

#include "tests/unit/crypto/support.h"

using namespace crypto_test;

namespace {

PassphraseKeys passphrase(std::string_view words) { return *derive_passphrase(words, Salt{}, {1, 8192}); }

// RFC 6238, appendix B: the ASCII digits "12345678901234567890".
TotpSecret rfc_secret() {
    TotpSecret out;
    std::ranges::copy(view("12345678901234567890"), out.fill(raw_secret).begin());
    return out;
}

TEST(SecondFactor, GivesTheCodesOfRfc6238) {
    const struct {
        std::int64_t seconds;
        const char *code; // the last six of its eight digits
    } given[] = {{59, "287082"}, {1111111109, "081804"}, {1111111111, "050471"}, {1234567890, "005924"}, {2000000000, "279037"}};
    for (const auto &[seconds, code] : given) {
        EXPECT_EQ(totp_code(rfc_secret(), totp_step_at(seconds)), code);
        EXPECT_EQ(totp_step_of(rfc_secret(), code, seconds, 0), seconds / 30);
    }
}

TEST(SecondFactor, IsTakenOneStepEarlyAndLateAndNoFurther) {
    const TotpSecret secret = TotpSecret::random();
    const std::int64_t now = 1'772'420'400, step = totp_step_at(now);
    for (std::int64_t away = -3; away <= 3; ++away) {
        const auto found = totp_step_of(secret, totp_code(secret, step + away), now, 0);
        if (away >= -1 && away <= 1)
            EXPECT_EQ(found, step + away);
        else // one in a million codes is another step's as well
            EXPECT_TRUE(!found || totp_code(secret, *found) == totp_code(secret, step + away)) << away;
    }
}

TEST(SecondFactor, IsNotTakenAgainNorAnEarlierOneAfterIt) {
    const TotpSecret secret = rfc_secret();
    const std::int64_t now = 1111111109, step = totp_step_at(now);
    EXPECT_EQ(totp_step_of(secret, totp_code(secret, step), now, step - 1), step);
    EXPECT_EQ(totp_step_of(secret, totp_code(secret, step), now, step), std::nullopt);
    EXPECT_EQ(totp_step_of(secret, totp_code(secret, step - 1), now, step), std::nullopt);
    EXPECT_EQ(totp_step_of(secret, totp_code(secret, step + 1), now, step), step + 1);
}

TEST(SecondFactor, IsReadAsPeopleTypeIt) {
    const std::int64_t now = 1111111109, step = totp_step_at(now);
    for (const char *typed : {"081804", " 081 804 ", "081-804", "๐๘๑๘๐๔", "๐๘๑ 804"})
        EXPECT_EQ(totp_step_of(rfc_secret(), typed, now, 0), step) << typed;
    for (const char *typed : {"", "0", "08180", "0818044", "081804x", "O81804", "๐๘๑๘๐", "\xe0\xb9", "081803",
                              "\xe0\xb8\x90" "81804", "081804081804"})
        EXPECT_EQ(totp_step_of(rfc_secret(), typed, now, 0), std::nullopt) << typed;
}

TEST(SecondFactor, OpensUnderItsPassphraseAndForItsOfficerOnly) {
    const TotpSecret secret = TotpSecret::random();
    const auto officer = new_officer();
    const auto right = passphrase("right");
    Bytes sealed = seal_second_factor(secret, officer, right);
    EXPECT_EQ(sealed.size(), sealed_totp_size);
    EXPECT_EQ(*open_second_factor(officer, right, sealed), secret);
    EXPECT_TRUE(fails_with(open_second_factor(new_officer(), right, sealed), Code::refused));
    EXPECT_TRUE(fails_with(open_second_factor(officer, passphrase("wrong"), sealed), Code::refused));
    sealed.pop_back();
    EXPECT_TRUE(fails_with(open_second_factor(officer, right, sealed), Code::refused));
    EXPECT_TRUE(fails_with(open_second_factor(officer, right, {}), Code::refused));
}

TEST(SecondFactor, IsNotOpenedAsAnythingElseUnderThePassphrase) {
    const auto right = passphrase("right");
    const auto officer = new_officer();
    const Bytes keys_data = base::Writer().u8(1).raw(officer.bytes()).u8(1).take();
    const TotpSecret secret = TotpSecret::random();
    EXPECT_TRUE(fails_with(open_second_factor(officer, right, aead_seal(right.wrapping, keys_data, secret.reveal(raw_secret))),
                           Code::refused));
}

TEST(SecondFactor, IsTypedIntoAnAppAsBase32) {
    EXPECT_EQ(totp_text(rfc_secret()), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    EXPECT_EQ(*totp_from_text("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), rfc_secret());
    EXPECT_EQ(*totp_from_text("gezd gnbv gy3t qojq gezd gnbv gy3t qojq"), rfc_secret());
    for (const char *text : {"", "GEZDGNBVGY3TQOJQ", "-", "1EZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"})
        EXPECT_FALSE(totp_from_text(text)) << text;
}

TEST(SecondFactor, NamesAgencyAndLoginInTheAddressOfAQrCode) {
    EXPECT_EQ(otpauth_uri(rfc_secret(), "เทศบาล A", "a:b&c"),
              "otpauth://totp/%E0%B9%80%E0%B8%97%E0%B8%A8%E0%B8%9A%E0%B8%B2%E0%B8%A5%20A:a%3Ab%26c"
              "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
              "&issuer=%E0%B9%80%E0%B8%97%E0%B8%A8%E0%B8%9A%E0%B8%B2%E0%B8%A5%20A");
}

} // namespace
