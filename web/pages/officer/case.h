// One case: what it says, what was done, and the forms of what the viewer may do now.
#pragma once

#include "web/http/form.h"
#include "web/pages/common/file_form.h"
#include "web/pages/officer/frame.h"

namespace pages {

http::Response case_page(OfficerRequest &page, http::Request &request, const http::Captures &captures);
// After a move or a reply: the same page and what was just done, when the history says so.
http::Response case_done(OfficerRequest &page, http::Request &request, const http::Captures &captures);
http::Response case_move(OfficerRequest &page, http::Request &request, const http::Captures &captures);
http::Response case_name(OfficerRequest &page, http::Request &request, const http::Captures &captures);
http::Response case_reply(OfficerRequest &page, http::Request &request, const http::Captures &captures);

// What a form had in it when it could not be carried out, and what to say.
struct CaseForm {
    std::string event;                         // of the move, "reply", "files", "title", or empty
    std::map<std::string, std::string> values; // by field name, as typed
    std::vector<domain::Fault> faults;
    std::string_view notice; // catalogue key, or empty
    std::string done;        // a sentence, or empty
    std::vector<FileResult> files{}; // that were attached, or were not
};
// The page of the case with what was typed; when the case itself cannot be shown, the page that says why.
http::Response show_case(OfficerRequest &page, const http::Request &request, std::string_view id, const CaseForm &form,
                         unsigned status = 200);
http::Response render_case(const Site &site, Frame frame, const Viewer &viewer, const usecases::CaseView &shown,
                           const CaseForm &form, unsigned status = 200);
// How an act on a case that was refused is said beside its form; not of a refusal that has a page of its own.
struct Said {
    unsigned status;
    std::string_view notice; // catalogue key, or empty
};
Said worded(usecases::ActRefused::Why why);
std::optional<http::Response> page_of_its_own(OfficerRequest &page, const http::Request &request, usecases::ActRefused::Why why);
// The page instead of one of a case that did not open; with what was typed, where there is something. `why`: as officer_error_page().
http::Response unopened(OfficerRequest &page, const http::Request &request, const base::Error &error, std::string_view why = "");
http::Response render_tampered(const Site &site, const Frame &frame, const Viewer &viewer);

// The form of one offered move: section FIELD of `view`.
void show_move_fields(View &view, const Site &site, const Frame &frame, const usecases::OfferedMove &move,
                      const CaseForm &form);
// Section FACT: the complaint as rows of official terms.
void show_complaint(View &view, const Site &site, const Frame &frame, const domain::Complaint &complaint);
void show_history(View &view, const Site &site, const Frame &frame, const usecases::CaseView &shown);

} // namespace pages
