// The frame of a sample page, and a manual in a version of each kind: what a start renders to see that templates, catalogues and code fit together.
#pragma once

#include "service/domain/manual_versions.h"
#include "service/domain/typed_day.h"
#include "web/pages/common/site.h"

namespace pages {

inline Frame sample_frame(Language language, std::string path, std::string title_key) {
    Frame out;
    out.language = language;
    out.language_chosen = true;
    out.path = std::move(path);
    out.title_key = std::move(title_key);
    return out;
}

// A draft, one earlier, one that never came, the one in force and the one to come.
inline domain::ManualVersions sample_manuals(const Site &site, base::Day today) {
    std::vector<domain::ProfileVersion> profiles{{0, site.profile()}};
    profiles[0].profile.manual_from.clear();
    const auto then = [&](int since, auto change) {
        profiles.push_back({profiles.back().version + 1, profiles.back().profile, base::Day{today.number + since}});
        change(profiles.back().profile);
    };
    const auto limits = [&](int number, int from) {
        return [&, number, from](AgencyProfile &profile) {
            profile.limits.front().number = number;
            profile.manual_from = domain::day_to_type({today.number + from});
        };
    };
    then(-30, limits(2, -20));
    then(-10, limits(3, 5));
    then(-5, [](AgencyProfile &profile) { profile.contact.th += " 2"; });
    return domain::ManualVersions(profiles);
}

} // namespace pages
