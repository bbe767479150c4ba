// Bytes on their way between the coroutine of a connection, which never waits, and the thread of a handler, which does.
// Its memory has one size and is cleared when it goes: whoever is faster waits for the other. Internal to web/net.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>

namespace net {

class Pipe {
public:
    static constexpr std::size_t capacity = 256 * 1024;

    // `wake`: called from the thread's side once there is something to do again for a coroutine that found nothing.
    explicit Pipe(std::function<void()> wake);
    ~Pipe();
    Pipe(const Pipe &) = delete;
    Pipe &operator=(const Pipe &) = delete;

    // One side writes, the other reads; each may use what it was given until it says how much of it.
    std::span<char> space(); // a stretch that may be written; empty: none now
    void wrote(std::size_t bytes);
    std::span<const char> ready(); // a stretch that may be read; empty: none now
    void took(std::size_t bytes);

    // For the thread. Nothing when the pipe broke; what came before is read first.
    std::span<char> wait_for_space();                    // empty: broken
    std::optional<std::size_t> read(std::span<char> out); // fewer than asked for only at the end; 0: it was whole

    void finish();    // all was written
    void break_off(); // from either side; nothing after finish()
    bool is_open() const;

private:
    enum class End { open, whole, broken };

    std::size_t used() const { return written_ - read_; }
    std::span<char> free_stretch();
    std::span<char> used_stretch();
    void end(End end);
    void tell(std::unique_lock<std::mutex> &lock, bool worth_waking = true); // both sides

    const std::function<void()> wake_;
    const std::unique_ptr<char[]> memory_;
    mutable std::mutex mutex_;
    std::condition_variable changed_; // for the thread
    std::size_t written_ = 0, read_ = 0; // in all
    bool asleep_ = false;                // the coroutine found nothing to do
    std::size_t awaited_ = 0;            // so much the thread waits for, to read it
    End end_ = End::open;
};

// Breaks the pipe when its holder goes, however it goes.
class PipeHold {
public:
    explicit PipeHold(std::shared_ptr<Pipe> pipe = {}) : pipe_(std::move(pipe)) {}
    PipeHold(PipeHold &&) = default;
    PipeHold &operator=(PipeHold &&) = delete;
    ~PipeHold() {
        if (pipe_) pipe_->break_off();
    }
    Pipe *operator->() const { return pipe_.get(); }
    Pipe &operator*() const { return *pipe_; }
    explicit operator bool() const { return pipe_ != nullptr; }

private:
    std::shared_ptr<Pipe> pipe_;
};

} // namespace net
