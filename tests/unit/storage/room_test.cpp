#include "storage/room.h"

#include "tests/unit/storage/fixtures.h"

#include <limits>

namespace storage_test {
namespace {

using storage::Room;

TEST(RoomTest, AFifthOfTheDiskIsKept) {
    EXPECT_TRUE((Room{.free = 200, .whole = 1000}.keeps_reserve()));
    EXPECT_FALSE((Room{.free = 199, .whole = 1000}.keeps_reserve()));
    EXPECT_FALSE((Room{.free = 0, .whole = 1000}.keeps_reserve()));
}

TEST(RoomTest, WhatIsTakenCountsBeforeItIsTaken) {
    constexpr Room room{.free = 300, .whole = 1000};
    EXPECT_TRUE(room.keeps_reserve(100));
    EXPECT_FALSE(room.keeps_reserve(101));
    EXPECT_FALSE(room.keeps_reserve(301)) << "more than there is";
    EXPECT_FALSE(room.keeps_reserve(std::numeric_limits<std::uint64_t>::max()));
}

TEST(RoomTest, TheDiskOfAFolderIsAskedFor) {
    const TemporaryFolder folder;
    const auto room = storage::room_of(folder.path());
    ASSERT_TRUE(succeeded(room));
    EXPECT_GT(room->whole, 0u);
    EXPECT_LE(room->free, room->whole);
    EXPECT_TRUE(failed_with(storage::room_of(folder.path() / "none"), Code::storage_failed));
}

} // namespace
} // namespace storage_test
