#include "crypto/base/bytes.h"

#include "crypto/base/clock.h"
#include "crypto/base/ids.h"

#include <gtest/gtest.h>

using namespace base;

TEST(Writer, WritesLittleEndianFieldsThatReaderReadsBack) {
    const Bytes bytes = Writer().u8(1).u16(0x0302).u32(0x07060504).u64(0x0f0e0d0c0b0a0908).text16("ก").take();
    EXPECT_EQ(hex(bytes), "0102030405060708090a0b0c0d0e0f0300e0b881");
    Reader reader(bytes);
    EXPECT_EQ(reader.u8(), 1);
    EXPECT_EQ(reader.u16(), 0x0302);
    EXPECT_EQ(reader.u32(), 0x07060504u);
    EXPECT_EQ(reader.u64(), 0x0f0e0d0c0b0a0908u);
    EXPECT_EQ(reader.text16(), "ก");
    EXPECT_TRUE(reader.finished());
}

TEST(Reader, GivesZerosAfterTheFirstFieldThatDoesNotFit) {
    const Bytes bytes{1, 2, 3};
    Reader reader(bytes);
    EXPECT_EQ(reader.u32(), 0u);
    EXPECT_EQ(reader.u8(), 0) << "the rest is not read as if it were whole";
    EXPECT_FALSE(reader.ok());
    EXPECT_FALSE(reader.finished());
}

TEST(Reader, IsNotFinishedWhileBytesAreLeftOver) {
    const Bytes bytes{1, 2};
    Reader reader(bytes);
    reader.u8();
    EXPECT_TRUE(reader.ok());
    EXPECT_FALSE(reader.finished());
}

TEST(Base64Url, RefusesPaddingSpacesAndTheOtherAlphabet) {
    EXPECT_EQ(base64url(Bytes{0xfb, 0xff}), "-_8");
    EXPECT_EQ(from_base64url("-_8"), (Bytes{0xfb, 0xff}));
    EXPECT_EQ(from_base64url({}), Bytes());
    EXPECT_EQ(base64url({}), "");
    for (const char *bad : {"-_8=", "+/8", "-_ 8", "-_9"})
        EXPECT_FALSE(from_base64url(bad)) << bad;
}

// libsodium 1.0.18 takes them for the last character of the alphabet where char is signed.
TEST(Base64Url, RefusesEveryByteOutsideAscii) {
    for (int byte = 0x80; byte <= 0xff; ++byte)
        for (const std::size_t at : {0u, 3u}) {
            std::string field = "AAAA";
            field[at] = static_cast<char>(byte);
            EXPECT_FALSE(from_base64url(field)) << std::hex << byte;
        }
}

TEST(Hex, RefusesOddLengthsAndOtherCharacters) {
    EXPECT_EQ(from_hex("00fF"), (Bytes{0, 0xff}));
    EXPECT_EQ(from_hex(""), Bytes());
    EXPECT_EQ(from_hex({}), Bytes());
    for (const char *bad : {"0", "0g", "00 1"})
        EXPECT_FALSE(from_hex(bad)) << bad;
}

TEST(StrongId, TakesExactlySixteenBytes) {
    const CaseId id = CaseId::random();
    EXPECT_EQ(CaseId::from_text(id.text()), id);
    EXPECT_FALSE(CaseId::from(Bytes(15)));
    EXPECT_FALSE(CaseId::from_text(id.text() + "00"));
    EXPECT_TRUE(CaseId().is_zero());
    static_assert(!std::is_convertible_v<CaseId, ObjectId> && !std::is_constructible_v<ObjectId, CaseId>);
}

TEST(Day, BeginsAtMidnightInBangkok) {
    EXPECT_EQ(day_of(17 * 3600 - 1).number, 0);
    EXPECT_EQ(day_of(17 * 3600).number, 1);
    EXPECT_EQ(day_of(-7 * 3600 - 1).number, -1);
}
