#include "service/domain/manual_versions.h"

#include "service/domain/typed_day.h"

#include <algorithm>
#include <limits>
#include <ranges>
#include <set>

namespace domain {
namespace {

constexpr base::Day always{std::numeric_limits<std::int32_t>::min()};

base::Day begins(const ProfileVersion &version) { return typed_day(version.profile.manual_from).value_or(always); }
base::Day first_day(const ManualVersion &version) { return version.since.value_or(always); }
bool never_came(const ManualVersion &version) { return version.until && *version.until < first_day(version); }
bool is_draft(const AgencyProfile &profile) { return profile.manual_from.empty(); }

// Of two that begin on one day the later counts.
const AgencyProfile &limits_on(base::Day day, std::span<const ProfileVersion> known) {
    for (const ProfileVersion &version : std::views::reverse(known))
        if (begins(version) <= day) return version.profile;
    return known.front().profile;
}

// Warning days and holidays are the calendar's of all cases, and no part of it.
bool says_the_same(const AgencyProfile &one, const AgencyProfile &other) {
    const auto said = [](const AgencyProfile &profile) {
        return std::tie(profile.kind, profile.name, profile.responsible_unit, profile.contact, profile.hours, profile.limits);
    };
    return said(one) == said(other) && is_draft(one) == is_draft(other);
}

} // namespace

ManualVersion::Standing ManualVersion::standing(base::Day today) const {
    if (never_came(*this)) return Standing::never;
    if (first_day(*this) > today) return Standing::coming;
    return until && *until <= today ? Standing::earlier : Standing::in_force;
}

ManualVersions::ManualVersions(std::span<const ProfileVersion> profiles) {
    for (std::size_t i = 0; i < profiles.size(); ++i)
        settle(profiles.first(i + 1));
    ManualVersion *before = nullptr;
    for (ManualVersion &version : all_) {
        if (never_came(version)) continue;
        if (before) before->until = version.since;
        before = &version;
    }
}

// The newest of `known` takes effect: what is said from its day on, and what will be said when limits begin that were agreed on before.
// What was to come and does not any more keeps its number, since it could be read.
void ManualVersions::settle(std::span<const ProfileVersion> known) {
    const ProfileVersion &newest = known.back();
    const base::Day today = newest.since.value_or(always);
    std::set<base::Day> days{today};
    for (const ProfileVersion &version : known)
        if (begins(version) > today) days.insert(begins(version));

    std::vector<ManualVersion> wanted;
    for (const base::Day day : days) {
        AgencyProfile said = with_limits(newest.profile, limits_on(day, known));
        if (!wanted.empty() && says_the_same(wanted.back().profile, said)) continue;
        wanted.push_back({{}, newest.version, std::move(said), day == today ? newest.since : std::optional(day)});
    }

    const auto present = in_force(today);
    const auto stands = [&](const ManualVersion &version, const ManualVersion &one) {
        const bool same_days = first_day(one) == today ? present && &version == &all_[*present] : version.since == one.since;
        return same_days && !never_came(version) && says_the_same(version.profile, one.profile);
    };
    for (ManualVersion &version : all_)
        if (first_day(version) > today && !never_came(version) &&
            std::ranges::none_of(wanted, [&](const ManualVersion &one) { return stands(version, one); }))
            version.until = today;
    std::uint64_t last = all_.empty() ? 0 : all_.back().number.value_or(0);
    if (present && is_draft(all_[*present].profile) && is_draft(wanted.front().profile)) { // one draft, whatever its texts
        wanted.front().since = all_[*present].since;
        all_[*present] = std::move(wanted.front());
        wanted.erase(wanted.begin());
    }
    for (ManualVersion &one : wanted) {
        if (std::ranges::any_of(all_, [&](const ManualVersion &version) { return stands(version, one); })) continue;
        if (!is_draft(one.profile)) one.number = ++last;
        all_.push_back(std::move(one));
    }
}

std::optional<std::size_t> ManualVersions::in_force(base::Day day) const {
    std::optional<std::size_t> out;
    for (std::size_t i = 0; i < all_.size(); ++i)
        if (!never_came(all_[i]) && first_day(all_[i]) <= day && (!out || first_day(all_[*out]) <= first_day(all_[i]))) out = i;
    return out;
}

const ManualVersion &ManualVersions::on(base::Day day) const { return all_[in_force(day).value_or(0)]; }

const ManualVersion *ManualVersions::find(std::optional<std::uint64_t> number) const {
    const auto found = std::ranges::find(all_, number, &ManualVersion::number);
    return found == all_.end() ? nullptr : &*found;
}

} // namespace domain
