// Saying that somebody has an interest in the matter: the case is closed to them from then on.
#pragma once

#include "service/usecases/officer/conflict.h"
#include "web/pages/officer/frame.h"

namespace pages {

http::Response case_conflict(OfficerRequest &page, http::Request &request, const http::Captures &captures);
http::Response case_conflict_declare(OfficerRequest &page, http::Request &request, const http::Captures &captures);
http::Response conflict_done(OfficerRequest &page, http::Request &request, const http::Captures &captures); // names no case

// What the form had in it when it could not be carried out, and what to say.
struct TypedConflict {
    usecases::ConflictForm form;
    std::vector<domain::Fault> faults{};
    std::string_view notice{}; // catalogue key, or empty
};
http::Response render_conflict(const Site &site, Frame frame, const Viewer &viewer, const usecases::ConflictView &shown,
                               const TypedConflict &typed, unsigned status = 200);
http::Response render_conflict_done(const Site &site, const Frame &frame, const Viewer &viewer);

} // namespace pages
