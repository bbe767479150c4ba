// Whose the data folder and its files are.
#include "storage/data_folder.h"
#include "tests/unit/storage/fixtures.h"

#include <sys/stat.h>
#include <unistd.h>

namespace storage_test {
namespace {

using storage::DataFolder;

constexpr uid_t nobody = 65534;

class Ownership : public ::testing::Test {
protected:
    TemporaryFolder above;
    std::filesystem::path path = above.path() / "data";
};

TEST_F(Ownership, OfTheFolderByAnybodyElseIsRefused) {
    if (::geteuid() != 0) GTEST_SKIP() << "only root can give a folder away";
    ASSERT_TRUE(succeeded(DataFolder::create(path)));
    ASSERT_EQ(::chown(path.c_str(), nobody, nobody), 0);
    EXPECT_TRUE(failed_with(DataFolder::open(path), Code::refused));
    EXPECT_TRUE(failed_with(DataFolder::create(path), Code::refused));
    ASSERT_EQ(::chown(path.c_str(), 0, 0), 0);
    EXPECT_TRUE(succeeded(DataFolder::open(path)));
}

TEST_F(Ownership, DoesNotDependOnTheUmaskOfTheStarter) {
    const mode_t before = ::umask(0);
    {
        const auto folder = DataFolder::create(path);
        ASSERT_TRUE(succeeded(folder));
        ::umask(0); // whatever the process does to it later
        ASSERT_TRUE(succeeded(folder->write_database_key(random_bytes(72))));
        ASSERT_TRUE(succeeded(folder->write_database_key(random_bytes(72)))) << "replaced";
    }
    ::umask(before);
    struct stat found {};
    ASSERT_EQ(::stat((path / "database.key").c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 07777, 0600u);
    ASSERT_EQ(::stat((path / "lock").c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 07777, 0600u);
    ASSERT_EQ(::stat(path.c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 07777, 0700u);
}

TEST_F(Ownership, MakesTheProcessItselfKeepNewFilesPrivate) {
    const mode_t before = ::umask(0);
    {
        const auto made = DataFolder::create(path);
        ASSERT_TRUE(succeeded(made));
        EXPECT_EQ(::umask(0), mode_t{077});
    }
    const auto opened = DataFolder::open(path);
    ASSERT_TRUE(succeeded(opened));
    EXPECT_EQ(::umask(before), mode_t{077});
}

} // namespace
} // namespace storage_test
