#include "web/pages/common/error_page.h"

namespace pages {

http::Response error_page(const Site &site, unsigned status, const http::Request *request) {
    unsigned worded = status >= 500 ? 500 : 400;
    for (const unsigned known : {404u, 405u, 413u, 503u})
        if (status == known) worded = known;
    const std::string number = std::to_string(worded);
    const std::string title_key = "page.error." + number;
    Frame frame;
    if (request) frame = frame_of(*request, title_key);
    frame.path = "/"; // switching language must not repeat what failed
    frame.title_key = title_key;
    View view;
    view.set("ERROR_TITLE", site.text(frame, title_key));
    view.set("ERROR_SENTENCE", site.text(frame, "error.text." + number));
    auto response = site.page("error", frame, std::move(view), status);
    if (status == 503) response.retry_after = 5;
    return response;
}

} // namespace pages
