// A bounded queue in which sources take turns: who sends much waits for its own turns, and nobody else does. There is
// no quota, so that people behind one address are never refused while there is room.
#pragma once

#include "web/net/source.h"

#include <cstddef>
#include <deque>
#include <iterator>
#include <list>
#include <optional>
#include <unordered_map>
#include <utility>

namespace net {

template <class Item> class FairQueue {
public:
    explicit FairQueue(std::size_t capacity) : capacity_(capacity) {}

    bool empty() const { return size_ == 0; }

    // What has no place, if anything: when the queue is full, the newest item of the source with most of them makes
    // room, unless the item given would be one of as many: then it is that one.
    [[nodiscard]] std::optional<Item> push(Item item, Source source) {
        const auto own = append(std::move(item), source);
        if (++size_ <= capacity_) return std::nullopt;
        auto longest = own;
        for (auto line = lines_.begin(); line != lines_.end(); ++line)
            if (line->items.size() > longest->items.size()) longest = line;
        std::optional<Item> left_out = std::move(longest->items.back());
        longest->items.pop_back();
        --size_;
        if (longest->items.empty()) forget(longest);
        return left_out;
    }

    // The oldest item of the source whose turn it is. Not when empty.
    Item pop() {
        const auto line = lines_.begin();
        Item item = std::move(line->items.front());
        line->items.pop_front();
        --size_;
        if (line->items.empty())
            forget(line);
        else
            lines_.splice(lines_.end(), lines_, line);
        return item;
    }

private:
    struct Line {
        Source source;
        std::deque<Item> items;
    };
    using Lines = std::list<Line>; // in the order of their turns; none is empty

    // Running out of memory in here leaves everything as it was.
    typename Lines::iterator append(Item item, Source source) {
        if (const auto turn = turns_.find(source); turn != turns_.end()) {
            turn->second->items.push_back(std::move(item));
            return turn->second;
        }
        Lines fresh;
        fresh.push_back(Line{source, {}});
        fresh.back().items.push_back(std::move(item));
        turns_.emplace(source, fresh.begin());
        lines_.splice(lines_.end(), fresh);
        return std::prev(lines_.end());
    }

    void forget(typename Lines::iterator line) {
        turns_.erase(line->source);
        lines_.erase(line);
    }

    const std::size_t capacity_;
    std::size_t size_ = 0;
    Lines lines_;
    std::unordered_map<Source, typename Lines::iterator> turns_;
};

} // namespace net
