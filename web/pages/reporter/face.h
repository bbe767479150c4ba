// The reporter face: its pages and its route table. No cookie, nothing in an address but the language; every step of a
// report is a POST to the same address, and what was typed travels in the form itself.
#pragma once

#include "service/usecases/reporter/file_complaint.h"
#include "service/usecases/reporter/track.h"
#include "service/domain/manual_versions.h"
#include "web/http/route.h"
#include "web/pages/common/prints.h"
#include "web/pages/common/site.h"

namespace pages {

// Every version of the complaint manual, and the prints made of them.
struct Manuals {
    std::shared_ptr<const domain::ManualVersions> versions;
    Prints &prints;
    std::string channel{}; // the address of this face on the internet, for paper; empty: it has none
};

struct ReporterPage {
    usecases::ReporterContext &use;
    const Site &site;
    Manuals manuals;
};

enum class ReporterRight { none };
using ReporterRoute = http::Route<ReporterPage, ReporterRight>;

std::span<const ReporterRoute> reporter_routes();
std::span<const PageFile> reporter_page_files();

// Finds the route and runs it; 404 and 405 pages where none fits. Throws only for bugs.
http::Response answer_reporter(ReporterPage &page, http::Request &request);
std::chrono::milliseconds reporter_answer_step(http::Method method, std::string_view path);
std::size_t reporter_body_limit(http::Method method, std::string_view path); // bytes
bool reporter_streamed(http::Method method, std::string_view path); // whether the body is read while it comes
http::Lane reporter_lane(http::Method method, std::string_view path);

// A whole page for 400, 404, 405, 413, 500, 503 and their kin. `request` may be null when none could be read. When it
// still has the body of a form, the form is shown again with everything typed instead: nothing that was typed is lost.
http::Response reporter_error(const Site &site, unsigned status, const http::Request *request);

// Renders every page of the face with samples in both languages: a sentence naming the first that does not fit its
// template, or empty. Called at start.
std::string check_reporter_pages(const Site &site);

} // namespace pages
