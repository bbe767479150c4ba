#include "service/usecases/officer/printing.h"

#include "service/usecases/officer/opened_case.h"

#include <algorithm>

namespace usecases {
namespace {

using MayPrint = domain::Permitted<domain::Action::work_cases>;

// Who may work a case may read it.
base::Result<CaseView> opened_view(const MayPrint &permitted, OfficerContext &context, const OfficerSession &session, std::string_view case_id) {
    ASSIGN_OR_RETURN(const auto reading, domain::Permitted<domain::Action::read_cases>::check(permitted.actor()));
    return open_case(reading, context, session, case_id);
}

std::optional<domain::PrintKind> kind_of(const CaseKeys &keys, const crypto::AuditEntry &entry) {
    for (const crypto::CaseKey &key : keys.keys)
        for (const domain::PrintKind kind : domain::print_kinds)
            if (crypto::print_mark(key, entry.object, static_cast<base::Byte>(kind)) == entry.digest)
                return kind;
    return std::nullopt;
}

} // namespace

std::string reference(const Copy &copy) { return copy.id.text().substr(0, 8); }

bool can_be_printed(const CaseView &shown, domain::PrintKind kind) {
    if (!shown.row.number)
        return false;
    if (kind == domain::PrintKind::result && !domain::is_finished(shown.row.state))
        return false;
    const auto after = domain::printed_after(kind);
    return after.empty() || std::ranges::any_of(shown.history, [&](const HistoryEntry &entry) {
               return std::ranges::find(after, entry.event) != after.end();
           });
}

base::Result<CasePrints> case_prints(const MayPrint &permitted, OfficerContext &context, const OfficerSession &session,
                                     std::string_view case_id) {
    CasePrints out;
    ASSIGN_OR_RETURN(out.shown, opened_view(permitted, context, session, case_id));
    ASSIGN_OR_RETURN(const auto opened, open_by_id(context, session, case_id));
    ASSIGN_OR_RETURN(const auto entries, context.reads.prints(crypto::case_pseudonym(context.keys, opened.row.record.case_id)));
    for (const crypto::AuditEntry &entry : entries) {
        const auto *known = opened.agency->roster.known(entry.actor);
        out.copies.push_back({entry.object, static_cast<std::uint32_t>(out.copies.size() + 1), known ? known->display_name : std::string(),
                              entry.time, kind_of(opened.keys, entry)});
    }
    std::ranges::reverse(out.copies);
    return out;
}

base::Result<CasePrint> print_case(const MayPrint &permitted, OfficerContext &context, const OfficerSession &session,
                                   std::string_view case_id, domain::PrintKind kind) {
    CasePrint out;
    ASSIGN_OR_RETURN(out.shown, opened_view(permitted, context, session, case_id));
    if (!can_be_printed(out.shown, kind))
        return base::fail(base::Code::not_found, "a paper of the case");
    ASSIGN_OR_RETURN(const auto opened, open_by_id(context, session, case_id));
    auto entry = case_entry(context, crypto::AuditEvent::case_printed, permitted.actor().officer, opened.row.record.case_id);
    entry.object = base::ObjectId::random();
    entry.digest = crypto::print_mark(opened.keys.newest(), entry.object, static_cast<base::Byte>(kind));
    out.copy = {entry.object, 0, permitted.actor().name, entry.time, kind};
    ASSIGN_OR_RETURN(out.copy.number, context.writes.add_print(std::move(entry)));
    return out;
}

} // namespace usecases
