#include "service/domain/manual_versions.h"

#include <algorithm>

namespace domain {
namespace {

// Warning days and holidays are the calendar's of all cases, and no part of it.
auto said(const AgencyProfile &profile) {
    return std::tie(profile.kind, profile.name, profile.responsible_unit, profile.contact, profile.hours, profile.limits,
                    profile.manual_from);
}

} // namespace

std::vector<ManualVersion> manual_versions(std::span<const ProfileVersion> profiles) {
    std::vector<ManualVersion> out;
    for (const ProfileVersion &version : profiles) {
        if (!out.empty() && said(*out.back().profile) == said(version.profile)) continue;
        if (!out.empty()) out.back().until = version.since;
        out.push_back({version.version, &version.profile, version.since, {}});
    }
    return out;
}

const ManualVersion *find_manual(std::span<const ManualVersion> versions, std::span<const ProfileVersion> profiles, std::uint64_t number) {
    if (std::ranges::find(profiles, number, &ProfileVersion::version) == profiles.end()) return nullptr;
    const auto after = std::ranges::upper_bound(versions, number, {}, &ManualVersion::number);
    return after == versions.begin() ? nullptr : &*std::prev(after);
}

} // namespace domain
