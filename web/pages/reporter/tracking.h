// Coming back with the receipt. It travels in the body of every form and stands in no address.
#pragma once

#include "web/pages/common/faults.h"
#include "web/pages/common/file_form.h"
#include "web/pages/reporter/face.h"

namespace pages {

http::Response track_start(ReporterPage &page, http::Request &request, const http::Captures &);
http::Response track_step(ReporterPage &page, http::Request &request, const http::Captures &);

// The entry page after a failure in which no handler had its say, with what was typed. Nothing when the body is no
// form.
std::optional<http::Response> track_kept(const Site &site, const http::Request &request, unsigned status);

struct TrackEntry {
    std::string receipt; // as typed
    std::string message; // typed before something went wrong: kept
    std::vector<domain::Fault> faults;
    std::string_view notice;
};
http::Response render_track(const Site &site, Frame frame, const TrackEntry &entry, unsigned status = 200);

struct TrackCase {
    usecases::TrackView view;
    std::string receipt;
    std::string message{}; // typed and not sent yet
    std::vector<domain::Fault> faults{};
    std::string_view notice{};
    bool written = false;
    std::vector<FileResult> file_results{};
};
http::Response render_track_case(const Site &site, Frame frame, const TrackCase &shown);

// The entry page with what is wrong with a receipt, or that nothing opens at the moment.
http::Response not_opened(ReporterPage &page, const http::Request &request, TrackEntry entry,
                          const usecases::TrackRefused &refused);

} // namespace pages
