// The reporter face: its pages and its route table. No cookie, nothing in an address but the language; every step of a
// report is a POST to the same address, and what was typed travels in the form itself.
#pragma once

#include "service/usecases/reporter/file_complaint.h"
#include "service/usecases/reporter/track.h"
#include "web/http/route.h"
#include "web/pages/common/site.h"

namespace pages {

struct ReporterPage {
    const Site &site;
    usecases::ReporterContext &use;
};

enum class ReporterRight { none };
using ReporterRoute = http::Route<ReporterPage, ReporterRight>;

std::span<const ReporterRoute> reporter_routes();
std::span<const PageFile> reporter_pages();

// Renders every page of the face with samples in both languages: a sentence naming the first that does not fit its
// template, or empty. Called at start.
std::string check_reporter_pages(const Site &site);

// A whole page for 400, 404, 405, 413, 500, 503 and their kin. `request` may be null when none could be read.
http::Response reporter_error(const Site &site, const http::Request *request, unsigned status);

} // namespace pages
