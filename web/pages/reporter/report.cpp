#include "web/pages/reporter/report.h"

#include "web/pages/common/error_page.h"

#include <algorithm>

namespace pages {

namespace {

// The form again, with everything typed.
http::Response show_form(ReporterPage &page, const http::Request &request, ReportForm form, unsigned status = 200) {
    auto line = usecases::handling_line(page.use);
    if (!line && status == 200) return reporter_error(page.site, 503, &request);
    // Without the list a form that holds a person's text is still shown: the text must not be lost.
    if (line) form.line = std::move(*line);
    if (form.once.empty()) form.once = usecases::new_once(page.use);
    return render_form(page.site, frame_of(request, "page.report_form.title"), form, status);
}

http::Response refused(ReporterPage &page, const http::Request &request, domain::FilingForm typed, std::string once,
                       const usecases::FilingRefused &why) {
    ReportForm form;
    form.typed = std::move(typed);
    form.once = std::move(once);
    switch (why.why) {
    case usecases::FilingRefused::Why::faults:
        form.faults = why.faults;
        return show_form(page, request, std::move(form), 400);
    case usecases::FilingRefused::Why::form_expired:
        form.once = why.fresh_once;
        form.notice = "form.notice.expired";
        return show_form(page, request, std::move(form), 409);
    case usecases::FilingRefused::Why::busy:
        form.notice = "form.notice.busy";
        return show_form(page, request, std::move(form), 503);
    case usecases::FilingRefused::Why::storage_failed:
        form.notice = "form.notice.storage";
        return show_form(page, request, std::move(form), 503);
    }
    return reporter_error(page.site, 500, &request);
}

// The unit stands there to begin with as the agency's name; left alone, it follows the language of the page.
void speak_of_the_agency(domain::FilingForm &typed, const AgencyProfile &profile, Language language) {
    if (typed.subject_unit == profile.name.th || typed.subject_unit == profile.name.en)
        typed.subject_unit = in(profile.name, language);
}

http::Response answer_question(ReporterPage &page, const http::Request &request, const http::Form &form) {
    const auto about = form.get("about");
    if (said_yes(about)) {
        ReportForm fresh;
        fresh.typed.subject_unit = in(page.site.profile().name, http::language_of(request));
        return show_form(page, request, std::move(fresh));
    }
    if (said_no(about)) return render_general(page.site, frame_of(request, "page.report_general.title"));
    return render_question(page.site, frame_of(request, "page.report_question.title"), form.has("step"));
}

http::Response file(ReporterPage &page, const http::Request &request, domain::FilingForm typed, std::string once) {
    auto filed = usecases::file_complaint(page.use, typed, once);
    if (!filed) return refused(page, request, std::move(typed), std::move(once), filed.error());
    if (filed->how == usecases::Filed::How::exclusions_differ) {
        ReportForm form;
        form.typed = std::move(typed);
        form.once = filed->fresh_once;
        form.notice = "form.notice.exclusions";
        return show_form(page, request, std::move(form), 409);
    }
    return render_result(page.site, frame_of(request, "page.report_result.title"), *filed);
}

} // namespace

std::optional<http::Response> report_kept(const Site &site, const http::Request &request, unsigned status) {
    const auto form = http::parse_form(request);
    if (!form || !form->has("facts")) return std::nullopt;
    ReportForm again;
    again.typed = filing_form(*form);
    again.once = form->get("once");
    again.notice = status == 503 ? "form.notice.busy" : "form.notice.storage";
    return render_form(site, frame_of(request, "page.report_form.title"), again, status);
}

http::Response report_start(ReporterPage &page, http::Request &request, const http::Captures &) {
    return render_question(page.site, frame_of(request, "page.report_question.title"), false);
}

http::Response report_step(ReporterPage &page, http::Request &request, const http::Captures &) {
    const auto form = http::parse_form(request);
    if (!form) return error_page(page.site, 400, &request);
    const auto step = form->get("step");
    if (step.empty() || step == "start") return answer_question(page, request, *form);
    const Frame asked = frame_of(request, "page.report_question.title");
    if (step == "question") return render_question(page.site, asked, false, form->get("about"));
    auto typed = filing_form(*form);
    speak_of_the_agency(typed, page.site.profile(), asked.language);
    std::string once(form->get("once"));
    if (step == "check") {
        if (once.empty()) once = usecases::new_once(page.use);
        const auto checked = usecases::check_form(page.use, typed);
        if (!checked) return refused(page, request, std::move(typed), std::move(once), checked.error());
        return render_check(page.site, frame_of(request, "page.report_check.title"), typed, *checked, once);
    }
    if (step == "file") return file(page, request, std::move(typed), std::move(once));
    if (step == "edit" || step == "form") {
        ReportForm again;
        again.typed = std::move(typed);
        again.once = std::move(once);
        return show_form(page, request, std::move(again));
    }
    return error_page(page.site, 400, &request);
}

} // namespace pages
