#include "web/pages/officer/conflict.h"

#include "web/pages/officer/case.h"
#include "web/pages/officer/case_facts.h"
#include "web/pages/officer/sign_in.h"

#include <array>

namespace pages {

namespace {

using Why = usecases::ActRefused::Why;
using MayWork = domain::Permitted<domain::Action::work_cases>;

http::Response show_form(OfficerRequest &page, const http::Request &request, std::string_view id, const TypedConflict &typed,
                         unsigned status = 200) {
    const Viewer viewer = viewer_of(*page.session);
    const Frame frame = frame_of(request, "page.conflict.title");
    const auto permitted = MayWork::check(page.session->actor);
    if (!permitted) return officer_error_page(page.site, 404, &request, &viewer);
    const auto shown = usecases::conflict_view(*permitted, page.use, *page.session, id);
    if (shown) return render_conflict(page.site, frame, viewer, *shown, typed, status);
    return unopened(page, request, shown.error());
}

http::Response refused(OfficerRequest &page, const http::Request &request, std::string_view id, TypedConflict typed,
                       usecases::ActRefused why) {
    if (auto own = page_of_its_own(page, request, why.why)) return std::move(*own);
    typed.faults = std::move(why.faults);
    const Said said = worded(why.why);
    typed.notice = why.why == Why::nobody_next ? "conflict.too_few" : why.why == Why::stale ? "access.conflict" : said.notice;
    return show_form(page, request, id, typed, said.status);
}

} // namespace

http::Response render_conflict(const Site &site, Frame frame, const Viewer &viewer, const usecases::ConflictView &shown,
                               const TypedConflict &typed, unsigned status) {
    frame.faulty = !typed.faults.empty() || !typed.notice.empty();
    frame.path = "/cases/" + shown.id.text() + "/conflict";
    frame.languages = Frame::Languages::form;
    frame.again = {"form-conflict", "step", "show", "declare"};
    View view;
    constexpr std::array<std::string_view, 3> fields = {"conflict_who", "conflict_reason", "understood_conflict"};
    show_faults(view, site, frame, typed.faults, fields);
    show_notice(view, site, frame, typed.notice);
    view.set("SECRECY", secrecy_name(site, frame, shown.secrecy))
        .set("CASE_ID", shown.id.text())
        .set("CASE_TITLE", case_title(site, frame, shown.number))
        .set("FORM_CSRF", viewer.csrf)
        .set("CONFLICT_REASON", typed.form.reason)
        .show("ME_CHOSEN", typed.form.who == "me")
        .list("OTHER");
    for (const domain::Person &person : shown.others)
        view.row("OTHER")
            .set("OTHER_ID", person.officer.text())
            .set("OTHER_NAME", person.name)
            .set("OTHER_POSTS", post_names(site, frame, person.posts))
            .show("CHOSEN", person.officer.text() == typed.form.who);
    return officer_page(site, "case-conflict", frame, std::move(view), &viewer, status);
}

http::Response render_conflict_done(const Site &site, const Frame &frame, const Viewer &viewer) {
    return officer_page(site, "conflict-done", frame, View(), &viewer);
}

http::Response case_conflict(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    return show_form(page, request, captures[0], {});
}

http::Response case_conflict_declare(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    const Viewer viewer = viewer_of(*page.session);
    const std::string id(captures[0]);
    const auto form = http::parse_form(request);
    if (!form) return officer_error_page(page.site, 400, &request, &viewer);
    TypedConflict typed{{std::string(form->get("conflict_who")), std::string(form->get("conflict_reason")),
                         form->get("understood_conflict") == "yes"}};
    if (!is_ours(page, request, *form)) {
        typed.notice = "case.notice.form";
        return show_form(page, request, id, typed, 403);
    }
    if (form->get("step") == "show") return show_form(page, request, id, typed);
    const auto permitted = MayWork::check(page.session->actor);
    if (!permitted) return officer_error_page(page.site, 404, &request, &viewer);
    const auto recent = usecases::RecentlySignedIn::check(*page.session, page.use.clock.now());
    if (!recent) return ask_to_sign_in_again(page, request);
    const auto mine = usecases::declare_conflict(*permitted, *recent, page.use, *page.session, id, typed.form);
    if (!mine) return refused(page, request, id, std::move(typed), mine.error());
    return see_other(*mine ? "/conflict" : "/cases/" + id + "/excluded", frame_of(request, ""));
}

http::Response conflict_done(OfficerRequest &page, http::Request &request, const http::Captures &) {
    return render_conflict_done(page.site, frame_of(request, "page.conflict.title"), viewer_of(*page.session));
}

} // namespace pages
