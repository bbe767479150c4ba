#include "service/usecases/officer/cases.h"

#include "service/domain/fiscal_year.h"
#include "service/usecases/officer/agency_settings.h"
#include "service/usecases/officer/files.h"
#include "service/usecases/officer/move_checks.h"
#include "service/usecases/officer/paper.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace usecases {
namespace {

void count_voided(Totals &totals, const OpenedCase &opened) {
    const auto name = [&](std::string_view event) {
        const auto *entry = opened.latest(event);
        return entry ? entry->who : std::string();
    };
    const bool grievance = opened.course.uncounted == domain::Outcome::general_grievance;
    Totals::Voided by{name(grievance ? "general_grievance" : "set_aside"), name(grievance ? "confirm_grievance" : "confirm_void"), 1};
    const auto found = std::ranges::find_if(totals.voided, [&](const Totals::Voided &known) {
        return known.proposed_by == by.proposed_by && known.confirmed_by == by.confirmed_by;
    });
    if (found == totals.voided.end())
        totals.voided.push_back(std::move(by));
    else
        ++found->count;
}

void count(Totals &totals, const QueueRow &row, const OpenedCase *opened) {
    if (domain::fiscal_year(row.received) != totals.fiscal_year)
        return;
    if (opened && row.uncounted)
        return count_voided(totals, *opened);
    ++totals.total;
    ++(domain::is_finished(row.state) ? totals.finished : totals.in_progress);
}

QueueRow row_of(const OfficerContext &context, const OpenedCase &opened, base::OfficerId viewer) {
    const auto deadlines = context.profile.deadlines();
    QueueRow out = opened.queue_row(viewer);
    out.due = deadlines->due(opened.course, out.received);
    out.manual = deadlines->manuals().on(out.received).number;
    if (out.due)
        out.standing = deadlines->standing(opened.course.since, *out.due, context.clock.today());
    out.elsewhere = domain::waits_for_others(out.state) && out.standing != domain::Deadlines::Standing::overdue;
    out.my_turn = out.my_turn && !out.elsewhere;
    return out;
}

} // namespace

base::Result<QueueView> queue(const domain::Permitted<domain::Action::read_cases> &permitted, OfficerContext &context,
                              const OfficerSession &session) {
    const base::Day today = context.clock.today();
    ASSIGN_OR_RETURN(const auto agency, context.snapshot());
    ASSIGN_OR_RETURN(const auto held, context.reads.one_state());
    ASSIGN_OR_RETURN(const auto slots, context.reads.slots_of(permitted.actor().officer, today));
    QueueView out;
    out.totals.fiscal_year = domain::fiscal_year(today);
    for (const auto &slot : slots) {
        const auto opened = open_slot_row(context, session, slot, agency);
        if (!opened && opened.error().code == base::Code::not_found)
            continue; // a decoy, or not for this officer: there is no such case
        if (!opened && opened.error().code != base::Code::refused)
            return std::unexpected(opened.error());
        QueueRow row;
        if (opened) {
            row = row_of(context, *opened, permitted.actor().officer);
        } else { // tampered with: it stays in sight, its page says so
            row.id = slot.row.record.case_id;
            row.number = slot.row.number;
            row.received = slot.row.received;
            row.state_since = slot.row.state_since;
            row.last_from_reporter = slot.row.last_from_reporter;
            row.state = slot.row.state;
            row.damaged = true;
        }
        count(out.totals, row, opened ? &*opened : nullptr);
        out.rows.push_back(std::move(row));
    }
    fill_group(session, slots.size());
    static constexpr base::Day far{std::numeric_limits<std::int32_t>::max()};
    std::ranges::sort(out.rows, {}, [](const QueueRow &row) {
        return std::make_tuple(!row.wants_attention(), domain::is_finished(row.state), row.due.value_or(far), row.received, row.id);
    });
    return out;
}

base::Result<CaseView> open_case(const domain::Permitted<domain::Action::read_cases> &permitted, OfficerContext &context,
                                 const OfficerSession &session, std::string_view case_id) {
    ASSIGN_OR_RETURN(auto opened, open_by_id(context, session, case_id));
    const domain::Actor &viewer = permitted.actor();
    RETURN_IF_FAILED(context.writes.append_audit(
        {case_entry(context, crypto::AuditEvent::case_opened, viewer.officer, opened.row.record.case_id)}));
    CaseView out;
    out.row = row_of(context, opened, viewer.officer);
    out.version = opened.row.version;
    for (base::OfficerId id : opened.complaint.excluded)
        if (const auto *known = opened.agency->roster.known(id))
            out.excluded_names.push_back(known->display_name);
    out.follow_ups = opened.follow_ups;
    for (const OpenedCaseFile &file : opened.files)
        out.files.push_back(as_shown(context, file));
    for (const OpenedCaseFile *scan : opened.scans(viewer.officer))
        out.scans.push_back(scan->shown.id);
    out.own_scan_only = out.scans.empty() && !opened.scans().empty();
    out.wants_scan = opened.wants_scan();
    out.signers = signers_of(opened, viewer.officer);
    for (const domain::Transition *transition : opened.allowed(viewer))
        out.moves.push_back({transition, opened.allegations, transition->records.empty() ? std::vector<Signer>() : out.signers,
                             nameable(opened, viewer.officer)});
    out.secrecy = std::move(opened.secrecy);
    out.complaint = std::move(opened.complaint);
    out.history = std::move(opened.history);
    out.allegations = std::move(opened.allegations);
    out.may_attach = domain::allows(viewer, domain::Action::work_cases);
    out.may_reply = out.may_attach && !opened.as(viewer.officer, domain::handling_line).empty();
    if (out.may_reply) {
        ASSIGN_OR_RETURN(out.identity, identity_standing(context, session, *opened.agency, out.row.id));
    }
    return out;
}

} // namespace usecases
