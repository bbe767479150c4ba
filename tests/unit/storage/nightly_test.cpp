// The nightly batch on a disk that fails: nothing is lost, and the next batch and the next filing go through.
#include "tests/unit/storage/fixtures.h"

namespace storage_test {
namespace {

class NightlyTest : public StoreTest {
protected:
    void expect_that_all_is_well(std::int64_t filings) {
        EXPECT_TRUE(succeeded(store->maintenance().nightly(day_two)));
        EXPECT_EQ(store->maintenance().last_nightly().value_or(std::nullopt), day_two);
        file_one();
        EXPECT_EQ(count("SELECT count(*) FROM complaint_case"), filings + 1);
        auto database = look();
        auto check = database.query("PRAGMA integrity_check");
        ASSERT_TRUE(check && check->next().value_or(false));
        EXPECT_EQ(check->text(), "ok");
    }
};

TEST_F(NightlyTest, IsRememberedOnlyWhenItWasDone) {
    EXPECT_EQ(store->maintenance().last_nightly().value_or(day_one), std::nullopt);
    file_one();
    {
        const disk::SyncsFail fault;
        EXPECT_TRUE(failed_with(store->maintenance().nightly(day_one), Code::storage_failed));
    }
    EXPECT_EQ(store->maintenance().last_nightly().value_or(day_one), std::nullopt);
    expect_that_all_is_well(1);
}

TEST_F(NightlyTest, ADiskThatIsFullForTheVacuumLosesNothing) {
    for (int i = 0; i < 60; ++i)
        file_one();
    ASSERT_TRUE(succeeded(store->maintenance().nightly(day_one)));
    const auto reopened = store->writer().counts().reopened;
    {
        const disk::NoRoom fault(256 * 1024); // enough for a small commit, too little for a copy of all rows
        EXPECT_TRUE(failed_with(store->maintenance().nightly(day_two), Code::storage_failed));
        EXPECT_EQ(store->maintenance().last_nightly().value_or(std::nullopt), day_one);
    }
    expect_that_all_is_well(60);
    EXPECT_GT(store->writer().counts().reopened, reopened) << "the connection that failed was used again";
}

TEST_F(NightlyTest, AFailedBatchIsNotTakenForDoneByTheNextStart) {
    file_one();
    {
        const disk::SyncsFail fault;
        EXPECT_FALSE(store->maintenance().nightly(day_one));
    }
    reopen();
    EXPECT_EQ(store->maintenance().last_nightly().value_or(day_one), std::nullopt);
    expect_that_all_is_well(1);
}

} // namespace
} // namespace storage_test
