#include "storage/file_store.h"

#include "tests/unit/storage/fixtures.h"

#include <fstream>
#include <sys/stat.h>

namespace storage_test {
namespace {

using ports::FileName;
using storage::FileStore;
using storage::Room;
namespace fs = std::filesystem;

constexpr std::int64_t fixed_day = 946'684'800;

class FileStoreTest : public ::testing::Test {
protected:
    FileStoreTest() { reopen(); }
    void reopen() {
        store.reset();
        auto opened = FileStore::open(root, [this] { return Result<Room>(room); });
        ASSERT_TRUE(succeeded(opened));
        store = std::move(*opened);
    }
    fs::path part(FileName name) const { return root / "parts" / name.text(); }
    fs::path place(FileName name) const { return root / name.text().substr(0, 2) / name.text(); }
    std::unique_ptr<ports::IncomingFile> begun(FileName name, base::View front = {}) {
        auto out = store->receive(name, front.size());
        EXPECT_TRUE(succeeded(out));
        EXPECT_TRUE(succeeded((*out)->append(front)));
        return std::move(*out);
    }
    FileName finished(base::View whole) {
        const auto name = FileName::random();
        EXPECT_TRUE(succeeded(begun(name, whole)->finish()));
        return name;
    }
    Bytes content(FileName name) {
        const auto file = store->open(name);
        if (!succeeded(file)) return {};
        Bytes out((*file)->size());
        EXPECT_TRUE(succeeded((*file)->read(0, out)));
        return out;
    }
    static struct stat state(const fs::path &path) {
        struct stat out {};
        EXPECT_EQ(::stat(path.c_str(), &out), 0) << path;
        return out;
    }
    static std::size_t entries(const fs::path &path) {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(path), fs::directory_iterator()));
    }

    TemporaryFolder folder;
    const fs::path root = folder.path() / "files";
    Room room{.free = 1ull << 40, .whole = 1ull << 40};
    std::unique_ptr<FileStore> store;
    const Bytes bytes = random_bytes(100'000);
};

TEST_F(FileStoreTest, AFileIsThereWhenItIsFinishedAndNotBefore) {
    const auto name = FileName::random();
    auto coming = begun(name, bytes);
    EXPECT_TRUE(failed_with(store->open(name), Code::not_found));
    EXPECT_FALSE(store->stands(name, bytes.size()));
    ASSERT_TRUE(succeeded(coming->finish()));
    EXPECT_EQ(content(name), bytes);
    EXPECT_TRUE(store->stands(name, bytes.size()));
    EXPECT_FALSE(store->stands(name, bytes.size() - 1));
    EXPECT_EQ(entries(root / "parts"), 0u);
    EXPECT_FALSE(coming->append(bytes)) << "it is finished";
}

TEST_F(FileStoreTest, GoesOnWhereItStood) {
    const auto name = FileName::random();
    begun(name, base::View(bytes).first(60'000));
    reopen();
    auto again = begun(name);
    ASSERT_EQ(again->size(), 60'000u);
    ASSERT_TRUE(succeeded(again->cut(50'000)));
    EXPECT_EQ(again->size(), 50'000u);
    EXPECT_FALSE(again->cut(50'001));
    ASSERT_TRUE(succeeded(again->append(base::View(bytes).subspan(50'000))));
    Bytes middle(20'000);
    ASSERT_TRUE(succeeded(again->read(40'000, middle)));
    EXPECT_TRUE(std::equal(middle.begin(), middle.end(), bytes.begin() + 40'000));
    EXPECT_TRUE(failed_with(again->read(90'000, middle), Code::refused));
    ASSERT_TRUE(succeeded(again->finish()));
    EXPECT_EQ(content(name), bytes);
}

TEST_F(FileStoreTest, OneRequestWritesAFileAtATime) {
    const auto name = FileName::random();
    auto first = begun(name, bytes);
    EXPECT_TRUE(failed_with(store->receive(name, 0), Code::conflict));
    first.reset();
    EXPECT_TRUE(succeeded(store->receive(name, 0)));
}

TEST_F(FileStoreTest, ACompleteFileIsNeverWrittenAgain) {
    const auto name = finished(bytes);
    EXPECT_TRUE(failed_with(store->receive(name, 0), Code::conflict));
    // One that was begun before the other was finished: it looked, and saw no complete one.
    const auto raced = FileName::random();
    auto slower = begun(raced, random_bytes(10));
    fs::create_directory(place(raced).parent_path());
    fs::copy_file(place(name), place(raced));
    EXPECT_TRUE(failed_with(slower->finish(), Code::conflict));
    EXPECT_EQ(content(raced), bytes);
}

TEST_F(FileStoreTest, ReadsAnywhereAndNothingBeyond) {
    const auto name = finished(bytes);
    const auto file = store->open(name);
    ASSERT_TRUE(succeeded(file));
    EXPECT_EQ((*file)->size(), bytes.size());
    Bytes some(100);
    ASSERT_TRUE(succeeded((*file)->read(bytes.size() - 100, some)));
    EXPECT_TRUE(std::equal(some.begin(), some.end(), bytes.end() - 100));
    EXPECT_TRUE(failed_with((*file)->read(bytes.size() - 99, some), Code::refused));
}

TEST_F(FileStoreTest, ModesArePrivateAndTimesSayNothing) {
    const auto name = finished(bytes);
    (void)content(name);
    const struct stat file = state(place(name));
    EXPECT_EQ(file.st_mode & 07777, 0600u);
    EXPECT_EQ(file.st_mtim.tv_sec, fixed_day);
    EXPECT_EQ(file.st_atim.tv_sec, fixed_day);
    for (const fs::path &path : {root, root / "parts", place(name).parent_path()}) {
        EXPECT_EQ(state(path).st_mode & 07777, 0700u) << path;
        EXPECT_EQ(state(path).st_mtim.tv_sec, fixed_day) << path;
    }
    begun(FileName::random(), bytes);
    for (const auto &found : fs::directory_iterator(root / "parts"))
        EXPECT_EQ(state(found.path()).st_mode & 07777, 0600u);
}

TEST_F(FileStoreTest, NothingTellsWhenAFileCameInHalvesOrWasPutAsideOrWent) {
    EXPECT_EQ(entries(root), 257u) << "a folder that is made when it is needed tells for ever when that was";
    const auto half = FileName::random();
    begun(half, bytes);
    ASSERT_TRUE(succeeded((*store->put_aside())->append(bytes)));
    ASSERT_TRUE(succeeded(store->remove(finished(bytes))));
    const auto gone = FileName::random();
    begun(gone, bytes);
    ASSERT_TRUE(succeeded(store->remove(gone)));
    EXPECT_EQ(entries(root / "parts"), 1u) << "what was put aside has a name";
    EXPECT_EQ(state(part(half)).st_mtim.tv_sec, fixed_day);
    for (const auto &entry : fs::directory_iterator(root))
        EXPECT_EQ(state(entry.path()).st_mtim.tv_sec, fixed_day) << entry.path();
    fs::last_write_time(part(half), fs::file_time_type::clock::now()); // as a kill leaves it
    ASSERT_TRUE(succeeded(store->sweep({.complete = {}, .incomplete = {half}})));
    EXPECT_EQ(state(part(half)).st_mtim.tv_sec, fixed_day);
}

TEST_F(FileStoreTest, ASyncThatFailsLosesTheFile) {
    const auto name = FileName::random();
    auto coming = begun(name, bytes);
    {
        const disk::SyncsFail fault;
        EXPECT_TRUE(failed_with(coming->finish(), Code::storage_failed));
    }
    EXPECT_FALSE(coming->finish()) << "asked again, the system says that all is well";
    coming.reset();
    EXPECT_TRUE(failed_with(store->open(name), Code::not_found));
    EXPECT_EQ(begun(name)->size(), 0u);
}

TEST_F(FileStoreTest, AFullDiskKeepsWhatStoodAndGoesOnLater) {
    const auto name = FileName::random();
    auto coming = begun(name, base::View(bytes).first(60'000));
    {
        const disk::NoRoom fault(80'000);
        EXPECT_TRUE(failed_with(coming->append(base::View(bytes).subspan(60'000)), Code::storage_failed));
    }
    EXPECT_EQ(coming->size(), 60'000u);
    ASSERT_TRUE(succeeded(coming->append(base::View(bytes).subspan(60'000))));
    ASSERT_TRUE(succeeded(coming->finish()));
    EXPECT_EQ(content(name), bytes);
}

TEST_F(FileStoreTest, LeavesTheReserveAlone) {
    room = {.free = 300'000, .whole = 1'000'000};
    EXPECT_TRUE(failed_with(store->receive(FileName::random(), 100'001), Code::unavailable));
    const auto name = FileName::random();
    auto coming = begun(name, bytes);
    room.free = 200'000;
    EXPECT_TRUE(failed_with(coming->append(random_bytes(1)), Code::unavailable));
    EXPECT_TRUE(succeeded(coming->finish())) << "it is all there";
}

TEST_F(FileStoreTest, TheSweepLeavesWhatRowsKnow) {
    const auto known = finished(bytes), orphan = finished(bytes), early = finished(bytes);
    const auto coming = FileName::random(), forgotten = FileName::random();
    begun(coming, bytes);
    begun(forgotten, bytes);
    std::ofstream(root / "parts" / "stray") << "x";
    std::ofstream(place(known).parent_path() / "stray") << "x";
    ASSERT_TRUE(succeeded(store->sweep({.complete = {known}, .incomplete = {coming, early}})));
    EXPECT_EQ(content(known), bytes);
    EXPECT_FALSE(fs::exists(place(orphan)));
    EXPECT_FALSE(fs::exists(part(forgotten)));
    EXPECT_FALSE(fs::exists(root / "parts" / "stray"));
    EXPECT_FALSE(fs::exists(place(known).parent_path() / "stray"));
    EXPECT_EQ(begun(coming)->size(), bytes.size());
    // Finished, but its row never came: nothing of it is lost.
    EXPECT_TRUE(failed_with(store->open(early), Code::not_found));
    EXPECT_EQ(begun(early)->size(), bytes.size());
}

TEST_F(FileStoreTest, RemovesBothKinds) {
    const auto complete = finished(bytes), coming = FileName::random();
    begun(coming, bytes);
    for (const auto name : {complete, coming, FileName::random()})
        EXPECT_TRUE(succeeded(store->remove(name)));
    EXPECT_TRUE(failed_with(store->open(complete), Code::not_found));
    EXPECT_EQ(begun(coming)->size(), 0u);
}

TEST_F(FileStoreTest, RenewingChangesThePlaceAndNothingElse) {
    const auto large = random_bytes(1'000'000);
    const auto name = finished(large);
    const auto before = state(place(name)).st_ino;
    const auto reader = store->open(name); // an officer is looking at it
    ASSERT_TRUE(succeeded(store->renew(name)));
    EXPECT_NE(state(place(name)).st_ino, before);
    EXPECT_EQ(state(place(name)).st_mtim.tv_sec, fixed_day);
    EXPECT_EQ(state(place(name)).st_mode & 07777, 0600u);
    EXPECT_EQ(content(name), large);
    Bytes seen(large.size());
    ASSERT_TRUE(succeeded((*reader)->read(0, seen)));
    EXPECT_EQ(seen, large);
    EXPECT_EQ(entries(root / "parts"), 0u);
    EXPECT_TRUE(succeeded(store->renew(FileName::random()))) << "it went meanwhile";
}

TEST_F(FileStoreTest, RenewingThatFailsLosesNothing) {
    const auto name = finished(bytes);
    const auto before = state(place(name)).st_ino;
    {
        const disk::SyncsFail fault;
        EXPECT_TRUE(failed_with(store->renew(name), Code::storage_failed));
    }
    {
        const disk::NoRoom fault(50'000);
        EXPECT_TRUE(failed_with(store->renew(name), Code::storage_failed));
    }
    room.free = 0;
    EXPECT_TRUE(succeeded(store->renew(name)));
    EXPECT_EQ(state(place(name)).st_ino, before);
    EXPECT_EQ(content(name), bytes);
    EXPECT_EQ(entries(root / "parts"), 0u);
}

} // namespace
} // namespace storage_test
