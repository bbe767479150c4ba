// The complaint manual in its versions. It says something else when a text of the agency changes, and when limits that two people
// agreed on begin, which may be later than the day on which they did.
#pragma once

#include "service/domain/agency_profile.h"

namespace domain {

struct ManualVersion {
    // 1, 2, 3 … in the order in which they were settled, for good; nothing: a draft, the limits of which nobody has confirmed yet.
    std::optional<std::uint64_t> number;
    std::uint64_t settings = 0;       // the version of the profile that settled it: of a draft the newest that changed it
    AgencyProfile profile;            // as the manual says it: the texts of that day with the limits of that day
    std::optional<base::Day> since{}; // its first day; nothing: as the agency was made
    std::optional<base::Day> until{}; // on that day another took its place, before `since`: it never came into force

    enum class Standing { earlier, in_force, coming, never };
    Standing standing(base::Day today) const;
};

class ManualVersions {
public:
    // Every version of the profile, oldest first, at least one. One that cannot be read is left out and settles nothing.
    explicit ManualVersions(std::span<const ProfileVersion> profiles);

    std::span<const ManualVersion> all() const { return all_; } // as they were settled: a draft first, then by number
    const ManualVersion &on(base::Day day) const;               // that was in force, or will be
    const ManualVersion *find(std::optional<std::uint64_t> number) const; // nothing: the draft

private:
    void settle(std::span<const ProfileVersion> known);
    std::optional<std::size_t> in_force(base::Day day) const;
    std::vector<ManualVersion> all_;
};

} // namespace domain
