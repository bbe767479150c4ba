#include "web/net/connections.h"

#include <iterator>
#include <tuple>
#include <utility>

namespace net {
namespace {

std::size_t index(Phase phase) { return static_cast<std::size_t>(phase); }

} // namespace

// Bytes per second since the body began. One that has just begun counts as fast: it could not show it yet.
double Connections::Place::speed(Clock::time_point now) const {
    constexpr double head_start = 64.0 * 1024;
    const auto received = static_cast<double>(received_.load(std::memory_order_relaxed));
    return (received + head_start) / (std::chrono::duration<double>(now - body_began_).count() + 1.0);
}

std::unique_ptr<Connections::Place> Connections::admit(Source source) {
    {
        std::lock_guard lock(mutex_);
        if (open_ >= most_ && !drop_one_locked()) return nullptr;
    }
    return std::make_unique<Place>(*this, source);
}

bool Connections::drop_one() {
    std::lock_guard lock(mutex_);
    return drop_one_locked();
}

std::size_t Connections::size() const {
    std::lock_guard lock(mutex_);
    return present_;
}

void Connections::stop_when_idle() {
    std::lock_guard lock(mutex_);
    for (auto &[source, group] : groups_)
        for (auto &line : group.lines)
            for (Place *place : line)
                if (place->tell_) place->tell_(Notice::stop_when_idle);
}

bool Connections::wait_until_empty(Clock::time_point until) {
    std::unique_lock lock(mutex_);
    return changed_.wait_until(lock, until, [this] { return present_ == 0; });
}

void Connections::join(Place &place) {
    std::list<Place *> line{&place};
    std::lock_guard lock(mutex_);
    Group &group = groups_[place.source_];
    place.at_ = line.begin();
    place.entered_ = ++entries_;
    auto &waiting = group.lines[index(Phase::waiting)];
    waiting.splice(waiting.end(), line);
    ++group.count;
    ++open_;
    ++present_;
}

void Connections::listen(Place &place, Tell tell) {
    std::lock_guard lock(mutex_);
    place.tell_ = std::move(tell);
}

void Connections::leave(Place &place) {
    std::lock_guard lock(mutex_);
    if (!place.dropped_) take_out(place);
    --present_;
    changed_.notify_all();
}

void Connections::take_out(Place &place) {
    count(place, 0);
    end_stream(place);
    const auto found = groups_.find(place.source_);
    Group &group = found->second;
    group.lines[index(place.phase_)].erase(place.at_);
    --open_;
    if (--group.count == 0) groups_.erase(found);
}

void Connections::count(Place &place, std::size_t bytes) {
    Group &group = groups_.find(place.source_)->second;
    group.held = group.held - place.held_ + bytes;
    held_ = held_ - place.held_ + bytes;
    place.held_ = bytes;
}

bool Connections::enter(Place &place, Phase phase, Clock::time_point now) {
    std::lock_guard lock(mutex_);
    if (place.dropped_) return false;
    if (phase == Phase::body) {
        place.body_began_ = now;
        place.received(0);
    }
    if (phase == Phase::working && place.gives_way_) return false;
    if (phase == Phase::answer || phase == Phase::waiting) {
        count(place, 0);
        end_stream(place);
        place.gives_way_ = false;
    }
    auto &lines = groups_.find(place.source_)->second.lines;
    auto &from = lines[index(place.phase_)], &to = lines[index(phase)];
    to.splice(to.end(), from, place.at_);
    place.phase_ = phase;
    place.entered_ = ++entries_;
    return true;
}

// Of the source with most connections, the one that comes first in the order of giving way; the oldest of several.
bool Connections::drop_one_locked() {
    Place *first = nullptr;
    std::size_t most = 0;
    for (const auto &[source, group] : groups_)
        for (const Phase phase : {Phase::waiting, Phase::body, Phase::answer}) {
            const auto &line = group.lines[index(phase)];
            if (line.empty()) continue;
            Place *place = line.front();
            if (!first || group.count > most ||
                (group.count == most &&
                 std::tuple(phase, place->entered_) < std::tuple(first->phase_, first->entered_))) {
                first = place;
                most = group.count;
            }
            break;
        }
    if (!first) return false;
    close(*first);
    return true;
}

void Connections::close(Place &place) {
    take_out(place);
    place.dropped_ = true;
    if (place.tell_) place.tell_(Notice::close);
}

bool Connections::hold(Place &place, std::size_t bytes, Clock::time_point now) {
    std::lock_guard lock(mutex_);
    if (place.dropped_ || place.gives_way_) return false;
    count(place, bytes);
    while (held_ > bytes_) {
        Place *other = first_of_heaviest(place, now);
        if (other == nullptr) { // all the others are being worked on
            if (place.phase_ == Phase::answer) return true;
            other = &place;
        }
        if (other->phase_ == Phase::answer) {
            close(*other);
            continue;
        }
        count(*other, 0);
        other->gives_way_ = true;
        if (other == &place) return false;
        if (other->tell_) other->tell_(Notice::give_way);
    }
    return true;
}

// The source that holds most: the slowest of its bodies that are being read, else the answer that has been going out for
// longest. Never the answer of `asking`: it is ready, and whoever reads it frees what it holds.
Connections::Place *Connections::first_of_heaviest(const Place &asking, Clock::time_point now) {
    Place *first = nullptr;
    std::size_t heaviest = 0;
    for (const auto &[source, group] : groups_) {
        if (group.held <= heaviest) continue;
        Place *of_group = nullptr;
        for (Place *place : group.lines[index(Phase::body)])
            if (place->held_ != 0 && (!of_group || place->speed(now) < of_group->speed(now))) of_group = place;
        for (Place *place : group.lines[index(Phase::answer)])
            if (!of_group && place != &asking && place->held_ != 0) of_group = place;
        if (!of_group) continue;
        first = of_group;
        heaviest = group.held;
    }
    return first;
}

void Connections::end_stream(Place &place) {
    if (!std::exchange(place.streams_, false)) return;
    --groups_.find(place.source_)->second.streams;
    --streams_;
}

bool Connections::begin_stream(Place &place, Clock::time_point now) {
    std::lock_guard lock(mutex_);
    if (place.dropped_ || place.gives_way_) return false;
    place.streams_ = true;
    ++groups_.find(place.source_)->second.streams;
    if (++streams_ <= most_streams_) return true;
    Place *other = slowest_stream(place, now);
    if (other == nullptr) other = &place;
    end_stream(*other);
    count(*other, 0);
    other->gives_way_ = true;
    if (other != &place && other->tell_) other->tell_(Notice::give_way);
    return other != &place;
}

// Of the source with most streams, whose body still comes. Of the newcomer's own source only one that is slow: else streams
// of one village would cut each other off, and none would come to its end.
Connections::Place *Connections::slowest_stream(const Place &newcomer, Clock::time_point now) {
    const auto own = groups_.find(newcomer.source_);
    auto heaviest = own;
    for (auto group = groups_.begin(); group != groups_.end(); ++group)
        if (group->second.streams > heaviest->second.streams) heaviest = group;
    Place *slowest = nullptr;
    for (Place *place : heaviest->second.lines[index(Phase::body)])
        if (place != &newcomer && place->streams_ && (!slowest || place->speed(now) < slowest->speed(now))) slowest = place;
    return slowest && heaviest == own && slowest->speed(now) >= slow ? nullptr : slowest;
}

} // namespace net
