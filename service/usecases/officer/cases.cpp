#include "service/usecases/officer/cases.h"

#include "service/usecases/officer/files.h"
#include "service/usecases/officer/index_rows.h"
#include "service/usecases/officer/move_checks.h"
#include "service/usecases/officer/paper.h"

#include <algorithm>

namespace usecases {

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
    out.titles = opened.titles;
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
