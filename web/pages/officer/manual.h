// The complaint manual, for officers: the same words and the same diagram as reporters see.
#pragma once

#include "web/pages/officer/frame.h"

namespace pages {

http::Response officer_manual(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response officer_manual_version(OfficerRequest &page, http::Request &request, const http::Captures &captures);
http::Response render_officer_manual(const Site &site, const Frame &frame, const Viewer &viewer,
                                     const domain::ManualVersions &versions, const domain::ManualVersion &version, base::Day today);

} // namespace pages
