#include "crypto/officer/paper_code.h"

#include "tests/unit/crypto/support.h"

#include <set>

using namespace crypto_test;

TEST(PaperCode, IsReadAsPeopleTypeIt) {
    crypto::start();
    const PaperCode code = PaperCode::random();
    const std::string text = code.text();
    ASSERT_EQ(text.size(), 26u + 6u);
    std::string typed;
    for (const char c : text)
        typed += c == '-' ? ' ' : c == '1' ? 'l' : c == '0' ? 'o' : static_cast<char>(std::tolower(c));
    const auto read = PaperCode::parse(typed);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->text(), text);
    EXPECT_TRUE(read->ascii() == code.ascii());
}

TEST(PaperCode, IsRefusedInAnyOtherShape) {
    crypto::start();
    const std::string text = PaperCode::random().text();
    for (const std::string &wrong : {std::string(), text.substr(1), text + "A", "U" + text.substr(1), "ก" + text.substr(3)})
        EXPECT_TRUE(fails_with(PaperCode::parse(wrong), Code::invalid)) << wrong;
}

TEST(PaperCode, IsNeverTheSameTwiceAndItsHashIsOfThisInstance) {
    crypto::start();
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i)
        EXPECT_TRUE(seen.insert(PaperCode::random().text()).second);
    const auto here = InstanceKeys::derive(base::InstanceId::random(), InstanceKey::random());
    const auto there = InstanceKeys::derive(base::InstanceId::random(), InstanceKey::random());
    const PaperCode code = PaperCode::random();
    EXPECT_EQ(invitation_hash(here, code), invitation_hash(here, PaperCode::parse(code.text()).value()));
    EXPECT_NE(invitation_hash(here, code), invitation_hash(there, code));
}
