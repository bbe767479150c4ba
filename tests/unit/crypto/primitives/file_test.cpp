#include "crypto/primitives/file.h"

#include <gtest/gtest.h>

#include <set>

using namespace crypto;

TEST(FileShape, PadsToAtLeastOneChunkAndAtMostAnEighthMore) {
    for (const std::uint64_t length : {0ull, 1ull, 65'535ull, 65'536ull})
        EXPECT_EQ(FileShape::of(length).padded, 65'536u);
    EXPECT_EQ(FileShape::of(65'537).padded, 65'536u + 2'048u);
    for (std::uint64_t length = 65'537; length < (1u << 30); length = length * 21 / 20 + 7) {
        const FileShape shape = FileShape::of(length);
        EXPECT_GE(shape.padded, length);
        EXPECT_LE(shape.padded - length, length * 3 / 25);
        EXPECT_EQ(FileShape::of(shape.padded).padded, shape.padded); // a class of its own
    }
}

TEST(FileShape, LeavesFewClasses) {
    std::set<std::uint64_t> stored;
    for (std::uint64_t length = 1'000'000; length < 2'000'000; length += 997)
        stored.insert(FileShape::of(length).stored);
    EXPECT_LE(stored.size(), 33u);
}

TEST(FileShape, FillsEveryChunkButTheLast) {
    for (const std::uint64_t length :
         {0ull, 65'536ull, 65'537ull, 131'072ull, 1'000'000ull, 100'000'000ull, 1ull << 40}) {
        const FileShape shape = FileShape::of(length);
        ASSERT_GE(shape.chunks, 1u);
        EXPECT_TRUE(shape.is_last(shape.chunks - 1));
        EXPECT_FALSE(shape.is_last(shape.chunks));
        EXPECT_EQ((shape.chunks - 1) * file_chunk + shape.plain_size(shape.chunks - 1), shape.padded);
        EXPECT_GE(shape.plain_size(shape.chunks - 1), 1u);
        EXPECT_LE(shape.plain_size(shape.chunks - 1), file_chunk);
        EXPECT_EQ(shape.stored, shape.padded + shape.chunks * aead_overhead);
    }
}
