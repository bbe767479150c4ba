#include "web/pages/officer/identity.h"

#include "web/pages/officer/case.h"
#include "web/pages/officer/sign_in.h"

namespace pages {

namespace {

using Why = usecases::IdentityRefused::Why;
using MayWork = domain::Permitted<domain::Action::work_cases>;
using MayDecide = domain::Permitted<domain::Action::decide_identity>;

struct Refusal {
    unsigned status;
    std::string_view notice;
};
Refusal worded(Why why) {
    switch (why) {
    case Why::nobody: return {409, "identity.notice.nobody"};
    case Why::gone: return {409, "identity.notice.gone"};
    case Why::requester_gone: return {409, "identity.notice.requester_gone"};
    case Why::busy: return {503, "case.notice.busy"};
    case Why::storage_failed: return {503, "case.notice.storage"};
    case Why::faults: return {400, ""};
    case Why::not_found:
    case Why::tampered: break; // pages of their own
    }
    return {500, ""};
}

// The page of the case's identity with what was typed, or the page that says why there is none.
http::Response show_case_identity(OfficerRequest &page, const http::Request &request, std::string_view id,
                                  const IdentityForm &form, unsigned status = 200) {
    const Viewer viewer = viewer_of(*page.session);
    const Frame frame = frame_of(request, "page.identity.case");
    const auto permitted = MayWork::check(page.session->actor);
    if (!permitted) return officer_error_page(page.site, 404, &request, &viewer);
    const auto shown = usecases::identity_of_case(*permitted, page.use, *page.session, id);
    if (shown) return render_case_identity(page.site, frame, viewer, *shown, form, status);
    return unopened(page, request, shown.error());
}

http::Response refused(OfficerRequest &page, const http::Request &request, std::string_view id, IdentityForm form,
                       const usecases::IdentityRefused &why) {
    const Viewer viewer = viewer_of(*page.session);
    if (why.why == Why::not_found) return officer_error_page(page.site, 404, &request, &viewer);
    if (why.why == Why::tampered) return render_tampered(page.site, frame_of(request, ""), viewer);
    const Refusal said = worded(why.why);
    form.faults = why.faults;
    form.notice = said.notice;
    return show_case_identity(page, request, id, form, said.status);
}

http::Response show_waiting(OfficerRequest &page, const http::Request &request, const IdentityForm &form, unsigned status = 200) {
    const Viewer viewer = viewer_of(*page.session);
    const auto permitted = MayDecide::check(page.session->actor);
    if (!permitted) return officer_error_page(page.site, 404, &request, &viewer);
    const auto waiting = usecases::waiting_identities(*permitted, page.use, *page.session);
    if (!waiting && waiting.error().code == base::Code::refused)
        return render_tampered(page.site, frame_of(request, ""), viewer);
    if (!waiting) return officer_error_page(page.site, 503, &request, &viewer);
    return render_identities(page.site, frame_of(request, "page.identity.waiting"), viewer, *waiting, form, status);
}

std::optional<bool> granted(std::string_view decision) {
    if (decision == "grant") return true;
    if (decision == "refuse") return false;
    return std::nullopt;
}

} // namespace

http::Response case_identity(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    return show_case_identity(page, request, captures[0], {});
}

http::Response case_identity_ask(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    const Viewer viewer = viewer_of(*page.session);
    const std::string id(captures[0]);
    const auto form = http::parse_form(request);
    if (!form) return officer_error_page(page.site, 400, &request, &viewer);
    IdentityForm typed{.reason = std::string(form->get("reason"))};
    if (!is_ours(page, request, *form)) {
        typed.notice = "case.notice.form";
        return show_case_identity(page, request, id, typed, 403);
    }
    if (form->get("step") == "show") return show_case_identity(page, request, id, typed);
    const auto permitted = MayWork::check(page.session->actor);
    if (!permitted) return officer_error_page(page.site, 404, &request, &viewer);
    const auto recent = usecases::RecentlySignedIn::check(*page.session, page.use.clock.now());
    if (!recent) return ask_to_sign_in_again(page, request);
    const auto asked = usecases::ask_identity(*permitted, *recent, page.use, *page.session, id, form->get("reason"), form->get("once"));
    if (!asked) return refused(page, request, id, std::move(typed), asked.error());
    return see_other("/cases/" + id + "/identity", frame_of(request, ""));
}

http::Response case_identity_show(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    const Viewer viewer = viewer_of(*page.session);
    const std::string id(captures[0]);
    const auto form = http::parse_form(request);
    if (!form) return officer_error_page(page.site, 400, &request, &viewer);
    if (!is_ours(page, request, *form)) return show_case_identity(page, request, id, {.notice = "case.notice.form"}, 403);
    if (form->get("step") == "show") return show_case_identity(page, request, id, {}); // given back after a sign-in
    const auto permitted = MayWork::check(page.session->actor);
    if (!permitted) return officer_error_page(page.site, 404, &request, &viewer);
    const auto recent = usecases::RecentlySignedIn::check(*page.session, page.use.clock.now());
    if (!recent) return ask_to_sign_in_again(page, request);
    const auto shown = usecases::show_identity(*permitted, *recent, page.use, *page.session, id);
    if (!shown) return refused(page, request, id, {}, shown.error());
    return render_shown_identity(page.site, frame_of(request, "page.identity.case"), viewer, *shown);
}

http::Response identity_page(OfficerRequest &page, http::Request &request, const http::Captures &) {
    return show_waiting(page, request, {});
}

http::Response identity_decide(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    const Viewer viewer = viewer_of(*page.session);
    const auto form = http::parse_form(request);
    if (!form) return officer_error_page(page.site, 400, &request, &viewer);
    IdentityForm typed{.request = std::string(captures[0]),
                       .decision = std::string(form->get("decision")),
                       .reason = std::string(form->get("reason"))};
    if (!is_ours(page, request, *form)) {
        typed.notice = "case.notice.form";
        return show_waiting(page, request, typed, 403);
    }
    if (form->get("step") == "show") return show_waiting(page, request, typed);
    const auto permitted = MayDecide::check(page.session->actor);
    if (!permitted) return officer_error_page(page.site, 404, &request, &viewer);
    const auto recent = usecases::RecentlySignedIn::check(*page.session, page.use.clock.now());
    if (!recent) return ask_to_sign_in_again(page, request);
    auto decided = usecases::decide_identity(*permitted, *recent, page.use, *page.session, captures[0],
                                             {granted(typed.decision), typed.reason});
    if (decided) return show_waiting(page, request, {.done = std::move(*decided)});
    const Why why = decided.error().why;
    if (why == Why::not_found) return officer_error_page(page.site, 404, &request, &viewer);
    if (why == Why::tampered) return render_tampered(page.site, frame_of(request, ""), viewer);
    typed.faults = std::move(decided.error().faults);
    typed.notice = worded(why).notice;
    return show_waiting(page, request, typed, worded(why).status);
}

} // namespace pages
