// Who is connected, and who gives way when there is no room: the source that takes most, never whoever comes last, and
// never a request that is whole and waits for its answer. Internal to web/net.
#pragma once

#include "web/net/source.h"

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace net {

// In the order in which they give way: nothing of a request or only a part of its head is there; its body comes; its
// answer goes out. A request that is being worked on never does.
enum class Phase { waiting, body, answer, working };

enum class Notice {
    stop_when_idle, // the server stops
    close,          // at once
    give_way        // the body that is being read: answer 503
};

class Connections {
public:
    using Clock = std::chrono::steady_clock;
    using Tell = std::function<void(Notice)>; // called under a lock, from any thread: it may only post

    // One connection's place, from being accepted to being destroyed. Used by its connection alone.
    class Place {
    public:
        Place(Connections &all, Source source) : all_(all), source_(source) { all_.join(*this); }
        ~Place() { all_.leave(*this); }
        Place(const Place &) = delete;
        Place &operator=(const Place &) = delete;

        Source source() const { return source_; }
        void listen(Tell tell) { all_.listen(*this, std::move(tell)); }
        // False: the connection has been told to close, or its body to give way, and must not go on. What was held
        // is no longer counted once the phase is `answer` or `waiting`.
        bool enter(Phase phase, Clock::time_point now = Clock::now()) { return all_.enter(*this, phase, now); }
        // Counts so many bytes of memory for the body or the answer. False: there is no room, and this is the body that
        // gives way. An answer never does for itself: others are closed for it.
        bool hold(std::size_t bytes, Clock::time_point now = Clock::now()) { return all_.hold(*this, bytes, now); }
        // Counts one stream more, until the answer goes out. False: this is the one that gives way.
        bool begin_stream(Clock::time_point now = Clock::now()) { return all_.begin_stream(*this, now); }
        void received(std::size_t bytes) { received_.store(bytes, std::memory_order_relaxed); }
        bool gives_way() const { return gives_way_.load(); }

    private:
        friend class Connections;
        double speed(Clock::time_point now) const;

        Connections &all_;
        const Source source_;
        Tell tell_{};
        Phase phase_ = Phase::waiting;
        std::uint64_t entered_ = 0; // the smaller, the longer it has been in its phase
        bool dropped_ = false, streams_ = false;
        std::atomic<bool> gives_way_ = false;
        std::size_t held_ = 0; // bytes of memory
        std::atomic<std::size_t> received_ = 0;
        Clock::time_point body_began_{};
        std::list<Place *>::iterator at_{};
    };

    // A stream that is slower, in bytes a second, also gives way to one of its own source.
    static constexpr double slow = 16.0 * 1024;

    // `bytes`: of memory, for all bodies and answers together. `streams`: bodies that are worked on while they come.
    Connections(std::size_t most, std::size_t bytes, std::size_t streams = SIZE_MAX)
        : most_(most), bytes_(bytes), most_streams_(streams) {}

    // A place for a new connection; when all are taken, another one is dropped for it. Null: every one of them waits
    // for the answer to a whole request. From one thread at a time.
    std::unique_ptr<Place> admit(Source source);
    // Drops the one that would make room for a new connection. False: there is none.
    bool drop_one();

    std::size_t size() const;
    void stop_when_idle();
    // False: some are still there when the time is over.
    bool wait_until_empty(Clock::time_point until);

private:
    struct Group {                               // the connections of one source
        std::array<std::list<Place *>, 4> lines; // by phase, in the order in which they entered it
        std::size_t count = 0, held = 0, streams = 0;
    };

    void join(Place &place);
    void listen(Place &place, Tell tell);
    bool enter(Place &place, Phase phase, Clock::time_point now);
    bool hold(Place &place, std::size_t bytes, Clock::time_point now);
    bool begin_stream(Place &place, Clock::time_point now);
    void leave(Place &place);

    void take_out(Place &place); // of its group
    bool drop_one_locked();
    void count(Place &place, std::size_t bytes);
    void end_stream(Place &place);
    void close(Place &place);
    Place *slowest_stream(const Place &newcomer, Clock::time_point now);
    Place *first_of_heaviest(const Place &asking, Clock::time_point now);

    const std::size_t most_, bytes_, most_streams_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::unordered_map<Source, Group> groups_;
    std::size_t open_ = 0;    // in the groups
    std::size_t present_ = 0; // with those that were dropped
    std::size_t held_ = 0, streams_ = 0;
    std::uint64_t entries_ = 0;
};

} // namespace net
