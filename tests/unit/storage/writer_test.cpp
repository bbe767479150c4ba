#include "tests/unit/storage/fixtures.h"

#include <atomic>
#include <future>
#include <stdexcept>
#include <thread>

namespace storage_test {
namespace {

using storage::Database;

class WriterTest : public StoreTest {
protected:
    // Holds the writer inside a command until release(), so that a test decides what waits in the queue.
    class Held {
    public:
        explicit Held(storage::Writer &writer)
            : thread_([this, &writer] {
                  (void)writer.commit([this](Database &) -> Result<> {
                      entered_.set_value();
                      released_.get_future().wait();
                      return {};
                  });
              }) {
            entered_.get_future().wait();
        }
        void release() {
            released_.set_value();
            thread_.join();
        }

    private:
        std::promise<void> entered_, released_;
        std::thread thread_;
    };

    static Result<> put(storage::Writer &writer, std::int64_t number) {
        return writer.commit([number](Database &database) {
            return database.run("INSERT INTO setting (name, value) VALUES (?, ?)", {std::to_string(number), number});
        });
    }
};

TEST_F(WriterTest, CommitsManyCommandsInFewTransactionsAndLosesNone) {
    constexpr int threads = 16, each = 40;
    const auto commits_before = store->writer().counts().commits;
    const auto syncs_before = disk::syncs();
    std::vector<std::thread> crowd;
    std::atomic<int> failures{0};
    for (int t = 0; t < threads; ++t)
        crowd.emplace_back([&, t] {
            for (int i = 0; i < each; ++i)
                if (!put(store->writer(), t * each + i)) ++failures;
        });
    for (std::thread &thread : crowd)
        thread.join();
    const auto commits = store->writer().counts().commits - commits_before;
    EXPECT_EQ(failures, 0);
    EXPECT_LT(commits, threads * each);
    EXPECT_GE(disk::syncs() - syncs_before, commits) << "a commit that was not synced";
    reopen();
    EXPECT_EQ(count("SELECT count(*) FROM setting"), threads * each);
}

TEST_F(WriterTest, TakesEverythingThatWaitsIntoOneTransaction) {
    Held held(store->writer());
    const auto before = store->writer().counts();
    constexpr int waiting = 20;
    std::vector<std::future<Result<>>> outcomes;
    for (int i = 0; i < waiting; ++i)
        outcomes.push_back(std::async(std::launch::async, [this, i] { return put(store->writer(), i); }));
    while (store->writer().waiting() < waiting)
        std::this_thread::yield();
    held.release();
    for (auto &outcome : outcomes)
        EXPECT_TRUE(succeeded(outcome.get()));
    EXPECT_EQ(store->writer().counts().commits - before.commits, 2u); // the held one, and all the others
}

TEST_F(WriterTest, AnAnnouncedCommandThatNeverComesKeepsNobodyWaiting) {
    std::vector<std::shared_ptr<void>> announced;
    for (int i = 0; i < 10; ++i)
        announced.push_back(store->writer().announce());
    for (int i = 0; i < 3; ++i)
        EXPECT_TRUE(succeeded(put(store->writer(), i)));
}

TEST_F(WriterTest, AFailingCommandHarmsNoNeighbour) {
    Held held(store->writer());
    auto good = std::async(std::launch::async, [this] { return put(store->writer(), 1); });
    auto bad = std::async(std::launch::async, [this] {
        return store->writer().commit([](Database &database) -> Result<> {
            RETURN_IF_FAILED(database.run("INSERT INTO setting (name, value) VALUES ('half', 1)"));
            return base::fail(Code::refused, "after half of it");
        });
    });
    auto throwing = std::async(std::launch::async, [this] {
        return store->writer().commit([](Database &database) -> Result<> {
            RETURN_IF_FAILED(database.run("INSERT INTO setting (name, value) VALUES ('thrown', 1)"));
            throw std::runtime_error("a bug");
        });
    });
    auto also_good = std::async(std::launch::async, [this] { return put(store->writer(), 2); });
    while (store->writer().waiting() < 4)
        std::this_thread::yield();
    held.release();
    EXPECT_TRUE(succeeded(good.get()));
    EXPECT_TRUE(succeeded(also_good.get()));
    EXPECT_TRUE(failed_with(bad.get(), Code::refused));
    EXPECT_TRUE(failed_with(throwing.get(), Code::internal));
    EXPECT_EQ(count("SELECT count(*) FROM setting WHERE name IN ('1', '2')"), 2);
    EXPECT_EQ(count("SELECT count(*) FROM setting"), 2);
}

TEST_F(WriterTest, AnswersAtOnceWhenItsQueueIsFull) {
    reporter.reset();
    officers.reset();
    store.reset();
    auto small = storage::Store::open({.database = folder.database(), .queue_limit = 1}, key.clone(), test_hash);
    ASSERT_TRUE(succeeded(small));
    Held held((*small)->writer());
    auto queued = std::async(std::launch::async, [&] { return put((*small)->writer(), 1); });
    while ((*small)->writer().waiting() < 1)
        std::this_thread::yield();
    EXPECT_TRUE(failed_with(put((*small)->writer(), 2), Code::unavailable));
    held.release();
    EXPECT_TRUE(succeeded(queued.get()));
}

TEST_F(WriterTest, ACommitThatCannotBeSyncedIsNoSuccessForAnybodyInIt) {
    ASSERT_TRUE(succeeded(put(store->writer(), 1)));
    Held held(store->writer());
    std::vector<std::future<Result<>>> outcomes;
    for (int i = 10; i < 15; ++i)
        outcomes.push_back(std::async(std::launch::async, [this, i] { return put(store->writer(), i); }));
    while (store->writer().waiting() < 5)
        std::this_thread::yield();
    {
        const disk::SyncsFail fault;
        held.release();
        for (auto &outcome : outcomes)
            EXPECT_TRUE(failed_with(outcome.get(), Code::storage_failed));
        EXPECT_TRUE(failed_with(put(store->writer(), 20), Code::storage_failed)) << "still no disk";
    }
    EXPECT_TRUE(succeeded(put(store->writer(), 30))); // the disk is back: no restart needed
    EXPECT_GE(store->writer().counts().reopened, 1u);
    reopen();
    EXPECT_EQ(count("SELECT count(*) FROM setting"), 2);
    EXPECT_EQ(count("SELECT count(*) FROM setting WHERE name IN ('1', '30')"), 2);
}

TEST_F(WriterTest, AFullDiskFailsTheFilingWholeAndTheStoreRecoversWhenThereIsRoom) {
    const auto before = file_one();
    auto lost = filing();
    const auto lost_tag = lost.lookup_tag;
    {
        const disk::NoRoom fault(4096);
        EXPECT_TRUE(failed_with(store->reporter_writes().file(filing()), Code::storage_failed));
        EXPECT_TRUE(failed_with(store->reporter_writes().file(lost), Code::storage_failed));
        EXPECT_EQ(count("SELECT count(*) FROM complaint_case"), 1) << "reading goes on";
    }
    EXPECT_TRUE(succeeded(store->reporter_writes().file(lost))); // the same form, sent again
    EXPECT_TRUE(reporter->find_by_tag(lost_tag).value_or(std::nullopt).has_value());
    reopen();
    EXPECT_EQ(count("SELECT count(*) FROM complaint_case"), 2);
    EXPECT_EQ(count("SELECT count(*) FROM object"), 4);
    EXPECT_EQ(count("SELECT count(*) FROM audit_waiting"), 4);
    EXPECT_EQ(reporter->sent_days(before).value_or(std::vector<Day>{}).size(), 1u);
}

TEST_F(WriterTest, MakesRoomOfTheLogWhenOnlyTheLogCannotGrow) {
    (void)file_one();
    const disk::NoRoom fault(std::filesystem::file_size(folder.path() / "sucharit.db-wal") + 4096);
    EXPECT_TRUE(failed_with(store->reporter_writes().file(filing()), Code::storage_failed));
    EXPECT_TRUE(succeeded(store->reporter_writes().file(filing())));
    EXPECT_EQ(count("SELECT count(*) FROM complaint_case"), 2);
}

TEST_F(WriterTest, FinishesWhatIsQueuedBeforeItEnds) {
    auto held = std::make_unique<Held>(store->writer());
    auto queued = std::async(std::launch::async, [this] { return put(store->writer(), 7); });
    while (store->writer().waiting() < 1)
        std::this_thread::yield();
    held->release();
    reopen();
    EXPECT_TRUE(succeeded(queued.get()));
    EXPECT_EQ(count("SELECT count(*) FROM setting"), 1);
}

} // namespace
} // namespace storage_test
