#include "service/domain/text.h"

#include <gtest/gtest.h>

#include <random>

namespace {

using domain::beginning, domain::characters, domain::clean_line, domain::clean_text;

TEST(CleanText, ComposesButNeverTakesApart) {
    EXPECT_EQ(clean_text("e\u0301"), "\u00E9");
    EXPECT_EQ(clean_text("ทำ"), "\u0E17\u0E33") << "NFKC would take ำ apart";
    EXPECT_EQ(clean_text("\uFB01 \u00B2 \uFF11 ๑"), "\uFB01 \u00B2 \uFF11 ๑") << "compatibility forms stay as typed";
}

TEST(CleanText, ComposesAcrossInvisibleCharacters) { EXPECT_EQ(clean_text("e\u200B\u0301"), "\u00E9"); }

TEST(CleanText, TwoSaraEBecomeSaraAe) {
    EXPECT_EQ(clean_text("เเม่"), "แม่");
    EXPECT_EQ(clean_text("เ\u200Bเม่"), "แม่");
    EXPECT_EQ(clean_text("เ ม"), "เ ม");
    EXPECT_EQ(clean_text("เเเ"), "แเ");
}

TEST(CleanText, EveryOrderOfTypingSaraAmIsOne) {
    EXPECT_EQ(clean_text("ท\u0E4D\u0E32"), "ท\u0E33");
    for (const char *tone : {"\u0E48", "\u0E49", "\u0E4A", "\u0E4B"}) {
        const std::string t = tone, expected = "น" + t + "\u0E33";
        EXPECT_EQ(clean_text("น" + t + "\u0E33"), expected);
        EXPECT_EQ(clean_text("น\u0E33" + t), expected);
        EXPECT_EQ(clean_text("น" + t + "\u0E4D\u0E32"), expected);
        EXPECT_EQ(clean_text("น\u0E4D" + t + "\u0E32"), expected);
        EXPECT_EQ(clean_text("น\u0E4D\u0E32" + t), expected);
        EXPECT_EQ(clean_text("น\u200B\u0E4D\u200B" + t + "\u200B\u0E32"), expected);
    }
}

TEST(CleanText, ToneMarksComeAfterTheVowelAboveOrBelow) {
    for (const char *vowel : {"\u0E31", "\u0E34", "\u0E35", "\u0E36", "\u0E37", "\u0E38", "\u0E39"}) {
        const std::string v = vowel;
        EXPECT_EQ(clean_text("ท\u0E48" + v), "ท" + v + "\u0E48");
        EXPECT_EQ(clean_text("ท" + v + "\u0E48"), "ท" + v + "\u0E48");
    }
}

// Found by tests/fuzz/text.cpp: marks in a row were moved one place only, and out of the order that NFC demands.
TEST(CleanText, MarksInARowAreSortedWhateverTheirNumber) {
    EXPECT_EQ(clean_text("ก\u0E48\u0E49\u0E34"), "ก\u0E34\u0E48\u0E49");
    EXPECT_EQ(clean_text("ก\u0E33\u0E33\u0E48"), "ก\u0E48\u0E33\u0E33");
    EXPECT_EQ(clean_text("x\u0301\u0E33\u0E48"), "x\u0E48\u0301\u0E33") << "NFC has the tone mark before the accent";
    EXPECT_EQ(clean_text("a\u0E33\u0301"), "\u00E1\u0E33");
}

TEST(CleanText, NikhahitAndSaraAaApartStayApart) {
    EXPECT_EQ(clean_text("\u0E4Dก\u0E32"), "\u0E4Dก\u0E32");
    EXPECT_EQ(clean_text("มา\u0E4D"), "มา\u0E4D");
}

TEST(CleanText, DropsInvisibleAndDirectionCharacters) {
    EXPECT_EQ(clean_text("ก\u200Bข\u200Cค\u200Dง\u2060จ\uFEFFฉ\u00ADช\u202Eซ\u2066ญ"), "กขคงจฉชซญ");
    EXPECT_EQ(clean_text("\u200B\u200B"), "") << "nothing that can be seen is nothing";
}

TEST(CleanText, LineBreaksAreOneKindAndOtherControlsGo) {
    EXPECT_EQ(clean_text("a\r\nb\rc\nd"), "a\nb\nc\nd");
    EXPECT_EQ(clean_text(std::string_view("a\0b\x01\x1B\x7F\u0085z", 9)), "abz");
    EXPECT_EQ(clean_text("a\tb"), "a b");
}

TEST(CleanText, TrimsTheEndsAndKeepsWhatIsInside) {
    EXPECT_EQ(clean_text(" \t\r\n\u00A0 ก  ข\n\nค \n"), "ก  ข\n\nค");
    EXPECT_EQ(clean_text(" \n "), "");
    EXPECT_EQ(clean_text(""), "");
}

TEST(CleanLine, IsOneLineWithSingleBlanks) {
    EXPECT_EQ(clean_line("  นาย \u00A0 สมชาย\r\nใจดี\t "), "นาย สมชาย ใจดี");
    EXPECT_EQ(clean_line("\n"), "");
}

TEST(Characters, AreCodePointsNotBytes) {
    EXPECT_EQ(characters(""), 0U);
    EXPECT_EQ(characters("abc"), 3U);
    EXPECT_EQ(characters("ที่"), 3U);
    EXPECT_EQ(characters("\U0001F600"), 1U);
}

// What is cleaned twice (the form, then the page that checks it) must compare equal to what was cleaned once.
TEST(CleanText, CleaningAgainChangesNothing) {
    const char *pieces[] = {"ก", "น\u0E48\u0E33", "น\u0E33\u0E48", "น\u0E4D\u0E49\u0E32", "ท\u0E48\u0E35", "ท\u0E35\u0E48",
                            "ร\u0E49\u0E39", "เ", "แ", "\u0E32", "\u0E4D", "\u200B", "\u00AD", " ", "\n", "\r", "\t", "e\u0301",
                            "\u0E48", "\u0E34", "\u0E38", "\u0E33", "\u0301"};
    std::mt19937 random(20260101); // NOLINT: the same texts in every run
    for (int round = 0; round < 20000; ++round) {
        std::string typed;
        for (unsigned length = random() % 9; length > 0; --length)
            typed += pieces[random() % std::size(pieces)];
        const std::string once = clean_text(typed), line = clean_line(typed);
        ASSERT_EQ(clean_text(once), once) << testing::PrintToString(typed);
        ASSERT_EQ(clean_line(line), line) << testing::PrintToString(typed);
        ASSERT_EQ(clean_line(once), line) << testing::PrintToString(typed);
    }
}

TEST(Beginning, KeepsWhatStandsAboveOrBelowALetterWithIt) {
    EXPECT_EQ(beginning("", 3), "");
    EXPECT_EQ(beginning("กขค", 3), "กขค");
    EXPECT_EQ(beginning("กขคง", 3), "กขค");
    EXPECT_EQ(beginning("กขที่ง", 3), "กขที่") << "vowel and tone";
    EXPECT_EQ(beginning("กขนำง", 3), "กขนำ");
    EXPECT_EQ(beginning("ab😀c", 3), "ab😀");
}

} // namespace
