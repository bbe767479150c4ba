#include "crypto/primitives/object.h"

#include "crypto/primitives/case_keys.h"
#include "tests/unit/crypto/support.h"

using namespace crypto_test;

TEST(ObjectHeader, BindsEveryFieldInFixedWidth) {
    const ObjectHeader header{Kind::reply, base::CaseId::random(), base::ObjectId::random(), 7, new_officer()};
    const Bytes data = header.associated_data();
    EXPECT_EQ(data.size(), 54u);
    for (int field = 0; field < 5; ++field) {
        ObjectHeader other = header;
        if (field == 0)
            other.kind = Kind::move;
        if (field == 1)
            other.case_id = base::CaseId::random();
        if (field == 2)
            other.object_id = base::ObjectId::random();
        if (field == 3)
            other.epoch = 8;
        if (field == 4)
            other.author = {};
        EXPECT_NE(other.associated_data(), data) << field;
    }
}

TEST(Padding, ShowsOnlyAClassOfLength) {
    EXPECT_EQ(pad_text(Kind::move, Bytes(0))->size(), 4096u);
    EXPECT_EQ(pad_text(Kind::move, Bytes(4092))->size(), 4096u);
    EXPECT_EQ(pad_text(Kind::reply, Bytes(4093))->size(), 16384u);
    EXPECT_EQ(pad_text(Kind::follow_up, Bytes(16381))->size(), 65536u);
    EXPECT_EQ(pad_text(Kind::follow_up, Bytes(max_text))->size(), 65536u);
}

TEST(Padding, GivesAComplaintAtLeastSixteenKilobytes) { EXPECT_EQ(pad_text(Kind::complaint, Bytes(10))->size(), 16384u); }

TEST(Padding, GivesEveryIdentityOneSize) {
    EXPECT_EQ(pad_text(Kind::identity, {})->size(), 4096u);
    EXPECT_EQ(pad_text(Kind::identity, Bytes(max_identity))->size(), 4096u);
    EXPECT_TRUE(fails_with(pad_text(Kind::identity, Bytes(max_identity + 1)), Code::invalid));
}

TEST(Padding, RefusesWhatIsLongerThanTheLargestClass) {
    EXPECT_TRUE(fails_with(pad_text(Kind::complaint, Bytes(max_text + 1)), Code::invalid));
}

TEST(Padding, GivesBackExactlyWhatWentIn) {
    for (std::size_t size : {0u, 1u, 4091u, 4092u, 4093u, 16380u, 65532u}) {
        const Bytes plain(size, 0x5a);
        EXPECT_EQ(*unpad_text(*pad_text(Kind::follow_up, plain)), plain);
    }
}

TEST(Padding, RefusesOtherSizesLengthsAndFillings) {
    Bytes padded = *pad_text(Kind::move, view("text"));
    EXPECT_TRUE(fails_with(unpad_text(View(padded).first(4095)), Code::invalid));
    EXPECT_TRUE(fails_with(unpad_text({}), Code::invalid));
    padded.back() = 1;
    EXPECT_TRUE(fails_with(unpad_text(padded), Code::invalid));
    padded.back() = 0;
    padded[3] = 0xff;
    EXPECT_TRUE(fails_with(unpad_text(padded), Code::invalid));
}

TEST(Commitment, DiffersByKeyCaseAndEpoch) {
    const CaseKey key = CaseKey::random();
    const base::CaseId id = base::CaseId::random();
    EXPECT_EQ(commitment(key, id, 1), commitment(key, id, 1));
    EXPECT_NE(commitment(key, id, 1), commitment(key, id, 2));
    EXPECT_NE(commitment(key, id, 1), commitment(key, base::CaseId::random(), 1));
    EXPECT_NE(commitment(key, id, 1), commitment(CaseKey::random(), id, 1));
}
