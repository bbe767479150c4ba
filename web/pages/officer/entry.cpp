#include "web/pages/officer/entry.h"

#include "web/print/pdf.h"

#include <algorithm>

namespace pages {

namespace {

using MayWork = domain::Permitted<domain::Action::work_cases>;
using Why = usecases::EntryRefused::Why;

http::Response missing(const OfficerRequest &page, const http::Request &request) {
    const Viewer viewer = viewer_of(*page.session);
    return officer_error_page(page.site, 404, &request, &viewer);
}

http::Response show_form(OfficerRequest &page, const http::Request &request, TypedEntry typed, unsigned status = 200) {
    const auto permitted = MayWork::check(page.session->actor);
    if (!permitted) return missing(page, request);
    auto shown = usecases::entry_page(*permitted, page.use);
    if (!shown && shown.error().code == base::Code::not_found) return missing(page, request);
    // Without the list a form that holds somebody's words is still shown.
    if (typed.once.empty() && shown) typed.once = shown->once;
    return render_entry(page.site, frame_of(request, "page.entry.title"), viewer_of(*page.session),
                        shown ? shown->line : std::vector<domain::Holder>(), typed, shown ? status : 503);
}

TypedEntry typed_from(const http::Form &form) {
    TypedEntry out;
    out.form.complaint = filing_form(form);
    for (const domain::FieldRule &rule : domain::entry_transition().fields)
        out.form.values[std::string(rule.name)] = form.get(rule.name);
    out.wants_receipt = form.get("wants_receipt") != "no";
    out.others = form.get("others_meant") == "yes";
    out.once = form.get("once");
    return out;
}

http::Response refused(OfficerRequest &page, const http::Request &request, TypedEntry typed, usecases::EntryRefused why) {
    switch (why.why) {
    case Why::not_found: return missing(page, request);
    case Why::faults:
        typed.faults = std::move(why.faults);
        return show_form(page, request, std::move(typed), 400);
    case Why::matches:
        typed.matches = std::move(why.matches);
        typed.faults.push_back({"others_meant", "fault.entry.matches"});
        return show_form(page, request, std::move(typed), 400);
    case Why::form_expired:
        typed.once = std::move(why.fresh_once);
        typed.notice = "entry.notice.expired";
        return show_form(page, request, std::move(typed), 409);
    case Why::other_text:
        typed.notice = "entry.notice.other_text";
        return show_form(page, request, std::move(typed), 409);
    case Why::busy:
        typed.notice = "case.notice.busy";
        return show_form(page, request, std::move(typed), 503);
    case Why::storage_failed:
        typed.notice = "case.notice.storage";
        return show_form(page, request, std::move(typed), 503);
    }
    return missing(page, request);
}

} // namespace

http::Response entry_form(OfficerRequest &page, http::Request &request, const http::Captures &) {
    TypedEntry fresh;
    fresh.form.complaint.subject_unit = in(page.site.profile().name, http::language_of(request));
    fresh.form.values["secrecy"] = "confidential";
    return show_form(page, request, std::move(fresh));
}

http::Response entry_send(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const Viewer viewer = viewer_of(*page.session);
    const auto form = http::parse_form(request);
    if (!form) return officer_error_page(page.site, 400, &request, &viewer);
    TypedEntry typed = typed_from(*form);
    if (!is_ours(page, request, *form)) {
        typed.notice = "case.notice.form";
        return show_form(page, request, std::move(typed), 403);
    }
    if (form->get("step") == "show") return show_form(page, request, std::move(typed));
    const auto permitted = MayWork::check(page.session->actor);
    if (!permitted) return missing(page, request);
    const auto entered = usecases::enter_case(*permitted, page.use, *page.session, typed.form, typed.others, typed.once);
    if (!entered) return refused(page, request, std::move(typed), entered.error());
    return render_entered(page.site, frame_of(request, "page.entered.title"), viewer, *entered, typed.wants_receipt);
}

http::Response entry_slip(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const Viewer viewer = viewer_of(*page.session);
    const auto form = http::parse_form(request);
    if (!form) return officer_error_page(page.site, 400, &request, &viewer);
    if (!is_ours(page, request, *form)) return officer_error_page(page.site, 403, &request, &viewer);
    const auto permitted = MayWork::check(page.session->actor);
    if (!permitted || !usecases::entry_page(*permitted, page.use)) return missing(page, request);
    const auto receipt = crypto::Receipt::parse(form->get("receipt"));
    const std::string number(form->get("number"));
    constexpr std::size_t longest_number = 40;
    if (!receipt || number.size() > longest_number) return officer_error_page(page.site, 400, &request, &viewer);
    const Frame frame = frame_of(request, "page.entered.title");
    auto pdf = print::to_pdf(receipt_slip(page.site, frame, receipt->grouped(), number, page.use.policy.channel_address));
    if (!pdf) return officer_error_page(page.site, 503, &request, &viewer);
    http::Response out;
    out.content_type = "application/pdf";
    out.content_language = std::string(http::code(frame.language));
    out.download_name = "receipt.pdf";
    out.body = std::move(pdf->bytes);
    return out;
}

} // namespace pages
