#include "service/domain/passphrase.h"

#include <gtest/gtest.h>

namespace {

using domain::fold_passphrase;

std::string_view why(std::string_view typed, std::string_view login = "nitikorn", std::string_view name = "นางสาวสุดา ใจซื่อ") {
    const auto fault = domain::passphrase_fault("own", fold_passphrase(typed), login, name);
    return fault ? fault->key : std::string_view();
}

TEST(FoldPassphrase, IsTheSameHoweverATelephoneTypesIt) {
    for (const char *typed : {"Lusab babad", " lusab-babad ", "lusab \u2013 BABAD", "lusab--babad-", "lusab\u00a0babad", "\u2014lusab\u2011babad"})
        EXPECT_EQ(fold_passphrase(typed), "lusab-babad") << typed;
    EXPECT_EQ(fold_passphrase("น้ำ เเมว"), "น้ำ-แมว") << "Thai typing orders";
    EXPECT_EQ(fold_passphrase("e\u0301cole"), "\u00e9cole") << "NFC";
    EXPECT_EQ(fold_passphrase(""), "");
    EXPECT_EQ(fold_passphrase(" - "), "");
}

TEST(FoldPassphrase, LeavesWhatIsFoldedAlready) {
    for (const char *typed : {"ไก่-บ้าน-น้ำตก-ทอง", "amplify-bird-cat", "ÀB c!?_"})
        EXPECT_EQ(fold_passphrase(fold_passphrase(typed)), fold_passphrase(typed));
}

TEST(PassphraseRules, TakeFifteenCharactersThatAreNoPattern) {
    EXPECT_EQ(why("แมวกินปลาที่ริมคลองตอนเช้า"), "");
    EXPECT_EQ(why("Rain falls on tin roofs"), "");
    EXPECT_EQ(why("x7#Kq!m2Wz9&pLd"), "");
    EXPECT_EQ(why("nitikorn reads the river"), "") << "more than the login";
}

TEST(PassphraseRules, CountCharactersAndNotBytes) {
    EXPECT_EQ(why("แมวกินปลาริมนา"), "fault.passphrase.short") << "14, of three bytes each";
    EXPECT_EQ(why("แมวกินปลาริมนาน"), "");
    EXPECT_EQ(why("rain rain rain!    "), "fault.passphrase.pattern");
    EXPECT_EQ(why(std::string(150, 'a') + std::string(51, 'b')), "fault.too_long");
}

TEST(PassphraseRules, RefuseTheLoginAndTheName) {
    EXPECT_EQ(why("nitikorn-nitikorn-1"), "fault.passphrase.name");
    EXPECT_EQ(why("NITIKORN 1234567"), "fault.passphrase.name");
    EXPECT_EQ(why("นางสาวสุดา ใจซื่อ"), "fault.passphrase.name");
    EXPECT_EQ(why("นางสาวสุดา2569!"), "fault.passphrase.name");
}

TEST(PassphraseRules, RefusePatterns) {
    for (const char *typed : {"aaaaaaaaaaaaaaa", "กกกกกกกกกกกกกกกกก", "passwordpassword", "abcabcabcabcabc", "123456789012345", "qwertyuiop asdfg",
                              "ฟหกดเ้่าสวงผปแอิื", "abcdefghijklmnopq", "987654321098765", "aabbaabbaabbabab", "กขคงจฉชซฌญฎฏฐฑฒ"})
        EXPECT_EQ(why(typed), "fault.passphrase.pattern") << typed;
}

TEST(PassphraseRules, RefuseTheMostCommonHoweverTheyAreSpaced) {
    EXPECT_EQ(why("correct horse battery staple"), "fault.passphrase.common");
    EXPECT_EQ(why("CorrectHorseBatteryStaple"), "fault.passphrase.common");
    EXPECT_EQ(why("ฉันรัก ประเทศไทย"), "fault.passphrase.common");
}

} // namespace
