#include "web/pages/officer/queue.h"

#include "web/pages/common/dates.h"

namespace pages {

http::Response render_queue(const Site &site, const Frame &frame, const Viewer &viewer,
                            const usecases::QueueView &queue) {
    const auto &catalogue = site.catalogue();
    View view;
    view.set("TOTALS_TITLE",
             catalogue.text(frame.language, "queue.totals", {{"YEAR", std::to_string(queue.totals.fiscal_year)}}));
    view.set("TOTAL", std::to_string(queue.totals.total));
    view.set("IN_PROGRESS", std::to_string(queue.totals.in_progress));
    view.set("FINISHED", std::to_string(queue.totals.finished));
    view.show("NO_CASES", queue.rows.empty()).list("CASES");
    if (!queue.rows.empty()) {
        View &cases = view.row("CASES").list("CASE");
        for (const usecases::QueueRow &row : queue.rows)
            cases.row("CASE")
                .set("CASE_ID", row.id.text())
                .set("CASE_NUMBER",
                     row.number ? register_number(site, frame, *row.number) : site.text(frame, "queue.unregistered"))
                .set("CASE_RECEIVED", long_date(catalogue, frame.language, row.received))
                .set("CASE_STATE", state_name(site, frame, row.state))
                .set("CASE_TURN", turn_of(site, frame, row.turn))
                .set("CASE_CATEGORY", category_name(site, frame, row.category))
                .set("CASE_LAST", long_date(catalogue, frame.language, row.last_from_reporter))
                .show("CASE_DAMAGED", row.damaged)
                .show("CASE_MINE", row.my_turn)
                .show("CASE_NEWS", row.news);
    }
    return officer_page(site, "queue", frame, std::move(view), &viewer);
}

http::Response render_role(const Site &site, const Frame &frame, const Viewer &viewer) {
    const bool admin = viewer.post == domain::Post::admin;
    View view;
    view.set("ROLE", post_name(site, frame, viewer.post));
    view.set("ROLE_MAY", site.text(frame, admin ? "role.admin" : "role.auditor"));
    view.set("ROLE_NOW", site.text(frame, admin ? "role.admin.now" : "role.auditor.now"));
    return officer_page(site, "role", frame, std::move(view), &viewer);
}

http::Response home(OfficerRequest &, http::Request &request, const http::Captures &) {
    return see_other("/queue", frame_of(request, ""));
}

http::Response queue_page(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const Viewer viewer = viewer_of(*page.session);
    const auto permitted = domain::Permitted<domain::Action::read_cases>::check(page.session->actor);
    if (!permitted) return render_role(page.site, frame_of(request, "page.role.title"), viewer);
    const auto queue = usecases::queue(*permitted, page.use, *page.session);
    if (!queue) return officer_error_page(page.site, 503, &request, &viewer);
    return render_queue(page.site, frame_of(request, "page.queue.title"), viewer, *queue);
}

} // namespace pages
