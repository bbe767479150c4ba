#include "crypto/reporter/paper_key.h"

#include "tests/unit/crypto/support.h"

namespace {

using crypto::PaperKey;

PaperKey some() {
    crypto::start();
    base::Array<16> id{};
    base::Array<32> key{};
    for (std::size_t i = 0; i < id.size(); ++i)
        id[i] = static_cast<base::Byte>(i);
    for (std::size_t i = 0; i < key.size(); ++i)
        key[i] = static_cast<base::Byte>(0xff - i);
    return PaperKey::of(base::InstanceId(id), crypto::InstanceKey::from(crypto::raw_secret, key));
}

TEST(PaperKey, StandsOnPaperInNumberedGroupsOfTwelveDigits) {
    const PaperKey key = some();
    EXPECT_EQ(key.group(1), "0000 0660 5166");
    EXPECT_EQ(key.group(5).size(), 14u);
    for (int number = 1; number <= crypto::paper_groups; ++number)
        for (const char c : key.group(number))
            EXPECT_TRUE(c == ' ' || (c >= '0' && c <= '9'));
}

TEST(PaperKey, IsReadAsItWasPrintedAlsoInThaiDigitsAndWithHyphens) {
    const PaperKey key = some();
    PaperKey read;
    for (int number = 1; number <= crypto::paper_groups; ++number) {
        std::string typed = key.group(number);
        if (number % 2 == 0) {
            std::string thai;
            for (const char c : typed)
                thai += c == ' ' ? std::string("-") : "\xe0\xb9" + std::string(1, static_cast<char>(0x90 + (c - '0')));
            typed = thai;
        }
        EXPECT_TRUE(read.take(number, typed)) << number;
    }
    EXPECT_EQ(read.instance(), key.instance());
    EXPECT_TRUE(read.key() == key.key());
}

TEST(PaperKey, RefusesEverySlipOfOneDigitAndEverySwapOfNeighbours) {
    const PaperKey key = some();
    PaperKey read;
    const std::string right = key.group(7);
    for (std::size_t at = 0; at < right.size(); ++at) {
        if (right[at] == ' ')
            continue;
        for (char other = '0'; other <= '9'; ++other) {
            std::string typed = right;
            typed[at] = other;
            EXPECT_EQ(read.take(7, typed), other == right[at]) << typed;
        }
        if (at + 1 < right.size() && right[at + 1] != ' ' && right[at] != right[at + 1]) {
            std::string typed = right;
            std::swap(typed[at], typed[at + 1]);
            EXPECT_FALSE(read.take(7, typed)) << typed;
        }
    }
}

TEST(PaperKey, RefusesAGroupInAnothersPlaceAndWhatIsNoGroup) {
    const PaperKey key = some();
    PaperKey read;
    for (int number = 1; number <= crypto::paper_groups; ++number)
        if (number != 5)
            EXPECT_FALSE(read.take(number, key.group(5))) << number;
    for (const char *typed : {"", "1234", "abcd 1234 5678", "1234 5678 9012 3"})
        EXPECT_FALSE(read.take(5, typed)) << typed;
}

} // namespace
