#include "crypto/primitives/file_digest.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace crypto {
namespace {

TEST(FileDigest, IsSha256) { // FIPS 180-4, the examples of its appendix and of nothing
    EXPECT_EQ(base::hex(FileDigest::of(base::view("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(base::hex(FileDigest::of({})), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(FileDigest, IsTheSameHoweverTheBytesCome) {
    const base::Bytes bytes(1'000, 7);
    for (const std::size_t part : {1u, 63u, 64u, 65u, 1'000u}) {
        FileDigest digest;
        for (std::size_t begin = 0; begin < bytes.size(); begin += part)
            digest.add(base::View(bytes).subspan(begin, std::min(part, bytes.size() - begin)));
        EXPECT_EQ(digest.finish(), FileDigest::of(bytes));
    }
}

} // namespace
} // namespace crypto
