#include "web/net/pipe.h"

#include "web/http/wipe.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace net {

Pipe::Pipe(std::function<void()> wake)
    : wake_(std::move(wake)), memory_(std::make_unique_for_overwrite<char[]>(capacity)) {}

Pipe::~Pipe() { http::wipe(memory_.get(), capacity); }

std::span<char> Pipe::free_stretch() {
    const std::size_t at = written_ % capacity;
    return {memory_.get() + at, std::min(capacity - used(), capacity - at)};
}

std::span<char> Pipe::used_stretch() {
    const std::size_t at = read_ % capacity;
    return {memory_.get() + at, std::min(used(), capacity - at)};
}

std::span<char> Pipe::space() {
    std::lock_guard lock(mutex_);
    const auto out = free_stretch();
    asleep_ = out.empty();
    return out;
}

std::span<const char> Pipe::ready() {
    std::lock_guard lock(mutex_);
    const auto out = used_stretch();
    asleep_ = out.empty();
    return out;
}

void Pipe::wrote(std::size_t bytes) {
    std::unique_lock lock(mutex_);
    written_ += bytes;
    tell(lock);
}

std::span<char> Pipe::wait_for_space() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return end_ != End::open || used() != capacity; });
    return end_ == End::open ? free_stretch() : std::span<char>{};
}

std::optional<std::size_t> Pipe::read(std::span<char> out) {
    std::size_t got = 0;
    while (got < out.size()) {
        std::unique_lock lock(mutex_);
        const auto wanted = std::min(out.size() - got, capacity / 2);
        awaited_ = wanted;
        changed_.wait(lock, [&] { return end_ != End::open || used() >= wanted; });
        awaited_ = 0;
        const auto from = used_stretch();
        if (from.empty()) {
            if (got == 0 && end_ == End::broken) return std::nullopt;
            break;
        }
        lock.unlock(); // what is used is this side's alone
        const auto size = std::min(from.size(), out.size() - got);
        std::memcpy(out.data() + got, from.data(), size);
        took(size);
        got += size;
    }
    return got;
}

void Pipe::finish() { end(End::whole); }

void Pipe::break_off() { end(End::broken); }

void Pipe::end(End end) {
    std::unique_lock lock(mutex_);
    if (end_ != End::open) return;
    end_ = end;
    tell(lock);
}

bool Pipe::is_open() const {
    std::lock_guard lock(mutex_);
    return end_ == End::open;
}

// The coroutine, when half of the pipe is there for it to fill; to read, at once.
void Pipe::took(std::size_t bytes) {
    std::unique_lock lock(mutex_);
    read_ += bytes;
    tell(lock, used() <= capacity / 2);
}

void Pipe::tell(std::unique_lock<std::mutex> &lock, bool worth_waking) {
    const bool woken = worth_waking && std::exchange(asleep_, false);
    const bool enough = end_ != End::open || used() >= awaited_; // not for each record that comes
    lock.unlock();
    if (enough) changed_.notify_all();
    if (woken && wake_) wake_();
}

} // namespace net
