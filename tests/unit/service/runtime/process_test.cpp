#include "service/runtime/process.h"

#include <gtest/gtest.h>

#include <sys/resource.h>

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

} // namespace
} // namespace runtime
