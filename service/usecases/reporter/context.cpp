#include "service/usecases/reporter/context.h"

#include <algorithm>

namespace usecases {

base::Result<std::shared_ptr<const AgencySnapshot>> Agency::current(ports::AgencyReads &reads, base::Day today) {
    ASSIGN_OR_RETURN(const auto version, reads.roster_version());
    std::lock_guard lock(mutex_);
    if (last_ && last_->roster_version == version && last_->day == today)
        return last_;
    ASSIGN_OR_RETURN(const auto rows, reads.agency());
    auto next = std::make_shared<AgencySnapshot>();
    next->roster_version = rows.roster_version;
    next->day = today;
    next->roster = crypto::Roster::verify(instance_, roots_, rows.certificates, rows.revocations, today);
    for (const auto &row : rows.holders) {
        const auto *certificate = row.disabled ? nullptr : next->roster.live(row.officer);
        // The name shown is the certified one: a row cannot put another name on a key.
        domain::Holder holder{row.officer, row.post, certificate ? certificate->display_name : row.display_name,
                              certificate && certificate->rights.has(crypto::Right::reading),
                              certificate && certificate->rights.has(crypto::Right::custody)};
        if (certificate && std::ranges::find(domain::handling_line, row.post) != std::end(domain::handling_line))
            next->holders.push_back(holder);
        next->everyone.push_back(std::move(holder));
    }
    std::ranges::sort(next->holders, {}, &domain::Holder::post);
    last_ = std::move(next);
    return last_;
}

} // namespace usecases
