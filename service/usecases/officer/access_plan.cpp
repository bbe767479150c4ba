#include "service/usecases/officer/access_plan.h"

#include "service/usecases/officer/case_index.h"

#include <algorithm>

namespace usecases {
namespace {

using Officers = std::set<base::OfficerId>;

bool is_disabled(const AgencySnapshot &agency, base::OfficerId officer) {
    return std::ranges::find(agency.disabled, officer) != agency.disabled.end();
}

bool able_custodian(const AgencySnapshot &agency, base::OfficerId officer) {
    return std::ranges::any_of(agency.holders, [&](const domain::Holder &holder) {
        return holder.officer == officer && holder.may_custody;
    });
}

// A reader who may keep what they have: the same keys, the right, and not disabled. A post that ended takes nothing away.
bool stands(const AgencySnapshot &agency, const std::pair<base::OfficerId, base::CertificateSerial> &reader) {
    const auto *live = agency.roster.live(reader.first);
    return live && live->rights.has(crypto::Right::reading) && agency.roster.has_live_keys(reader.first, reader.second) &&
           !is_disabled(agency, reader.first);
}

// By their posts, whether or not the complaint excludes them. The line goes by what was signed: whoever an admin disables or
// resets still stands in their place, so that nobody moves up to read in it; a signed revocation, or a reader at /access, does that.
Officers by_post(const OpenedCase &opened) {
    const AgencySnapshot &agency = *opened.agency;
    Officers out;
    const auto add = [&](std::span<const base::OfficerId> more) { out.insert(more.begin(), more.end()); };
    if (!domain::is_finished(opened.course.state)) {
        for (const domain::Holder &holder : agency.holders)
            if (holder.may_read && domain::is_intake(holder.post))
                out.insert(holder.officer);
        if (const auto up_the_line = domain::readers_of_new(agency.signed_line, opened.complaint.excluded))
            add(*up_the_line);
    }
    add(domain::turn(opened.course, agency.signed_line, {}));
    add(domain::turn(opened.course, agency.signed_line, opened.complaint.excluded));
    for (const base::OfficerId officer : opened.access.ever)
        if (able_to_read(agency, officer))
            out.insert(officer);
    return out;
}

void plan_custody(AccessPlan &plan, const OpenedCase &opened, const Officers &excluded) {
    const AgencySnapshot &agency = *opened.agency;
    for (const domain::Holder &holder : agency.holders)
        if (holder.may_custody && !excluded.contains(holder.officer) &&
            !holds(opened.access.custodians, agency.roster, holder.officer) &&
            std::ranges::find(plan.custody, holder.officer) == plan.custody.end())
            plan.custody.push_back(holder.officer);
    Officers ends;
    bool another = false;
    for (const auto &[officer, serial] : opened.access.custodians) {
        const bool same_keys = agency.roster.has_live_keys(officer, serial);
        another = another || (same_keys && able_custodian(agency, officer) && !excluded.contains(officer));
        const auto *live = agency.roster.live(officer);
        if (!live || excluded.contains(officer) || !live->rights.has(crypto::Right::custody) || is_disabled(agency, officer))
            ends.insert(officer);
    }
    if (another)
        plan.custody_ends.assign(ends.begin(), ends.end());
}

} // namespace

bool able_to_read(const AgencySnapshot &agency, base::OfficerId officer) {
    return std::ranges::any_of(agency.holders, [&](const domain::Holder &holder) {
        return holder.officer == officer && holder.may_read;
    });
}

AccessPlan plan_access(const OpenedCase &opened, std::span<const base::OfficerId> also) {
    const AgencySnapshot &agency = *opened.agency;
    const Officers excluded(opened.complaint.excluded.begin(), opened.complaint.excluded.end());
    Officers should = by_post(opened), stay, leave;
    should.insert(also.begin(), also.end());
    AccessPlan plan;
    for (const auto &reader : opened.access.readers)
        (stands(agency, reader) && !excluded.contains(reader.first) ? stay : leave).insert(reader.first);
    for (const base::OfficerId officer : should) {
        if (!able_to_read(agency, officer))
            continue;
        if (excluded.contains(officer)) {
            if (!holds(opened.access.passed, agency.roster, officer))
                plan.pass.push_back(officer);
        } else if (!stay.contains(officer)) {
            plan.grant.push_back(officer);
        }
    }
    stay.insert(plan.grant.begin(), plan.grant.end());
    plan.stay.assign(stay.begin(), stay.end());
    plan.leave.assign(leave.begin(), leave.end());
    plan.able = static_cast<std::size_t>(
        std::ranges::count_if(plan.stay, [&](base::OfficerId officer) { return able_to_read(agency, officer); }));
    plan_custody(plan, opened, excluded);
    return plan;
}

std::uint64_t access_class(const OpenedCase &opened) {
    base::Writer all;
    for (const auto *keyed : {&opened.access.readers, &opened.access.custodians, &opened.access.passed}) {
        all.u32(static_cast<std::uint32_t>(keyed->size()));
        for (const auto &[officer, serial] : *keyed)
            all.raw(officer.bytes()).raw(serial.bytes());
    }
    const auto put = [&](const auto &officers) {
        all.u32(static_cast<std::uint32_t>(officers.size()));
        for (const base::OfficerId officer : officers)
            all.raw(officer.bytes());
    };
    put(opened.access.ever);
    put(opened.complaint.excluded);
    domain::Course course = opened.course; // whose turn it is does not hang on days
    course.since = {};
    course.due = course.due ? std::optional(base::Day{}) : std::nullopt;
    all.raw(encode(course));
    const auto digest = crypto::digest(all.seen());
    std::uint64_t out;
    std::memcpy(&out, digest.data(), sizeof out);
    return out;
}

std::vector<domain::Person> could_read(const OpenedCase &opened) {
    std::vector<domain::Holder> holders;
    for (const domain::Holder &holder : opened.agency->holders)
        if (holder.may_read && holder.post != domain::Post::fact_finder && std::ranges::find(opened.complaint.excluded, holder.officer) == opened.complaint.excluded.end() &&
            !holds(opened.access.readers, opened.agency->roster, holder.officer))
            holders.push_back(holder);
    return domain::people(holders);
}

} // namespace usecases
