// Files of a case: the list on its page, the form that attaches some, and a page for each with what it shows or gives away.
#pragma once

#include "service/usecases/officer/files.h"
#include "web/pages/officer/case.h"

namespace pages {

http::Response case_attach(OfficerRequest &page, http::Request &request, const http::Captures &captures);
http::Response case_file(OfficerRequest &page, http::Request &request, const http::Captures &captures);
http::Response case_file_view(OfficerRequest &page, http::Request &request, const http::Captures &captures);
http::Response case_file_download(OfficerRequest &page, http::Request &request, const http::Captures &captures);

http::Response render_file(const Site &site, Frame frame, const Viewer &viewer, const usecases::FileOfCase &shown,
                           unsigned status = 200);

// Of the case's page: section FILE for each, of many the rest in FILES_REST, and ATTACH where the viewer may.
void show_files(View &view, const Site &site, const Frame &frame, const usecases::CaseView &shown);
void show_attach(View &view, const Site &site, const Frame &frame, const Viewer &viewer, const usecases::CaseView &shown,
                 const CaseForm &form);
// Sections of a move: MOVE_READY, and for one that confirms a paper order SCANS: what it is to be compared with, or that there is
// none, and then the move is not ready.
void show_scans(View &view, const Site &site, const Frame &frame, const usecases::CaseView &shown, bool wanted);

// What it is saved as: an ending that fits where it has none; one that no system opens behind what may do harm.
std::string download_name(const Site &site, const Frame &frame, const domain::FileRecord &record);

} // namespace pages
