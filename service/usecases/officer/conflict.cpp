#include "service/usecases/officer/conflict.h"

#include "service/domain/text.h"
#include "service/usecases/officer/access.h"
#include "service/usecases/officer/index_rows.h"

#include <algorithm>

namespace usecases {
namespace {

using Why = ActRefused::Why;

bool contains(std::span<const base::OfficerId> officers, base::OfficerId officer) {
    return std::ranges::find(officers, officer) != officers.end();
}

// Nobody who finds the facts, or has proposed what waits, takes the case from who decides upon it; and nobody from more than one
// other: the next is for another reader to say.
std::vector<domain::Person> others_in(const OpenedCase &opened, base::OfficerId viewer) {
    if (opened.as(viewer, domain::handling_line).empty() || contains(opened.course.finders, viewer) ||
        std::ranges::any_of(opened.access.conflicts, [&](const CaseAccess::Declared &one) { return one.by == viewer; }))
        return {};
    const auto turn = opened.course.proposed_by() == viewer ? opened.turn() : std::vector<base::OfficerId>();
    std::vector<domain::Holder> out;
    for (const domain::Holder &holder : opened.agency->holders)
        if ((holder.may_read || holder.may_custody) && holder.officer != viewer && !contains(opened.complaint.excluded, holder.officer) &&
            !contains(turn, holder.officer))
            out.push_back(holder);
    return domain::people(out);
}

std::expected<domain::Conflict, std::vector<domain::Fault>> check(const OpenedCase &opened, base::OfficerId viewer,
                                                                  const ConflictForm &form) {
    std::vector<domain::Fault> faults;
    const bool mine = form.who == "me";
    const auto others = others_in(opened, viewer);
    const auto id = mine ? std::optional(viewer) : base::OfficerId::from_text(form.who);
    if (!id || (!mine && std::ranges::find(others, *id, &domain::Person::officer) == others.end()))
        faults.push_back({"conflict_who", "fault.choice.unknown"});
    std::string reason = domain::clean_text(form.reason);
    if (const auto count = domain::characters(reason); count > domain::max_conflict_reason)
        faults.push_back({"conflict_reason", "fault.too_long", domain::max_conflict_reason, count - domain::max_conflict_reason});
    else if (reason.empty() && id && !mine)
        faults.push_back({"conflict_reason", "fault.field.missing"});
    if (!form.understood)
        faults.push_back({"understood_conflict", "fault.confirm.missing"});
    if (!faults.empty())
        return std::unexpected(std::move(faults));
    return domain::Conflict{*id, std::move(reason), opened.as(viewer)};
}

// Only who has the identity key can give it: with the last custodian it would be nobody's.
bool keeps_a_custodian(const OpenedCase &opened, base::OfficerId leaving) {
    const auto &excluded = opened.complaint.excluded;
    bool was_one = false, another = false;
    for (const auto &[officer, serial] : opened.access.custodians) {
        was_one = was_one || officer == leaving;
        another = another || (!contains(excluded, officer) && opened.agency->roster.has_live_keys(officer, serial));
    }
    return !was_one || another;
}

// Two who read it, and somebody for every step: from where it stands, and from the beginning, where it may be sent back to.
bool can_go_on(const OpenedCase &opened) {
    const auto &holders = opened.agency->holders;
    const auto &excluded = opened.complaint.excluded;
    return !plan_access(opened).too_few() && domain::can_be_decided(holders, excluded) && domain::can_be_decided(holders, excluded, opened.course);
}

bool belong_together(const OpenedCase &one, const OpenedCase &other) {
    const auto leads = [](const OpenedCase &first, const OpenedCase &second) {
        return first.row.number && typed_number(*first.row.number) == second.leading;
    };
    return leads(one, other) || leads(other, one);
}

// This case, those that it was found to be the same as, and those that were found to be the same as it or as they, as far as they open for
// who asks: whoever reads one of them reads what the matter is.
base::Result<std::vector<OpenedCase>> linked(OfficerContext &context, const OfficerSession &session, OpenedCase opened) {
    ASSIGN_OR_RETURN(const auto held, context.reads.one_state());
    ASSIGN_OR_RETURN(const auto slots, context.reads.slots_of(session.actor.officer, context.clock.today()));
    std::vector<OpenedCase> out, others;
    for (const ports::SlotRow &slot : slots) {
        if (slot.row.record.case_id == opened.row.record.case_id)
            continue;
        auto other = open_slot_row(context, session, slot, opened.agency);
        if (other)
            others.push_back(std::move(*other));
        else if (other.error().code != base::Code::not_found && other.error().code != base::Code::refused)
            return std::unexpected(other.error());
    }
    fill_group(session, slots.size());
    out.push_back(std::move(opened));
    for (std::size_t at = 0; at < out.size(); ++at)
        for (auto other = others.begin(); other != others.end();) {
            if (belong_together(out[at], *other)) {
                out.push_back(std::move(*other));
                other = others.erase(other);
            } else {
                ++other;
            }
        }
    return out;
}

} // namespace

base::Result<ConflictView> conflict_view(const domain::Permitted<domain::Action::work_cases> &permitted, OfficerContext &context,
                                         const OfficerSession &session, std::string_view case_id) {
    ASSIGN_OR_RETURN(const auto opened, open_by_id(context, session, case_id));
    return ConflictView{opened.row.record.case_id, opened.row.number, opened.secrecy,
                        others_in(opened, permitted.actor().officer)};
}

std::expected<bool, ActRefused> declare_conflict(const domain::Permitted<domain::Action::work_cases> &permitted,
                                                 const RecentlySignedIn &, OfficerContext &context,
                                                 const OfficerSession &session, std::string_view case_id, const ConflictForm &form) {
    auto opened = open_by_id(context, session, case_id);
    if (!opened)
        return refuse(opened.error());
    const base::OfficerId viewer = permitted.actor().officer;
    auto conflict = check(*opened, viewer, form);
    if (!conflict)
        return refuse(Why::faults, std::move(conflict.error()));
    if (conflict->as.empty())
        return refuse(Why::not_found);
    if (context.clock.today() != opened->agency->day)
        return refuse(Why::busy); // the posts are those of the agency as it was read
    auto cases = linked(context, session, std::move(*opened));
    if (!cases)
        return refuse(cases.error());
    std::erase_if(*cases, [&](const OpenedCase &one) { return contains(one.complaint.excluded, conflict->officer); });
    for (OpenedCase &one : *cases) {
        one.complaint.excluded.push_back(conflict->officer);
        std::ranges::sort(one.complaint.excluded);
        if (!can_go_on(one) || !keeps_a_custodian(one, conflict->officer))
            return refuse(Why::nobody_next);
    }
    if (const auto done = exclude(context, session, *cases, *conflict); !done)
        return refuse(done.error());
    return conflict->officer == viewer;
}

} // namespace usecases
