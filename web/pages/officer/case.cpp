#include "web/pages/officer/case.h"

#include "service/usecases/officer/title.h"

#include "web/pages/officer/sign_in.h"

#include <charconv>

#include <algorithm>
#include <limits>

namespace pages {

namespace {

using Why = usecases::ActRefused::Why;
using MayRead = domain::Permitted<domain::Action::read_cases>;
using MayWork = domain::Permitted<domain::Action::work_cases>;

http::Response refused(OfficerRequest &page, const http::Request &request, std::string_view id, CaseForm form,
                       const usecases::ActRefused &why) {
    if (auto own = page_of_its_own(page, request, why.why)) return std::move(*own);
    form.faults = why.faults;
    const Said said = worded(why.why);
    form.notice = said.notice;
    return show_case(page, request, id, form, said.status);
}

CaseForm typed_form(std::string_view event, const http::Form &form) {
    CaseForm typed;
    typed.event = event;
    for (const auto &field : form.fields())
        if (!is_machinery(field.name)) {
            // Boxes of one name are a list, a line for each.
            const auto [value, first] = typed.values.emplace(field.name, field.value);
            if (!first) value->second += "\n" + field.value;
        }
    return typed;
}

std::uint32_t number_of(std::string_view text, std::uint32_t otherwise) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? number : otherwise;
}

// No case has version 0, nor so many follow-ups: a form without them is a stale form.
usecases::MoveForm move_form(const Site &site, std::string_view event, const http::Form &form,
                             std::map<std::string, std::string> values) {
    return {std::string(event), number_of(form.get("version"), 0), std::move(values),
            number_of(form.get("seen"), std::numeric_limits<std::uint32_t>::max()), standard_notice(site, event)};
}

// A POST that must not run: another language was asked for, or it did not come from our page. Nothing: carry on.
std::optional<http::Response> held_back(OfficerRequest &page, const http::Request &request, std::string_view id,
                                        const http::Form &form, CaseForm typed) {
    if (!is_ours(page, request, form)) {
        typed.notice = "case.notice.form";
        return show_case(page, request, id, typed, 403);
    }
    if (form.get("step") == "show") return show_case(page, request, id, typed);
    return std::nullopt;
}

} // namespace

std::optional<http::Response> page_of_its_own(OfficerRequest &page, const http::Request &request, Why why) {
    const Viewer viewer = viewer_of(*page.session);
    if (why == Why::not_found) return officer_error_page(page.site, 404, &request, &viewer);
    if (why == Why::tampered) return render_tampered(page.site, frame_of(request, ""), viewer);
    return std::nullopt;
}

Said worded(Why why) {
    switch (why) {
    case Why::faults: return {400, ""};
    case Why::stale: return {409, "case.notice.stale"};
    case Why::nobody_next: return {409, "case.notice.nobody_next"};
    case Why::busy: return {503, "case.notice.busy"};
    case Why::storage_failed: return {503, "case.notice.storage"};
    case Why::not_found:
    case Why::tampered: break; // pages of their own
    }
    base::broken("a refusal that has a page of its own");
}

http::Response unopened(OfficerRequest &page, const http::Request &request, const base::Error &error, std::string_view why) {
    const Viewer viewer = viewer_of(*page.session);
    if (error.code == base::Code::not_found) return officer_error_page(page.site, 404, &request, &viewer);
    if (error.code == base::Code::refused) return render_tampered(page.site, frame_of(request, ""), viewer);
    // What was typed must not be lost with the page that it stood on.
    if (auto kept = case_kept(page.site, request, 503)) return std::move(*kept);
    return officer_error_page(page.site, 503, &request, &viewer, why);
}

http::Response show_case(OfficerRequest &page, const http::Request &request, std::string_view id, const CaseForm &form,
                         unsigned status) {
    const Viewer viewer = viewer_of(*page.session);
    const Frame frame = frame_of(request, "page.case.title");
    const auto permitted = MayRead::check(page.session->actor);
    if (!permitted) return officer_error_page(page.site, 404, &request, &viewer);
    const auto shown = usecases::open_case(*permitted, page.use, *page.session, id);
    if (shown) return render_case(page.site, frame, viewer, *shown, form, status);
    return unopened(page, request, shown.error(), shown.error().code == base::Code::storage_failed ? "unlogged" : "");
}

http::Response case_page(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    return show_case(page, request, captures[0], {});
}

http::Response case_done(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    const Viewer viewer = viewer_of(*page.session);
    const auto permitted = MayRead::check(page.session->actor);
    const auto shown = permitted ? usecases::open_case(*permitted, page.use, *page.session, captures[0])
                                 : base::Result<usecases::CaseView>(std::unexpected(permitted.error()));
    const std::string address = "/cases/" + std::string(captures[0]);
    if (!shown) return show_case(page, request, captures[0], {});
    const Frame frame = frame_of(request, "page.case.title");
    // A move that tells the reporter is followed by its message; what the reporter sent stands last in its day.
    int officers = 0;
    const auto latest = std::ranges::find_if(shown->history.rbegin(), shown->history.rend(), [&](const usecases::HistoryEntry &entry) {
        return !entry.who.empty() && (++officers > 2 || entry.event == captures[1]);
    });
    if (latest == shown->history.rend() || officers > 2 || latest->who != page.session->actor.name) return see_other(address, frame);
    CaseForm form;
    if (captures[1] == "reply")
        form.done = page.site.text(frame, "case.done.reply");
    else if (captures[1] == "excluded" && !latest->fields.empty())
        form.done = page.site.catalogue().text(frame.language, "case.done.excluded", {{"NAME", latest->fields.front().value}});
    else if (captures[1] == "title")
        form.done = page.site.text(frame, "case.done.title");
    else if (captures[1] == "register" && shown->row.number)
        form.done = page.site.catalogue().text(frame.language, "case.done.number",
                                               {{"NUMBER", register_number(page.site, frame, *shown->row.number)}});
    else
        form.done = page.site.text(frame, "case.done.move");
    return render_case(page.site, frame, viewer, *shown, form);
}

http::Response case_move(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    const Viewer viewer = viewer_of(*page.session);
    const std::string id(captures[0]), event(captures[1]);
    const auto form = http::parse_form(request);
    if (!form) return officer_error_page(page.site, 400, &request, &viewer);
    CaseForm typed = typed_form(event, *form);
    if (auto answer = held_back(page, request, id, *form, typed)) return std::move(*answer);
    const auto permitted = MayWork::check(page.session->actor);
    if (!permitted) return officer_error_page(page.site, 404, &request, &viewer);
    const auto move = move_form(page.site, event, *form, typed.values);
    const auto acted = usecases::move_case(*permitted, page.use, *page.session, id, move);
    if (!acted) return refused(page, request, id, std::move(typed), acted.error());
    return see_other("/cases/" + id + "/" + event, frame_of(request, ""));
}

http::Response case_name(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    const Viewer viewer = viewer_of(*page.session);
    const std::string id(captures[0]);
    const auto form = http::parse_form(request);
    if (!form) return officer_error_page(page.site, 400, &request, &viewer);
    CaseForm typed = typed_form("title", *form);
    if (auto answer = held_back(page, request, id, *form, typed)) return std::move(*answer);
    const auto permitted = MayWork::check(page.session->actor);
    if (!permitted) return officer_error_page(page.site, 404, &request, &viewer);
    const auto titles = number_of(form->get("named"), std::numeric_limits<std::uint32_t>::max());
    const auto named = usecases::name_case(*permitted, page.use, *page.session, id, titles, form->get("short_title"));
    if (!named) return refused(page, request, id, std::move(typed), named.error());
    return see_other("/cases/" + id + "/title", frame_of(request, ""));
}

http::Response case_reply(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    const Viewer viewer = viewer_of(*page.session);
    const std::string id(captures[0]);
    const auto form = http::parse_form(request);
    if (!form) return officer_error_page(page.site, 400, &request, &viewer);
    CaseForm typed = typed_form("reply", *form);
    if (auto answer = held_back(page, request, id, *form, typed)) return std::move(*answer);
    const auto permitted = MayWork::check(page.session->actor);
    if (!permitted) return officer_error_page(page.site, 404, &request, &viewer);
    const auto sent = usecases::reply(*permitted, page.use, *page.session, id, form->get("message"), form->get("once"));
    if (!sent) return refused(page, request, id, std::move(typed), sent.error());
    return see_other("/cases/" + id + "/reply", frame_of(request, ""));
}

} // namespace pages
