// The complaint manual in its versions: those of the agency's profile in which what the manual says begins to be something else.
#pragma once

#include "service/domain/agency_profile.h"

namespace domain {

struct ManualVersion {
    std::uint64_t number = 0;             // of the profile's version with which it began
    const AgencyProfile *profile = nullptr; // as it was then
    std::optional<base::Day> since{};     // nothing: as the agency was made
    std::optional<base::Day> until{};     // on that day the next one took its place; nothing: it is in force
};

// Oldest first, at least one: `profiles` holds every version that was in force, oldest first, at least one.
std::vector<ManualVersion> manual_versions(std::span<const ProfileVersion> profiles);

// The manual that stood in the pages with this version of the profile; nullptr: there was none of that number.
const ManualVersion *find_manual(std::span<const ManualVersion> versions, std::span<const ProfileVersion> profiles, std::uint64_t number);

} // namespace domain
