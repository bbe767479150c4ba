#include "service/usecases/officer/title.h"

#include "service/domain/case_title.h"
#include "service/usecases/officer/opened_case.h"

namespace usecases {

std::expected<void, ActRefused> name_case(const domain::Permitted<domain::Action::work_cases> &permitted, OfficerContext &context,
                                          const OfficerSession &session, std::string_view case_id, std::uint32_t titles,
                                          std::string_view typed) {
    using Why = ActRefused::Why;
    const auto opened = open_by_id(context, session, case_id);
    if (!opened)
        return refuse(opened.error());
    auto title = domain::check_title(typed);
    if (!title)
        return refuse(Why::faults, {title.error()});
    if (titles != opened->titles)
        return refuse(Why::stale);
    if (*title == opened->title)
        return {};
    const base::OfficerId author = permitted.actor().officer;
    const auto as = opened->as(author);
    if (as.empty())
        return refuse(Why::not_found);
    if (context.clock.today() != opened->agency->day) // on which its author held the posts that it names
        return refuse(Why::busy);
    const base::Seconds now = context.clock.now();
    const crypto::ObjectHeader header{crypto::Kind::title, opened->row.record.case_id, base::ObjectId::random(),
                                      opened->row.record.epoch, author};
    const std::string json = to_json(domain::TitleRecord{std::move(*title), titles + 1, as, now});
    auto object = crypto::seal_title(opened->keys.newest(), session.keys, header, base::view(json));
    if (!object)
        return refuse(object.error());
    ports::CaseTitle row{header.case_id, titles, opened->agency->day, std::move(*object), {}};
    row.audit = case_entry(context, crypto::AuditEvent::title_given, author, header.case_id);
    row.audit.object = header.object_id;
    row.audit.digest = crypto::digest(row.object.sealed);
    if (const auto done = context.writes.title(std::move(row)); !done)
        return refuse(done.error());
    return {};
}

} // namespace usecases
