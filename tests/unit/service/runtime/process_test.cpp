#include "service/runtime/process.h"

#include "tests/support/sanitized.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <sys/mman.h>
#include <sys/resource.h>
#include <vector>

namespace runtime {
namespace {

TEST(Descriptors, AreAsManyAsTheSystemAllows) {
    rlimit limit{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &limit), 0);
    limit.rlim_cur = 64;
    limit.rlim_max = std::min<rlim_t>(limit.rlim_max, 256);
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &limit), 0);
    EXPECT_EQ(raise_descriptor_limit(), limit.rlim_max);
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &limit), 0);
    EXPECT_EQ(limit.rlim_cur, limit.rlim_max);
}

TEST(Descriptors, SufficeForEveryConnectionAndTheDatabase) {
    for (const std::size_t descriptors : {128u, 256u, 1024u, 16'384u})
        for (const std::size_t wanted : {16u, 1'000u, 100'000u}) {
            const auto caps = connection_caps(descriptors, 5, wanted);
            ASSERT_TRUE(caps) << descriptors;
            EXPECT_LE(caps->reporter + caps->officer + 48 + 4 * 5, descriptors);
            EXPECT_GE(caps->officer, 8u);
            EXPECT_GE(caps->reporter, caps->officer);
            EXPECT_LE(caps->reporter, wanted);
        }
    EXPECT_EQ(connection_caps(16'384, 5, 1'000)->reporter, 1'000u);
    EXPECT_EQ(connection_caps(16'384, 5, 1'000)->officer, 1'000u);
}

TEST(Descriptors, MustNotBeFewerThanTheFacesAndTheDatabaseNeed) { EXPECT_FALSE(connection_caps(64, 5, 1'000)); }

TEST(Memory, ThatAFloodTookIsGivenBackAlsoWhereItIsLocked) {
    SUCHARIT_SKIP_SANITIZED();
    constexpr std::size_t block = 32 * 1024, blocks = 4'000;
    const bool locked = ::mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) == 0;
    std::vector<std::unique_ptr<std::string>> flood, kept; // what is kept stands between, so that the heap cannot shrink
    for (std::size_t i = 0; i < blocks; ++i)
        (i % 20 == 0 ? kept : flood).push_back(std::make_unique<std::string>(block, 'x'));
    flood.clear();
    const std::size_t before = resident_memory();
    give_back_memory(locked);
    const std::size_t after = resident_memory();
    ::munlockall();
    EXPECT_LT(after + blocks * block / 2, before);
}

} // namespace
} // namespace runtime
