#include "storage/data_folder.h"

#include "tests/unit/storage/fixtures.h"

#include <fstream>
#include <sys/stat.h>

namespace storage_test {
namespace {

using storage::DataFolder;

unsigned mode_of(const std::filesystem::path &path) {
    struct stat found {};
    return ::stat(path.c_str(), &found) == 0 ? found.st_mode & 0777 : 0;
}

class DataFolderTest : public ::testing::Test {
protected:
    TemporaryFolder above;
    std::filesystem::path path = above.path() / "data";
};

TEST_F(DataFolderTest, IsTheOwnersAlone) {
    auto folder = DataFolder::create(path);
    ASSERT_TRUE(succeeded(folder));
    EXPECT_EQ(mode_of(path), 0700u);
    ASSERT_TRUE(succeeded(folder->write_database_key(random_bytes(72))));
    EXPECT_EQ(mode_of(folder->database_key()), 0600u);
    EXPECT_EQ(mode_of(path / "lock"), 0600u);
    auto store = storage::Store::create({.database = folder->database()}, crypto::DatabaseKey::random(), test_hash);
    ASSERT_TRUE(succeeded(store));
    for (const auto &found : std::filesystem::recursive_directory_iterator(path))
        EXPECT_EQ(mode_of(found.path()), found.is_directory() ? 0700u : 0600u) << found.path();
}

TEST_F(DataFolderTest, RefusesASecondProcess) {
    {
        const auto folder = DataFolder::create(path);
        ASSERT_TRUE(succeeded(folder));
        EXPECT_TRUE(failed_with(DataFolder::open(path), Code::refused));
    }
    EXPECT_TRUE(succeeded(DataFolder::open(path)));
}

TEST_F(DataFolderTest, RefusesAFolderThatOthersMayEnter) {
    ASSERT_TRUE(succeeded(DataFolder::create(path)));
    ::chmod(path.c_str(), 0750);
    EXPECT_TRUE(failed_with(DataFolder::open(path), Code::refused));
}

TEST_F(DataFolderTest, RefusesToMakeAnAgencyOverAnother) {
    EXPECT_TRUE(failed_with(DataFolder::open(path), Code::not_found));
    {
        const auto folder = DataFolder::create(path);
        ASSERT_TRUE(succeeded(folder));
        ASSERT_TRUE(succeeded(folder->write_database_key(random_bytes(72))));
    }
    EXPECT_TRUE(failed_with(DataFolder::create(path), Code::conflict));
}

TEST_F(DataFolderTest, ReplacesTheKeyFileInOneStep) {
    const auto folder = DataFolder::create(path);
    ASSERT_TRUE(succeeded(folder));
    EXPECT_TRUE(failed_with(folder->read_database_key(), Code::not_found));
    const auto before = random_bytes(72), after = random_bytes(72);
    ASSERT_TRUE(succeeded(folder->write_database_key(before)));
    {
        const disk::SyncsFail fault;
        EXPECT_TRUE(failed_with(folder->write_database_key(after), Code::storage_failed));
    }
    EXPECT_EQ(folder->read_database_key().value_or(Bytes{}), before);
    ASSERT_TRUE(succeeded(folder->write_database_key(after)));
    EXPECT_EQ(folder->read_database_key().value_or(Bytes{}), after);
}

} // namespace
} // namespace storage_test
