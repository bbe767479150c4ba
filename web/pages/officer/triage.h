// Sorting new filings, proposals and what was set aside, twenty on a page, each with its text.
#pragma once

#include "service/usecases/officer/triage.h"
#include "web/pages/officer/case.h"

namespace pages {

http::Response triage_page(OfficerRequest &page, http::Request &request, const http::Captures &captures);
// Moves what was ticked, each case by itself, and shows the page again with what came of it.
http::Response triage_sort(OfficerRequest &page, http::Request &request, const http::Captures &captures);

struct PileForm {
    std::map<std::string, std::string> chosen; // case id → event, as ticked
    CaseForm reason;                           // typed values, faults and notice
    std::optional<usecases::PileMoved> moved;  // what the form has done
};
http::Response render_pile(const Site &site, Frame frame, const Viewer &viewer, const usecases::PilePage &pile,
                           const PileForm &form, unsigned status = 200);

} // namespace pages
