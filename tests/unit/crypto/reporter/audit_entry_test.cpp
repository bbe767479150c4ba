#include "crypto/reporter/audit_entry.h"

#include "tests/unit/crypto/support.h"

using namespace crypto_test;

namespace {

AuditEntry move_entry() {
    AuditEntry entry;
    entry.event = AuditEvent::case_moved;
    entry.day = today;
    entry.time = 1'700'000'000;
    entry.actor = new_officer();
    entry.subject[3] = 9;
    entry.object = base::ObjectId::random();
    entry.digest[7] = 1;
    return entry;
}

} // namespace

TEST(AuditEntry, ReadsBackWhatItWrote) {
    const AuditEntry entry = move_entry();
    const Bytes bytes = entry.encode();
    EXPECT_EQ(bytes.size(), 111u);
    const AuditEntry read = *AuditEntry::decode(bytes);
    EXPECT_EQ(read.encode(), bytes);
    EXPECT_EQ(read.day, entry.day);
    EXPECT_EQ(read.time, entry.time);
    EXPECT_EQ(read.actor, entry.actor);
}

TEST(AuditEntry, RefusesOtherLengthsVersionsAndEvents) {
    Bytes bytes = move_entry().encode();
    EXPECT_TRUE(fails_with(AuditEntry::decode(View(bytes).first(110)), Code::invalid));
    Bytes longer = bytes;
    longer.push_back(0);
    EXPECT_TRUE(fails_with(AuditEntry::decode(longer), Code::invalid));
    bytes[1] = 99;
    EXPECT_TRUE(fails_with(AuditEntry::decode(bytes), Code::invalid));
    bytes[1] = 31;
    bytes[0] = 2;
    EXPECT_TRUE(fails_with(AuditEntry::decode(bytes), Code::invalid));
}

TEST(AuditEntryDeathTest, NeverHoldsTheTimeOrTheActorOfAReportersAct) {
    AuditEntry entry = move_entry();
    entry.event = AuditEvent::follow_up;
    entry.actor = {};
    EXPECT_DEATH((void)entry.encode(), "reporter's act");
    entry.time = 0;
    Bytes bytes = entry.encode();
    EXPECT_TRUE(AuditEntry::decode(bytes).has_value());
    bytes[7] = 1; // the time of day
    EXPECT_TRUE(fails_with(AuditEntry::decode(bytes), Code::invalid));
    bytes[1] = static_cast<base::Byte>(AuditEvent::file_added);
    EXPECT_TRUE(fails_with(AuditEntry::decode(bytes), Code::invalid));
    bytes[7] = 0;
    EXPECT_TRUE(AuditEntry::decode(bytes).has_value());
}

TEST(AuditChain, DependsOnPlacePredecessorAndEntry) {
    const InstanceKeys keys = InstanceKeys::derive({}, InstanceKey::random());
    const Bytes entry = move_entry().encode();
    const Array<32> first = chain_hash(keys, 1, {}, entry);
    EXPECT_NE(first, chain_hash(keys, 2, {}, entry));
    EXPECT_NE(first, chain_hash(keys, 1, first, entry));
    EXPECT_NE(first, chain_hash(keys, 1, {}, move_entry().encode()));
    EXPECT_NE(first, chain_hash(InstanceKeys::derive({}, InstanceKey::random()), 1, {}, entry));
}

TEST(AuditChain, ShowsAPseudonymForACase) {
    const InstanceKeys keys = InstanceKeys::derive({}, InstanceKey::random());
    const base::CaseId id = base::CaseId::random();
    EXPECT_EQ(case_pseudonym(keys, id), case_pseudonym(keys, id));
    EXPECT_NE(case_pseudonym(keys, id), case_pseudonym(keys, base::CaseId::random()));
    EXPECT_NE(case_pseudonym(keys, id), case_pseudonym(InstanceKeys::derive({}, InstanceKey::random()), id));
}

TEST(AuditEntry, DecodesAnyBytesWithoutHarm) {
    for (int i = 0; i < 5000; ++i) {
        Bytes noise(static_cast<std::size_t>(i % 128));
        detail::fill_random(noise.data(), noise.size());
        (void)AuditEntry::decode(noise);
    }
}
