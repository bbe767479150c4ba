#include "service/domain/message.h"

#include "crypto/primitives/object.h"
#include "tests/unit/service/domain/line.h"

namespace {

using namespace domain_test;

TEST(Message, TheCleanedTextIsWhatIsSent) {
    EXPECT_EQ(check_message(" เเจ้ง\r\nเพิ่ม\u200B ").value(), "แจ้ง\nเพิ่ม");
}

TEST(Message, NothingToSayIsAFault) {
    for (const char *typed : {"", " \n\t", "\u200B"}) {
        const auto checked = check_message(typed);
        ASSERT_FALSE(checked);
        EXPECT_EQ(checked.error().field, "message");
        EXPECT_EQ(checked.error().key, "fault.message.missing");
    }
}

TEST(Message, TooMuchIsAFaultThatSaysHowMuch) {
    std::string typed;
    for (std::size_t i = 0; i < max_message; ++i)
        typed += "\U0001F600";
    ASSERT_TRUE(check_message(typed + " ")) << "the last one that fits";
    EXPECT_LE(to_json(Message{typed, Post::outside_officer, {}}).size(), crypto::max_json);
    const auto checked = check_message(typed + "กข");
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().field, "message");
    EXPECT_EQ(checked.error().key, "fault.too_long");
    EXPECT_EQ(checked.error().limit, max_message);
    EXPECT_EQ(checked.error().over, 2U);
}

TEST(MessageJson, GoesThereAndBack) {
    const auto plain = message_from_json(to_json(Message{"ก\n\"ข\"", {}, {}}));
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->text, "ก\n\"ข\"");
    EXPECT_FALSE(plain->from);
    EXPECT_FALSE(plain->refiled);
    const auto reply = message_from_json(to_json(Message{"ตอบ", Post::clerk, {}}));
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->from, Post::clerk);
    const auto answer = message_from_json(to_json(Message{"เมื่อวานนี้", {}, {}, 7}));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->answers, 7U);
    EXPECT_FALSE(reply->answers || plain->answers);
    Complaint changed;
    changed.facts = "เปลี่ยนแล้ว";
    changed.excluded = {legal};
    const auto refiled = message_from_json(to_json(Message{"", {}, changed}));
    ASSERT_TRUE(refiled && refiled->refiled);
    EXPECT_EQ(to_json(*refiled->refiled), to_json(changed));
}

TEST(MessageJson, HostileBytesAreRefused) {
    for (const char *hostile : {"", "{", "{}", "[]", R"({"text":1})", R"({"text":"a","from":"mayor"})", R"({"text":"a","from":3})",
                                R"({"text":"a","from":null})", R"({"text":"a","answers":"1"})", R"({"text":"a","answers":-1})", R"({"text":"a","answers":1.0})",
                                R"({"text":"a","answers":4294967296})", R"({"text":"a","answers":null})", R"({"text":"a","refiled":{}})", R"({"text":"a","refiled":1})",
                                "{\"text\":\"\xC3\"}"})
        EXPECT_FALSE(message_from_json(hostile)) << hostile;
}

} // namespace
