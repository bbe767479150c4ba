#include "service/usecases/officer/case_access.h"

#include <algorithm>

namespace usecases {

void AccessHistory::add(const domain::Access &granted, crypto::Epoch epoch) { granted_.emplace_back(granted, epoch); }

void AccessHistory::add(domain::AccessRecord record, base::OfficerId author, crypto::Epoch epoch) {
    records_.push_back({std::move(record), author, epoch});
}

base::Result<CaseAccess> AccessHistory::finish(crypto::Epoch newest) {
    std::ranges::sort(records_, {}, [](const Recorded &one) { return one.record.number; });
    CaseAccess out;
    std::set<base::OfficerId> reading; // so far
    const auto take = [&](const domain::Access &granted, crypto::Epoch epoch) {
        for (const auto &[officer, serial] : granted.readers) {
            out.ever.insert(officer);
            reading.insert(officer);
            if (epoch == newest)
                out.readers.emplace(officer, serial);
        }
        out.custodians.insert(granted.custodians.begin(), granted.custodians.end());
        out.passed.insert(granted.passed.begin(), granted.passed.end());
    };
    for (const auto &[granted, epoch] : granted_)
        take(granted, epoch);
    crypto::Epoch begun = 1;
    for (const auto &[record, author, epoch] : records_) {
        if (record.number != ++out.records || epoch != begun + (record.begins_epoch ? 1 : 0))
            return base::fail(base::Code::refused, "records of access that do not follow each other");
        if (record.conflict) {
            if (!record.begins_epoch)
                return base::fail(base::Code::refused, "an exclusion that leaves the key as it was");
            out.conflicts.push_back({record.conflict->officer, author});
        }
        if (std::ranges::any_of(out.conflicts, [&](const auto &one) { return record.granted.readers.contains(one.of); }))
            return base::fail(base::Code::refused, "a case that was sealed to who is excluded from it");
        begun = epoch;
        // A record that begins an epoch names those again who go on reading: they were given nothing.
        for (const auto &[officer, serial] : record.granted.readers)
            if (!record.begins_epoch || !reading.contains(officer))
                out.given.emplace(author, officer);
        if (record.begins_epoch)
            reading.clear();
        take(record.granted, epoch);
        for (const base::OfficerId ended : record.custody_ended)
            std::erase_if(out.custodians, [&](const auto &keyed) { return keyed.first == ended; });
    }
    if (begun != newest)
        return base::fail(base::Code::refused, "an epoch that nobody recorded");
    return out;
}

bool holds(const CaseAccess::Keyed &keyed, const crypto::Roster &roster, base::OfficerId officer) {
    return std::ranges::any_of(keyed, [&](const auto &one) {
        return one.first == officer && roster.has_live_keys(officer, one.second);
    });
}

} // namespace usecases
