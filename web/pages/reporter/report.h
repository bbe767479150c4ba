// Filing, step by step on one address: the first question, the form, check-your-answers, the receipt.
#pragma once

#include "web/http/form.h"
#include "web/pages/common/faults.h"
#include "web/pages/common/filing_form.h"
#include "web/pages/reporter/face.h"

namespace pages {

http::Response report_start(ReporterPage &page, http::Request &request, const http::Captures &);
http::Response report_step(ReporterPage &page, http::Request &request, const http::Captures &);

// The form again after a failure in which no handler had its say: everything typed, and why it was not sent. Nothing
// when the body is no form of a report.
std::optional<http::Response> report_kept(const Site &site, const http::Request &request, unsigned status);

struct ReportForm {
    domain::FilingForm typed;
    std::vector<domain::Holder> line;
    std::string once;
    std::vector<domain::Fault> faults;
    std::string_view notice; // catalogue key of a sentence above the form, or empty
};
// `about`: "yes", "no" or not chosen yet.
http::Response render_question(const Site &site, Frame frame, bool unanswered, std::string_view about = {});
http::Response render_general(const Site &site, Frame frame);
http::Response render_form(const Site &site, Frame frame, const ReportForm &form, unsigned status = 200);
http::Response render_check(const Site &site, Frame frame, const domain::FilingForm &typed,
                            const usecases::CheckedForm &checked, std::string_view once);
http::Response render_result(const Site &site, Frame frame, const usecases::Filed &filed);

} // namespace pages
