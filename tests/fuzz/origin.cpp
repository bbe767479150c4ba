// Where the browser says that a request comes from (Sec-Fetch-Site, Origin): never taken for our own page when either
// of the two names another.
#include "tests/fuzz/target.h"
#include "web/http/request_parts.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    using fuzz::demand;
    static constexpr std::string_view sites[] = {"", "same-origin", "none", "same-site", "cross-site"};
    fuzz::Input in(data, size);
    const std::uint8_t choice = in.byte();
    const std::string_view said = base::text(in.rest());
    const auto line = said.find('\n');
    const std::string_view origin = said.substr(0, line), tail = line == said.npos ? "" : said.substr(line + 1);
    const std::string_view site = choice % 6 < 5 ? sites[choice % 6] : tail;
    for (const std::string_view host : {"report.example", "[::1]:8443"}) {
        if (http::same_origin(site, origin, host)) {
            demand(site.empty() || site == "same-origin" || site == "none");
            demand(origin.empty() || origin == "null" || http::lower(origin) == "https://" + std::string(host));
        }
        // What honest browsers send for our own pages.
        demand(http::same_origin("same-origin", "https://" + std::string(host), host));
        demand(http::same_origin("", "", host));
        demand(!http::same_origin("cross-site", origin, host));
        demand(!http::same_origin(site, "https://" + std::string(origin) + "x." + std::string(host), host));
    }
    return 0;
}
