#include "service/usecases/officer/handover.h"

#include "crypto/primitives/hash.h"
#include "service/usecases/officer/access.h"

#include <algorithm>
#include <tuple>

namespace usecases {
namespace {

using Stands = HandoverRow::Stands;

Stands standing(const OpenedCase &opened, base::OfficerId leaver, base::OfficerId successor) {
    if (std::ranges::find(opened.complaint.excluded, successor) != opened.complaint.excluded.end())
        return Stands::excluded;
    if (!holds(opened.access.readers, opened.agency->roster, successor))
        return Stands::open;
    return opened.access.given.contains({leaver, successor}) ? Stands::handed_over : Stands::already;
}

base::Result<domain::Person> successor_from(const AgencySnapshot &agency, base::OfficerId leaver, base::OfficerId successor) {
    const auto all = successors(agency, leaver);
    const auto found = std::ranges::find(all, successor, &domain::Person::officer);
    if (found == all.end())
        return base::fail(base::Code::not_found, "somebody to whom cases can be handed over");
    return *found;
}

// Every case that opens for the officer, one after the other.
template <class Each>
base::Result<> each_case(OfficerContext &context, const OfficerSession &session,
                         const std::shared_ptr<const AgencySnapshot> &agency, Each each) {
    ASSIGN_OR_RETURN(const auto held, context.reads.one_state());
    ASSIGN_OR_RETURN(const auto slots, context.reads.slots_of(session.actor.officer, context.clock.today()));
    for (const ports::SlotRow &slot : slots) {
        const auto opened = open_slot_row(context, session, slot, agency);
        if (!opened && opened.error().code != base::Code::not_found && opened.error().code != base::Code::refused)
            return std::unexpected(opened.error());
        if (opened)
            RETURN_IF_FAILED(each(*opened));
    }
    fill_group(session, slots.size());
    return {};
}

crypto::AuditEntry handed_over(const OfficerContext &context, base::OfficerId leaver, base::OfficerId successor) {
    return {.event = crypto::AuditEvent::cases_handed_over, .day = context.clock.today(), .time = context.clock.now(),
            .actor = leaver, .subject = {}, .object = {}, .digest = crypto::digest(successor.bytes())};
}

} // namespace

std::vector<domain::Person> successors(const AgencySnapshot &agency, base::OfficerId leaver) {
    std::vector<domain::Holder> holders;
    for (const domain::Holder &holder : agency.holders)
        if (holder.post != domain::Post::fact_finder && holder.may_read && holder.officer != leaver)
            holders.push_back(holder);
    return domain::people(holders);
}

base::Result<Handover> handover(const domain::Permitted<domain::Action::read_cases> &permitted, OfficerContext &context,
                                const OfficerSession &session, base::OfficerId successor) {
    const base::OfficerId leaver = permitted.actor().officer;
    ASSIGN_OR_RETURN(const auto agency, context.snapshot());
    Handover out;
    ASSIGN_OR_RETURN(out.successor, successor_from(*agency, leaver, successor));
    RETURN_IF_FAILED(each_case(context, session, agency, [&](const OpenedCase &opened) -> base::Result<> {
        HandoverRow row{opened.queue_row(leaver), standing(opened, leaver, successor), false};
        const AccessPlan plan = plan_access(opened);
        row.too_few = plan.able - std::ranges::count(plan.stay, leaver) < 2;
        out.left += row.stands == Stands::open;
        out.rows.push_back(std::move(row));
        return {};
    }));
    std::ranges::sort(out.rows, {}, [](const HandoverRow &one) {
        const auto number = one.row.number.value_or(ports::RegisterNumber{});
        return std::make_tuple(!one.row.number, number.series, number.year, number.number, one.row.received, one.row.id);
    });
    return out;
}

base::Result<> hand_over(const domain::Permitted<domain::Action::work_cases> &permitted, const RecentlySignedIn &,
                         OfficerContext &context, const OfficerSession &session, base::OfficerId successor,
                         std::size_t most) {
    ASSIGN_OR_RETURN(const auto agency, context.snapshot());
    RETURN_IF_FAILED(successor_from(*agency, permitted.actor().officer, successor));
    bool logged = false; // before the first case that is handed over, once in a call
    return each_case(context, session, agency, [&](const OpenedCase &opened) -> base::Result<> {
        if (most == 0 || standing(opened, permitted.actor().officer, successor) != Stands::open)
            return {};
        if (!logged)
            RETURN_IF_FAILED(context.writes.append_audit({handed_over(context, permitted.actor().officer, successor)}));
        logged = true;
        --most;
        const auto done = carry_out(context, session, opened, plan_access(opened, std::span(&successor, 1)));
        if (!done && done.error().code != base::Code::conflict) // somebody was faster: the next call does it
            return std::unexpected(done.error());
        return {};
    });
}

} // namespace usecases
