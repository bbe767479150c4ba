#include "web/net/pipe.h"

#include <gtest/gtest.h>

#include <cstring>
#include <future>
#include <thread>

namespace net {
namespace {

// As a coroutine does: what fits now.
std::size_t put(Pipe &pipe, std::string_view bytes) {
    std::size_t done = 0;
    for (auto space = pipe.space(); done < bytes.size() && !space.empty(); space = pipe.space()) {
        const auto size = std::min(space.size(), bytes.size() - done);
        std::memcpy(space.data(), bytes.data() + done, size);
        pipe.wrote(size);
        done += size;
    }
    return done;
}

std::optional<std::string> get(Pipe &pipe, std::size_t most) {
    std::string out(most, '\0');
    const auto got = pipe.read(out);
    if (!got) return std::nullopt;
    out.resize(*got);
    return out;
}

TEST(Pipe, HoldsSoMuchAndNoMore) {
    Pipe pipe({});
    const std::string much(2 * Pipe::capacity, 'x');
    EXPECT_EQ(put(pipe, much), Pipe::capacity);
    EXPECT_TRUE(pipe.space().empty());
    EXPECT_EQ(get(pipe, 1000)->size(), 1000u);
    EXPECT_EQ(put(pipe, much), 1000u);
}

TEST(Pipe, GivesTheBytesInTheirOrderRoundItsEnd) {
    Pipe pipe({});
    std::string sent, got;
    for (std::size_t round = 0; round < 50; ++round) {
        std::string piece(10'007 * (round % 9 + 1), '\0');
        for (std::size_t i = 0; i < piece.size(); ++i)
            piece[i] = static_cast<char>(i * 7 + round);
        ASSERT_EQ(put(pipe, piece), piece.size());
        sent += piece;
        got += *get(pipe, piece.size());
    }
    EXPECT_TRUE(sent == got);
}

TEST(Pipe, EndsWithWhatIsLeftAndThenWithNothing) {
    Pipe pipe({});
    put(pipe, "abc");
    pipe.finish();
    pipe.break_off(); // too late
    EXPECT_EQ(get(pipe, 2), "ab");
    EXPECT_EQ(get(pipe, 100), "c");
    EXPECT_EQ(get(pipe, 100), "");
    EXPECT_FALSE(pipe.is_open());
}

TEST(Pipe, ThatBrokeGivesWhatCameBefore) {
    Pipe pipe({});
    put(pipe, "abc");
    pipe.break_off();
    EXPECT_EQ(get(pipe, 100), "abc");
    EXPECT_EQ(get(pipe, 100), std::nullopt);
    EXPECT_TRUE(pipe.wait_for_space().empty());
}

TEST(Pipe, WakesWhoFoundNothingOnce) {
    int woken = 0;
    Pipe pipe([&] { ++woken; });
    put(pipe, std::string(Pipe::capacity - 1, 'x'));
    EXPECT_TRUE(get(pipe, 100));
    EXPECT_EQ(woken, 0); // it did find something
    put(pipe, std::string(101, 'x'));
    EXPECT_TRUE(pipe.space().empty());
    EXPECT_TRUE(get(pipe, 100));
    EXPECT_EQ(woken, 0) << "for so little it would be woken again and again";
    EXPECT_TRUE(get(pipe, Pipe::capacity / 2));
    EXPECT_TRUE(get(pipe, 100));
    EXPECT_EQ(woken, 1);
    put(pipe, std::string(Pipe::capacity, 'x'));
    EXPECT_TRUE(pipe.space().empty());
    pipe.break_off();
    EXPECT_EQ(woken, 2);
}

TEST(Pipe, PassesEverythingBetweenTwoThreads) {
    constexpr std::size_t all = 20'000'000;
    Pipe pipe({});
    auto sum = std::async(std::launch::async, [&] {
        std::size_t count = 0, bad = 0;
        std::string piece(70'001, '\0');
        for (auto got = pipe.read(piece); got && *got != 0; got = pipe.read(piece))
            for (std::size_t i = 0; i < *got; ++i, ++count)
                bad += piece[i] != static_cast<char>(count % 251);
        return std::pair(count, bad);
    });
    for (std::size_t done = 0; done < all;) {
        const auto space = pipe.wait_for_space();
        const auto size = std::min({space.size(), all - done, std::size_t{30'011}});
        for (std::size_t i = 0; i < size; ++i)
            space[i] = static_cast<char>((done + i) % 251);
        pipe.wrote(size);
        done += size;
    }
    pipe.finish();
    EXPECT_EQ(sum.get(), (std::pair<std::size_t, std::size_t>(all, 0)));
}

} // namespace
} // namespace net
