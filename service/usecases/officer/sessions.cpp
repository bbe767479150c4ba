#include "service/usecases/officer/sessions.h"

#include <algorithm>
#include <tuple>

namespace usecases {
namespace {

bool is_over(const Sessions::Kept &kept, base::Seconds now) {
    return now - kept.last_used > session_idle || now - kept.started > session_absolute;
}

} // namespace

void Sessions::forget_expired(base::Seconds now) {
    std::erase_if(kept_, [now](const auto &entry) { return is_over(entry.second, now); });
}

void Sessions::add(const SessionId &id, Kept kept) {
    std::lock_guard lock(mutex_);
    forget_expired(kept.started);
    // Whoever has the passphrase, or a thief of it, could else fill the memory with sessions.
    const auto same = [&kept](const auto &entry) { return entry.second.officer == kept.officer; };
    while (static_cast<std::size_t>(std::ranges::count_if(kept_, same)) >= sessions_each) {
        auto stalest = kept_.end();
        for (auto entry = kept_.begin(); entry != kept_.end(); ++entry)
            if (same(*entry) && (stalest == kept_.end() || entry->second.last_used < stalest->second.last_used))
                stalest = entry;
        kept_.erase(stalest);
    }
    kept_[id] = std::move(kept);
}

base::Result<Sessions::Kept> Sessions::use(const SessionId &id, base::Seconds now) {
    std::lock_guard lock(mutex_);
    const auto found = kept_.find(id);
    if (found == kept_.end())
        return base::fail(base::Code::not_found, "a session");
    if (is_over(found->second, now)) {
        kept_.erase(found);
        return base::fail(base::Code::expired, "a session");
    }
    found->second.last_used = now;
    return found->second;
}

void Sessions::tried(const SessionId &id, bool right) {
    std::lock_guard lock(mutex_);
    const auto found = kept_.find(id);
    if (found == kept_.end())
        return;
    found->second.wrong = right ? 0 : found->second.wrong + 1;
    if (found->second.wrong >= wrong_each)
        kept_.erase(found);
}

void Sessions::prove(const SessionId &id, base::Seconds now) {
    std::lock_guard lock(mutex_);
    if (const auto found = kept_.find(id); found != kept_.end())
        found->second.proven = now;
}

void Sessions::end(const SessionId &id) {
    std::lock_guard lock(mutex_);
    kept_.erase(id);
}

std::vector<Sessions::Listed> Sessions::of(base::OfficerId officer, base::Seconds now) {
    std::lock_guard lock(mutex_);
    forget_expired(now);
    std::vector<Listed> out;
    for (const auto &[id, kept] : kept_)
        if (kept.officer == officer)
            out.push_back({id, kept.started, kept.last_used});
    std::ranges::sort(out, [](const Listed &a, const Listed &b) {
        return std::tie(a.last_used, a.started, a.id) > std::tie(b.last_used, b.started, b.id);
    });
    return out;
}

bool Sessions::end_one_of(base::OfficerId officer, const SessionId &id) {
    std::lock_guard lock(mutex_);
    const auto found = kept_.find(id);
    if (found == kept_.end() || found->second.officer != officer)
        return false;
    kept_.erase(found);
    return true;
}

std::size_t Sessions::end_others(base::OfficerId officer, const SessionId &mine) {
    std::lock_guard lock(mutex_);
    return std::erase_if(kept_, [&](const auto &entry) { return entry.second.officer == officer && entry.first != mine; });
}

} // namespace usecases
