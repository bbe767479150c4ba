#include "web/pages/reporter/face.h"

#include "web/pages/common/error_page.h"
#include "web/pages/reporter/content.h"
#include "web/pages/reporter/files.h"
#include "web/pages/reporter/report.h"
#include "web/pages/reporter/samples.h"
#include "web/pages/reporter/tracking.h"

namespace pages {

namespace {

using http::Audience;
using http::KiB;
using http::Lane;
using http::Method;

constexpr auto none = ReporterRight::none;
// The longest honest form: 17,000 characters of Thai, three bytes each and every byte percent-encoded. A message may be
// 5,000 characters, but what is pasted is often longer: within the limit it is answered beside its field and kept.
constexpr std::size_t form_limit = 256 * KiB;

// Files are counted while they come, by domain::FileLimits: one that is too large is named beside the others.
constexpr std::size_t files_limit = std::size_t{1} << 40;

// Whether a receipt opens a case must not show in the time: longer than finding a case, opening its messages and making a
// follow-up durable take on a machine that is not overloaded.
constexpr std::chrono::milliseconds tracking_step{50};
// The same for a file that is small: its kind is found by a program of its own, and it is durable. See http::answer_step for others.
constexpr std::chrono::milliseconds files_step{500};

constexpr auto routes = std::to_array<ReporterRoute>({
    {Method::get, "/", Audience::anyone, none, 0, Lane::general, &home_page},
    {Method::get, "/report", Audience::anyone, none, 0, Lane::general, &report_start},
    {Method::post, "/report", Audience::anyone, none, form_limit, Lane::general, &report_step},
    {Method::get, "/track", Audience::anyone, none, 0, Lane::general, &track_start},
    {Method::post, "/track", Audience::anyone, none, form_limit, Lane::general, &track_step, tracking_step},
    {Method::get, "/track/files", Audience::anyone, none, 0, Lane::general, &track_start}, // loaded again from the address bar
    {Method::post, "/track/files", Audience::anyone, none, files_limit, Lane::stream, &track_files, files_step},
    {Method::post, "/track/upload", Audience::anyone, none, files_limit, Lane::stream, &track_upload, files_step},
    {Method::get, "/manual", Audience::anyone, none, 0, Lane::general, &manual_page},
    {Method::get, "/manual.pdf", Audience::anyone, none, 0, Lane::stream, &manual_print},
    {Method::get, "/manual/{version}", Audience::anyone, none, 0, Lane::stream, &manual_version},
    {Method::get, "/privacy", Audience::anyone, none, 0, Lane::general, &privacy_page},
    {Method::get, "/keys", Audience::anyone, none, 0, Lane::general, &keys_page},
    {Method::get, "/statistics", Audience::anyone, none, 0, Lane::general, &statistics_page},
    {Method::get, "/static/{file}", Audience::anyone, none, 0, Lane::general, &static_file},
});
static_assert(http::well_formed(routes));

constexpr std::string_view layout = "layout-reporter";
constexpr auto reading = Sheets::reading, forms = Sheets::forms;
constexpr auto page_files = std::to_array<PageFile>({
    {"home", layout, reading},
    {"report-question", layout, forms},
    {"report-general", layout, reading},
    {"report-form", layout, forms},
    {"report-check", layout, forms},
    {"report-result", layout, forms},
    {"track", layout, forms},
    {"track-case", layout, forms},
    {"manual", layout, forms},
    {"privacy", layout, reading},
    {"keys", layout, forms},
    {"statistics", layout, reading},
    {"error", layout, reading},
});

} // namespace

std::span<const ReporterRoute> reporter_routes() { return routes; }
std::span<const PageFile> reporter_page_files() { return page_files; }

http::Response answer_reporter(ReporterPage &page, http::Request &request) {
    const auto found = http::find_route(routes, request.method, request.path);
    if (found) return found->route->handler(page, request, found->captures);
    auto response = error_page(page.site, found.error().status, &request);
    response.allow = found.error().allow;
    return response;
}

std::chrono::milliseconds reporter_answer_step(http::Method method, std::string_view path) {
    return http::answer_step(routes, method, path);
}

bool reporter_streamed(http::Method method, std::string_view path) { return http::streamed(routes, method, path); }

http::Lane reporter_lane(http::Method method, std::string_view path) { return http::lane(routes, method, path); }

std::size_t reporter_body_limit(http::Method method, std::string_view path) {
    return http::body_limit(routes, method, path);
}

http::Response reporter_error(const Site &site, unsigned status, const http::Request *request) {
    if (request && status >= 500 && request->method == http::Method::post && !request->body.empty()) {
        if (request->path == "/report")
            if (auto kept = report_kept(site, *request, status)) return std::move(*kept);
        if (request->path == "/track")
            if (auto kept = track_kept(site, *request, status)) return std::move(*kept);
    }
    return error_page(site, status, request);
}

std::string check_reporter_pages(const Site &site) {
    try {
        for (const Language language : languages)
            for (const Sample &sample : reporter_samples(site, language))
                if (sample.answer.body.empty()) return "The page " + sample.name + " is empty.";
    } catch (const std::logic_error &fault) {
        return std::string("A page does not fit its template: ") + fault.what() + ".";
    }
    return {};
}

} // namespace pages
