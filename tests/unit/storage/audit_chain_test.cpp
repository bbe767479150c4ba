#include "tests/unit/storage/fixtures.h"

#include <algorithm>

namespace storage_test {
namespace {

class AuditChain : public StoreTest {
protected:
    struct Link {
        std::uint64_t sequence;
        Bytes entry;
        Array<32> hash;
    };
    std::vector<Link> links() {
        storage::Database database = look();
        return storage::collect(*database.query("SELECT sequence, entry, hash FROM audit ORDER BY sequence"),
                                [](storage::Rows &row) {
                                    const auto sequence = row.number<std::uint64_t>();
                                    Bytes entry = row.bytes();
                                    return Link{sequence, std::move(entry), row.array<32>()};
                                })
            .value();
    }
    std::vector<Bytes> waiting_by_id() {
        storage::Database database = look();
        return storage::collect(*database.query("SELECT entry FROM audit_waiting ORDER BY id"),
                                [](storage::Rows &row) { return row.bytes(); })
            .value();
    }
    // Changes rows behind the store's back, as somebody with the database key could.
    void tamper(storage::Sql sql, std::initializer_list<storage::Value> values) {
        auto database = storage::Database::open(folder.database(), key, storage::Database::Access::write);
        ASSERT_TRUE(succeeded(database));
        ASSERT_TRUE(succeeded(database->run(sql, values)));
    }
};

TEST_F(AuditChain, ReportersEventsWaitOutsideOfTheChainAndOfficersDoNot) {
    const auto id = file_one();
    EXPECT_EQ(officers->head().value().sequence, 0u);
    EXPECT_EQ(officers->digests(subject_of(id), id, day_one).value().size(), 2u) << "waiting entries count already";
    ASSERT_TRUE(succeeded(store->officer_writes().move(move_of(id, 1, day_one))));
    EXPECT_EQ(officers->head().value().sequence, 1u);
    EXPECT_EQ(count("SELECT count(*) FROM audit_waiting"), 2);
}

TEST_F(AuditChain, TheNightlyBatchChainsWhatWaitsInTheOrderOfRandomIds) {
    std::vector<base::CaseId> ids;
    for (int i = 0; i < 10; ++i)
        ids.push_back(file_one());
    ASSERT_TRUE(succeeded(store->officer_writes().move(move_of(ids[0], 1, day_one))));
    const auto waiting = waiting_by_id();
    ASSERT_EQ(waiting.size(), 20u);
    EXPECT_FALSE(reporter->agency().value().roster_version);
    EXPECT_FALSE(store->maintenance().last_nightly().value());
    ASSERT_TRUE(succeeded(store->maintenance().nightly(day_two)));

    const auto chained = links();
    ASSERT_EQ(chained.size(), 21u);
    Array<32> head{};
    for (std::size_t i = 0; i < chained.size(); ++i) {
        EXPECT_EQ(chained[i].sequence, i + 1);
        head = test_hash(i + 1, head, chained[i].entry);
        EXPECT_EQ(chained[i].hash, head);
        if (i > 0) EXPECT_EQ(chained[i].entry, waiting[i - 1]);
    }
    EXPECT_EQ(officers->head().value().hash, head);
    EXPECT_EQ(count("SELECT count(*) FROM audit_waiting"), 0);
    EXPECT_EQ(store->maintenance().last_nightly().value(), day_two);
    for (const auto &id : ids)
        EXPECT_EQ(officers->digests(subject_of(id), id, day_two).value().size(), id == ids[0] ? 3u : 2u);
}

TEST_F(AuditChain, TheNightlyBatchMayBeRepeated) {
    (void)file_one();
    ASSERT_TRUE(succeeded(store->maintenance().nightly(day_two)));
    const auto head = officers->head().value();
    ASSERT_TRUE(succeeded(store->maintenance().nightly(day_two)));
    EXPECT_EQ(officers->head().value().hash, head.hash);
    reopen();
    EXPECT_EQ(store->maintenance().last_nightly().value(), day_two);
}

TEST_F(AuditChain, TheNightlyBatchEmptiesTheLog) {
    for (int i = 0; i < 20; ++i)
        (void)file_one();
    const auto log = folder.path() / "sucharit.db-wal";
    EXPECT_GT(std::filesystem::file_size(log), 400'000u);
    ASSERT_TRUE(succeeded(store->maintenance().nightly(day_two)));
    EXPECT_LT(std::filesystem::file_size(log), 40'000u) << "only the note of the day";
}

TEST_F(AuditChain, ANightlyBatchWithoutRoomFailsAndCanBeRepeated) {
    const auto id = file_one();
    {
        const disk::NoRoom fault(4096);
        EXPECT_TRUE(failed_with(store->maintenance().nightly(day_two), Code::storage_failed));
    }
    EXPECT_FALSE(store->maintenance().last_nightly().value());
    ASSERT_TRUE(succeeded(store->maintenance().nightly(day_two)));
    EXPECT_EQ(officers->head().value().sequence, 2u);
    EXPECT_EQ(officers->objects(id, day_two).value().size(), 2u);
}

TEST_F(AuditChain, GivesTheDigestOfEveryObjectAlsoOfOneThatIsGone) {
    const auto id = file_one();
    const auto sent = follow_up(id, day_one, day_one);
    ASSERT_TRUE(succeeded(store->reporter_writes().add_follow_up(sent)));
    tamper("DELETE FROM object WHERE object_id = ?", {sent.object.header.object_id});
    EXPECT_EQ(officers->objects(id, day_one).value().size(), 2u);
    const auto digests = officers->digests(subject_of(id), id, day_one).value();
    EXPECT_EQ(digests.size(), 3u);
    EXPECT_TRUE(std::ranges::any_of(digests, [&](const ports::ObjectDigest &one) {
        return one.object == sent.object.header.object_id && one.digest == crypto::digest(sent.object.sealed);
    }));
}

TEST_F(AuditChain, AnObjectPushedIntoTheFutureIsMissedAfterTheLongestDelay) {
    const auto id = file_one();
    const auto sent = follow_up(id, day_one, day_two);
    ASSERT_TRUE(succeeded(store->reporter_writes().add_follow_up(sent)));
    tamper("UPDATE object SET visible_from = 999999 WHERE object_id = ?", {sent.object.header.object_id});
    EXPECT_EQ(officers->digests(subject_of(id), id, day_two).value().size(), 2u);
    EXPECT_EQ(officers->digests(subject_of(id), id, {day_one.number + ports::longest_queue_delay}).value().size(), 2u);
    const Day later{day_one.number + ports::longest_queue_delay + 1};
    EXPECT_EQ(officers->objects(id, later).value().size(), 2u);
    EXPECT_EQ(officers->digests(subject_of(id), id, later).value().size(), 3u);
}

TEST_F(AuditChain, ReadingACaseIsNoObjectOfIt) {
    const auto id = file_one();
    ASSERT_TRUE(succeeded(store->officer_writes().append_audit({{.event = crypto::AuditEvent::case_opened,
                                                                 .day = day_one,
                                                                 .time = 5,
                                                                 .actor = base::OfficerId::random(),
                                                                 .subject = subject_of(id),
                                                                 .object = {}}})));
    EXPECT_EQ(officers->digests(subject_of(id), id, day_one).value().size(), 2u);
}

TEST_F(AuditChain, RefusesToOpenWhenTheEndOfTheLogWasRewritten) {
    const auto id = file_one();
    ASSERT_TRUE(succeeded(store->officer_writes().move(move_of(id, 1, day_one))));
    ASSERT_TRUE(succeeded(store->officer_writes().reply(reply_of(id, day_one, 2000))));
    reporter.reset();
    officers.reset();
    store.reset();
    tamper("UPDATE audit SET entry = ? WHERE sequence = 2", {random_bytes(111)});
    EXPECT_TRUE(
        failed_with(storage::Store::open({.database = folder.database()}, key.clone(), test_hash), Code::refused));
}

class AuditWalk : public AuditChain {
protected:
    // A log of some length, with a follow-up's and a reply's entry in its middle.
    base::CaseId id = base::CaseId::random();
    void fill() {
        id = file_one();
        ASSERT_TRUE(succeeded(store->reporter_writes().add_follow_up(follow_up(id, day_one, day_one))));
        ASSERT_TRUE(succeeded(store->officer_writes().reply(reply_of(id, day_one, 1))));
        ASSERT_TRUE(succeeded(store->maintenance().nightly(day_two)));
        ASSERT_TRUE(succeeded(store->officer_writes().move(move_of(id, 1, day_two))));
        ASSERT_TRUE(succeeded(store->maintenance().nightly(day_two)));
        ASSERT_GE(links().size(), 4u);
    }
    void expect_found() {
        EXPECT_TRUE(failed_with(store->maintenance().nightly(day_three), Code::refused));
        reporter.reset();
        officers.reset();
        store.reset();
        EXPECT_TRUE(
            failed_with(storage::Store::open({.database = folder.database()}, key.clone(), test_hash), Code::refused));
    }
};

TEST_F(AuditWalk, FindsAnEntryDeletedFromTheMiddle) {
    fill();
    tamper("DELETE FROM audit WHERE sequence = 2", {});
    expect_found();
}

TEST_F(AuditWalk, FindsAnEntryAltered) {
    fill();
    tamper("UPDATE audit SET entry = (SELECT entry FROM audit WHERE sequence = 1) WHERE sequence = 2", {});
    expect_found();
}

// Case and object stay: only the hash shows it.
TEST_F(AuditWalk, FindsAnEntryThatNamesSomebodyElse) {
    fill();
    for (const Link &link : links()) {
        auto entry = crypto::AuditEntry::decode(link.entry).value();
        if (entry.event != crypto::AuditEvent::reply_sent) continue;
        entry.actor = base::OfficerId::random();
        tamper("UPDATE audit SET entry = ?1 WHERE sequence = ?2", {entry.encode(), link.sequence});
    }
    expect_found();
}

TEST_F(AuditWalk, FindsAnEntryFiledUnderAnotherCase) {
    fill();
    tamper("UPDATE audit SET subject = ?1 WHERE sequence = 2", {random_array<32>()});
    expect_found();
}

TEST_F(AuditWalk, FindsAnEntryTakenOutOfTheIndexOfObjects) {
    fill();
    tamper("UPDATE audit SET object = NULL WHERE sequence = 2", {});
    expect_found();
}

TEST_F(AuditWalk, FindsALogCutShorterThanAnOfficerCountersigned) {
    fill();
    const auto head = officers->head().value();
    const auto signer = officer("clerk", domain::Post::clerk);
    ASSERT_TRUE(succeeded(store->officer_writes().add_officer(signer, {})));
    const crypto::AuditEntry entry{.event = crypto::AuditEvent::head_countersigned, .day = day_two, .time = 10,
                                   .actor = signer.row.id, .object = {}};
    ASSERT_TRUE(succeeded(store->officer_writes().countersign({signer.row.id, day_two, head.sequence, head.hash, 1, {}}, entry)));
    tamper("DELETE FROM audit WHERE sequence >= ?1", {head.sequence});
    expect_found();
}

} // namespace
} // namespace storage_test
