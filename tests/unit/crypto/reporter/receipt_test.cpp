#include "crypto/reporter/receipt.h"

#include "tests/unit/crypto/support.h"

#include <set>

using namespace crypto_test;

namespace {

InstanceKeys new_instance() { return InstanceKeys::derive(base::InstanceId::random(), InstanceKey::random()); }
constexpr base::Seconds now = 1'700'000'000;

Receipt example() { return Receipt::from_digits(view("01234567890123456789012345")); }

std::string digits_only(const Receipt &receipt) {
    std::string out = receipt.grouped();
    std::erase(out, ' ');
    return out;
}

bool parses(std::string_view typed) { return Receipt::parse(typed).has_value(); }

} // namespace

TEST(Receipt, IsShownInSevenGroupsOfFour) {
    const std::string shown = example().grouped();
    EXPECT_EQ(shown.size(), 34u);
    EXPECT_EQ(std::ranges::count(shown, ' '), 6);
    EXPECT_TRUE(parses(shown));
}

TEST(Receipt, HasCheckDigitsOfIso7064) {
    // ISO 7064 MOD 97-10 as in ISO 13616: the whole number leaves 1.
    unsigned rest = 0;
    for (char digit : digits_only(example()))
        rest = (rest * 10 + static_cast<unsigned>(digit - '0')) % 97;
    EXPECT_EQ(rest, 1u);
}

TEST(Receipt, IsTakenInThaiDigitsWithSpacesAndDashes) {
    const std::string plain = digits_only(example());
    std::string thai, dashed;
    for (char digit : plain) {
        thai += "\xe0\xb9";
        thai += static_cast<char>(0x90 + (digit - '0'));
        dashed += digit;
        dashed += "\xe2\x80\x93\xc2\xa0-";
    }
    for (const std::string &typed : {plain, thai, dashed, "  " + plain + "\r\n"}) {
        const auto parsed = Receipt::parse(typed);
        ASSERT_TRUE(parsed) << typed;
        EXPECT_EQ(digits_only(*parsed), plain);
    }
}

TEST(Receipt, RefusesEveryWrongDigit) {
    const std::string right = digits_only(example());
    for (std::size_t i = 0; i < right.size(); ++i)
        for (char digit = '0'; digit <= '9'; ++digit) {
            std::string wrong = right;
            wrong[i] = digit;
            if (wrong == right)
                continue;
            const auto parsed = Receipt::parse(wrong);
            ASSERT_FALSE(parsed) << wrong;
            EXPECT_EQ(parsed.error(), Receipt::Fault::wrong_check);
        }
}

TEST(Receipt, RefusesEverySwapOfTwoUnequalDigitsSideBySide) {
    const std::string right = digits_only(example());
    for (std::size_t i = 0; i + 1 < right.size(); ++i) {
        std::string wrong = right;
        std::swap(wrong[i], wrong[i + 1]);
        if (wrong != right)
            EXPECT_FALSE(parses(wrong)) << wrong;
    }
}

TEST(Receipt, RefusesCheckDigitsThatAreNeverIssued) {
    // 97 more or less leaves the same rest: 00, 01 and 99 stand for 97, 98 and 02.
    int aliases = 0;
    for (int i = 0; i < 400; ++i) {
        const std::string payload = "1000000000000000000000" + std::to_string(1000 + i);
        const std::string right = digits_only(Receipt::from_digits(view(payload)));
        const int check = std::stoi(right.substr(26));
        EXPECT_GE(check, 2);
        EXPECT_LE(check, 98);
        if (check < 97 && check != 2)
            continue;
        const int alias = check == 2 ? 99 : check - 97;
        EXPECT_FALSE(parses(payload + (alias < 10 ? "0" : "") + std::to_string(alias)));
        ++aliases;
    }
    EXPECT_GT(aliases, 0);
}

TEST(Receipt, SaysApartAWrongCountAndAWrongCheck) {
    const std::string right = digits_only(example());
    for (const std::string &typed : {std::string(), right.substr(1), right + "0", right + "x", "๐" + right, right + "\xe0",
                                     right + "\xe0\xb9", std::string(28, 'a'), right + std::string(1, '\0')})
        EXPECT_EQ(Receipt::parse(typed).error(), Receipt::Fault::not_28_digits) << typed;
}

TEST(Receipt, ParsesAnyBytesWithoutHarm) {
    std::srand(1);
    for (int i = 0; i < 20'000; ++i) {
        std::string noise(static_cast<std::size_t>(std::rand() % 64), '\0');
        for (char &c : noise)
            c = "0123456789 -\xe0\xb9\x90\xc2\xa0\xe2\x80\x93x"[std::rand() % 22];
        (void)parses(noise);
    }
}

TEST(ReceiptDeathTest, IsNotMadeOfAnythingButTwentySixDigits) {
    EXPECT_DEATH(Receipt::from_digits(view("123")), "26 digits");
    EXPECT_DEATH(Receipt::from_digits(view("0123456789012345678901234x")), "26 digits");
}

TEST(ReceiptKeys, AreTheSameFromPaperAndFromTheForm) {
    const ReceiptKeys a = ReceiptKeys::derive(example());
    const ReceiptKeys b = ReceiptKeys::derive(*Receipt::parse(example().grouped()));
    EXPECT_TRUE(a.lookup == b.lookup && a.record == b.record && a.compare == b.compare);
    EXPECT_EQ(a.pair.public_key, b.pair.public_key);
    EXPECT_TRUE(is_safe(a.pair.public_key));
}

TEST(ReceiptKeys, AreFoundUnderOneInstanceOnly) {
    const ReceiptKeys keys = ReceiptKeys::derive(example());
    const InstanceKeys here = new_instance(), there = new_instance();
    EXPECT_EQ(lookup_tag(keys, here), lookup_tag(keys, here));
    EXPECT_NE(lookup_tag(keys, here), lookup_tag(keys, there));
}

TEST(CompareTag, TellsEqualTextsWithoutShowingThemToOtherReceipts) {
    const ReceiptKeys mine = new_reporter(), other = new_reporter();
    EXPECT_EQ(compare_tag(mine, view("text")), compare_tag(mine, view("text")));
    EXPECT_NE(compare_tag(mine, view("text")), compare_tag(mine, view("texts")));
    EXPECT_NE(compare_tag(mine, view("text")), compare_tag(other, view("text")));
}

TEST(Once, GivesTheSameReceiptForTheSameForm) {
    const InstanceKeys keys = new_instance();
    const Once once = Once::issue(keys, now);
    const Once again = *Once::parse(keys, once.field());
    EXPECT_EQ(once.receipt(keys).grouped(), again.receipt(keys).grouped());
    const ReceiptKeys receipt = ReceiptKeys::derive(once.receipt(keys));
    EXPECT_EQ(once.object_id(receipt), again.object_id(receipt));
    EXPECT_NE(once.receipt(keys).grouped(), Once::issue(keys, now).receipt(keys).grouped());
    EXPECT_NE(once.object_id(receipt), Once::issue(keys, now).object_id(receipt));
}

TEST(Once, RefusesWhatThisInstanceDidNotMake) {
    const InstanceKeys keys = new_instance();
    const std::string field = Once::issue(keys, now).field();
    EXPECT_EQ(field.size(), 48u);
    EXPECT_TRUE(fails_with(Once::parse(new_instance(), field), Code::invalid));
    for (std::size_t i = 0; i < field.size(); ++i) {
        std::string altered = field;
        altered[i] = altered[i] == 'A' ? 'B' : 'A';
        EXPECT_TRUE(fails_with(Once::parse(keys, altered), Code::invalid)) << i;
        EXPECT_TRUE(fails_with(Once::parse(keys, field.substr(0, i)), Code::invalid)) << i;
    }
    EXPECT_TRUE(fails_with(Once::parse(keys, field + "A"), Code::invalid));
}

TEST(Once, LastsItsLifetimeAndStillParsesAfterwards) {
    const InstanceKeys keys = new_instance();
    const Once once = Once::issue(keys, now, std::chrono::hours{24});
    EXPECT_FALSE(once.expired(now));
    EXPECT_FALSE(once.expired(now + 24 * 3600 - 1));
    EXPECT_TRUE(once.expired(now + 25 * 3600));
    EXPECT_TRUE(Once::parse(keys, once.field()).has_value());
}

TEST(Once, TellsNoMinute) {
    const InstanceKeys keys = new_instance();
    const base::Seconds hour = now / 3600 * 3600;
    const auto expiry = [&](base::Seconds at) { return base::from_base64url(Once::issue(keys, at).field())->at(16); };
    EXPECT_EQ(expiry(hour + 1), expiry(hour + 3599));
}

TEST(Once, SpreadsReceiptsOverAllDigits) {
    const InstanceKeys keys = new_instance();
    std::set<std::string> seen;
    std::array<std::array<int, 10>, 26> counts{};
    constexpr int rounds = 2000;
    for (int i = 0; i < rounds; ++i) {
        const Receipt receipt = Once::issue(keys, now).receipt(keys);
        seen.insert(receipt.grouped());
        for (std::size_t k = 0; k < 26; ++k)
            ++counts[k][static_cast<std::size_t>(receipt.digits()[k] - '0')];
    }
    EXPECT_EQ(seen.size(), static_cast<std::size_t>(rounds));
    for (const auto &place : counts)
        for (int count : place) // 200 expected, standard deviation 13.4: eight of them are never left by chance
            EXPECT_NEAR(count, rounds / 10, 108);
}
