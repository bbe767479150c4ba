// Tells sources apart without remembering who they are, and lets one that opens very many connections wait a little.
// Internal to web/net.
#pragma once

#include "web/net/source.h"

#include <boost/asio/ip/address.hpp>

#include <array>
#include <chrono>
#include <mutex>
#include <vector>

namespace net {

class Sources {
public:
    using Clock = std::chrono::steady_clock;
    static constexpr auto key_life = std::chrono::hours(1);
    // The bucket of a source: so many connections at once, so many a second afterwards. What is opened beyond that
    // waits for its turn, and never longer than max_delay: everybody behind a Tor daemon or a village's router is one
    // source.
    static constexpr double burst = 256, rate = 128;
    static constexpr auto max_delay = std::chrono::milliseconds(500);

    Sources();
    ~Sources();
    Sources(const Sources &) = delete;
    Sources &operator=(const Sources &) = delete;

    Source of(const boost::asio::ip::address &client, Clock::time_point now = Clock::now());
    // Takes one connection out of the source's bucket: how long its handshake has to wait.
    Clock::duration admit(Source source, Clock::time_point now = Clock::now());

private:
    // Sources whose hashes meet share a bucket: then one of them waits for the other's sake, at most max_delay. In
    // return the table has one size however many sources there are.
    struct Bucket {
        double taken = 0;
        Clock::time_point at{};
    };
    static constexpr std::size_t buckets = 8192;

    void renew(Clock::time_point now);

    std::mutex mutex_;
    std::array<unsigned char, 32> key_{};
    Clock::time_point made_{};
    std::vector<Bucket> table_;
};

} // namespace net
