// The complaint manual in force, for officers: the same words and the same diagram as reporters see.
#pragma once

#include "web/pages/officer/frame.h"

namespace pages {

http::Response officer_manual(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response render_officer_manual(const Site &site, const Frame &frame, const Viewer &viewer,
                                     std::span<const domain::ProfileVersion> profiles, base::Day today);

} // namespace pages
