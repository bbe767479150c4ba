// Pages that only inform: the channel page, manual, privacy, keys, statistics.
#pragma once

#include "web/pages/reporter/face.h"

namespace pages {

http::Response home_page(ReporterPage &page, http::Request &request, const http::Captures &);
http::Response manual_page(ReporterPage &page, http::Request &request, const http::Captures &);
http::Response manual_print(ReporterPage &page, http::Request &request, const http::Captures &);
http::Response manual_version(ReporterPage &page, http::Request &request, const http::Captures &);
http::Response privacy_page(ReporterPage &page, http::Request &request, const http::Captures &);
http::Response keys_page(ReporterPage &page, http::Request &request, const http::Captures &);
http::Response statistics_page(ReporterPage &page, http::Request &request, const http::Captures &);
http::Response static_file(ReporterPage &page, http::Request &request, const http::Captures &);

struct PublicKeyRow {
    std::string name, post, rights, until, fingerprint, box, sign;
};
// `manual`: the one in force, for its limits.
http::Response render_home(const Site &site, const Frame &frame, const domain::ManualVersion &manual);
// `version`: one of `versions`.
http::Response render_manual(const Site &site, const Frame &frame, const domain::ManualVersions &versions,
                             const domain::ManualVersion &version, base::Day today);
http::Response render_privacy(const Site &site, const Frame &frame);
http::Response render_keys(const Site &site, const Frame &frame, std::span<const PublicKeyRow> rows);
http::Response render_statistics(const Site &site, const Frame &frame);

} // namespace pages
