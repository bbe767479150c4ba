#include "web/pages/officer/access.h"

#include "web/pages/common/dates.h"
#include "web/pages/officer/sign_in.h"

#include <algorithm>

namespace pages {

namespace {

using MayRead = domain::Permitted<domain::Action::read_cases>;
using MayWork = domain::Permitted<domain::Action::work_cases>;

std::string joined(std::span<const std::string> names) {
    std::string out;
    for (const std::string &name : names)
        out += (out.empty() ? "" : ", ") + name;
    return out;
}

std::string number_of(const Site &site, const Frame &frame, const usecases::QueueRow &row) {
    return row.number ? register_number(site, frame, *row.number) : site.text(frame, "queue.unregistered");
}

http::Response failed(OfficerRequest &page, const http::Request &request, const base::Error &error) {
    const Viewer viewer = viewer_of(*page.session);
    return officer_error_page(page.site, error.code == base::Code::not_found ? 404 : 503, &request, &viewer);
}

http::Response show_access(OfficerRequest &page, const http::Request &request, AccessSays says, unsigned status = 200) {
    const Viewer viewer = viewer_of(*page.session);
    const auto permitted = MayRead::check(page.session->actor);
    if (!permitted) return failed(page, request, permitted.error());
    const auto rows = usecases::access_rows(*permitted, page.use, *page.session);
    const auto agency = page.use.snapshot();
    if (!rows || !agency) return officer_error_page(page.site, 503, &request, &viewer);
    Frame frame = frame_of(request, "page.access.title");
    frame.path = "/access"; // switching the language must not repeat what failed
    frame.faulty = says.unchosen;
    return render_access(page.site, frame, viewer, *rows,
                         usecases::successors(**agency, permitted->actor().officer), says, status);
}

http::Response show_handover(OfficerRequest &page, const http::Request &request, base::OfficerId successor) {
    const auto permitted = MayRead::check(page.session->actor);
    if (!permitted) return failed(page, request, permitted.error());
    const auto list = usecases::handover(*permitted, page.use, *page.session, successor);
    if (!list) return failed(page, request, list.error());
    return render_handover(page.site, frame_of(request, "page.handover.title"), viewer_of(*page.session), *list,
                           page.use.clock.today());
}

http::Response hand_over_to(OfficerRequest &page, const http::Request &request, base::OfficerId successor) {
    const auto recent = usecases::RecentlySignedIn::check(*page.session, page.use.clock.now());
    if (!recent) return ask_to_sign_in_again(page, request);
    const auto permitted = MayWork::check(page.session->actor);
    if (!permitted) return failed(page, request, permitted.error());
    const auto done = usecases::hand_over(*permitted, *recent, page.use, *page.session, successor);
    if (!done) return failed(page, request, done.error());
    return see_other("/access/handover/" + successor.text(), frame_of(request, ""));
}

} // namespace

http::Response render_access(const Site &site, const Frame &frame, const Viewer &viewer,
                             std::span<const usecases::AccessRow> rows, std::span<const domain::Person> successors,
                             AccessSays says, unsigned status) {
    View view;
    view.list("NOTICE").list("FAULT").list("ROW").list("SUCCESSOR");
    if (!says.notice.empty()) view.row("NOTICE").set("NOTICE_TEXT", site.text(frame, says.notice));
    if (says.unchosen) view.row("FAULT").set("FAULT_TEXT", site.text(frame, "fault.handover.nobody"));
    view.show("UNCHOSEN", says.unchosen).show("NO_ROWS", rows.empty()).set("FORM_CSRF", viewer.csrf);
    for (const usecases::AccessRow &row : rows) {
        View &one = view.row("ROW");
        one.set("CASE_ID", row.row.id.text())
            .set("CASE_NUMBER", number_of(site, frame, row.row))
            .set("CASE_STATE", state_name(site, frame, row.row.state))
            .set("READERS", joined(row.readers))
            .show("NOBODY", row.could.empty())
            .list("LEAVING")
            .list("COULD");
        if (!row.leaving.empty()) one.row("LEAVING").set("LEAVING_NAMES", joined(row.leaving));
        for (const domain::Person &person : row.could)
            one.row("COULD")
                .set("COULD_ID", person.officer.text())
                .set("COULD_LABEL", site.catalogue().text(frame.language, "access.grant_to", {{"NAME", person.name}}))
                .set("COULD_POSTS", post_names(site, frame, person.posts));
    }
    for (const domain::Person &person : successors)
        view.row("SUCCESSOR")
            .set("SUCCESSOR_ID", person.officer.text())
            .set("SUCCESSOR_NAME", person.name)
            .set("SUCCESSOR_POSTS", post_names(site, frame, person.posts));
    return officer_page(site, "access", frame, std::move(view), &viewer, status);
}

http::Response render_handover(const Site &site, const Frame &frame, const Viewer &viewer,
                               const usecases::Handover &handover, base::Day today, unsigned status) {
    using Stands = usecases::HandoverRow::Stands;
    const auto &catalogue = site.catalogue();
    View view;
    view.set("SECRECY", site.text(frame, "choice.secrecy.confidential"))
        .set("FROM", viewer.name + ", " + post_names(site, frame, viewer.posts))
        .set("TO", handover.successor.name + ", " + post_names(site, frame, handover.successor.posts))
        .set("TODAY", long_date(catalogue, frame.language, today))
        .show("NO_ROWS", handover.rows.empty())
        .list("LEFT")
        .list("LEFT_BEHIND")
        .list("ROW");
    if (handover.left > 0)
        view.row("LEFT")
            .set("LEFT_TEXT", catalogue.text(frame.language, "handover.left", {{"COUNT", std::to_string(handover.left)}}))
            .set("TO_ID", handover.successor.officer.text())
            .set("FORM_CSRF", viewer.csrf);
    const bool left_behind = std::ranges::any_of(handover.rows, [](const auto &row) { return row.stands == Stands::excluded; });
    View *behind = left_behind ? &view.row("LEFT_BEHIND").list("BEHIND") : nullptr;
    for (const usecases::HandoverRow &row : handover.rows) {
        const auto named = [&](View &one) -> View & {
            return one.set("CASE_NUMBER", number_of(site, frame, row.row))
                .set("CASE_RECEIVED", long_date(catalogue, frame.language, row.row.received))
                .set("CASE_STATE", state_name(site, frame, row.row.state));
        };
        if (behind && row.stands == Stands::excluded)
            named(behind->row("BEHIND")).set("CASE_ID", row.row.id.text());
        named(view.row("ROW"))
            .set("CASE_SINCE", long_date(catalogue, frame.language, row.row.state_since))
            .set("CASE_STANDS", site.text(frame, row.stands == Stands::handed_over ? "handover.done"
                                                 : row.stands == Stands::already   ? "handover.already"
                                                 : row.stands == Stands::open      ? "handover.open"
                                                                                   : "handover.excluded"))
            .show("TOO_FEW", row.too_few);
    }
    return officer_page(site, "handover", frame, std::move(view), &viewer, status);
}

http::Response access_page(OfficerRequest &page, http::Request &request, const http::Captures &) {
    return show_access(page, request, {});
}

http::Response access_grant(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    const Viewer viewer = viewer_of(*page.session);
    const auto form = http::parse_form(request);
    if (!form) return officer_error_page(page.site, 400, &request, &viewer);
    if (!is_ours(page, request, *form)) return show_access(page, request, {"case.notice.form"}, 403);
    const auto recent = usecases::RecentlySignedIn::check(*page.session, page.use.clock.now());
    if (!recent) return ask_to_sign_in_again(page, request);
    const auto permitted = MayWork::check(page.session->actor);
    const auto to = base::OfficerId::from_text(form->get("officer"));
    if (!permitted || !to) return officer_error_page(page.site, 404, &request, &viewer);
    const auto done = usecases::grant_access(*permitted, *recent, page.use, *page.session, captures[0], *to);
    if (!done && done.error().code == base::Code::conflict) return show_access(page, request, {"access.conflict"}, 409);
    if (!done && done.error().code == base::Code::refused)
        return officer_error_page(page.site, 404, &request, &viewer); // a damaged case is granted to nobody
    if (!done) return failed(page, request, done.error());
    return see_other("/access", frame_of(request, ""));
}

http::Response handover_choose(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const Viewer viewer = viewer_of(*page.session);
    const auto form = http::parse_form(request);
    if (!form) return officer_error_page(page.site, 400, &request, &viewer);
    if (!is_ours(page, request, *form)) return show_access(page, request, {"case.notice.form"}, 403);
    const auto to = base::OfficerId::from_text(form->get("successor"));
    if (!to) return show_access(page, request, {"", true}, 400);
    return hand_over_to(page, request, *to);
}

http::Response handover_page(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    const auto to = base::OfficerId::from_text(captures[0]);
    return to ? show_handover(page, request, *to) : failed(page, request, {base::Code::not_found, "an officer", {}});
}

http::Response handover_go_on(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    const Viewer viewer = viewer_of(*page.session);
    const auto form = http::parse_form(request);
    const auto to = base::OfficerId::from_text(captures[0]);
    if (!form) return officer_error_page(page.site, 400, &request, &viewer);
    if (!to) return officer_error_page(page.site, 404, &request, &viewer);
    if (!is_ours(page, request, *form)) return show_access(page, request, {"case.notice.form"}, 403);
    return hand_over_to(page, request, *to);
}

} // namespace pages
