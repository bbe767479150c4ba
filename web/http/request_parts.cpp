#include "web/http/request_parts.h"

namespace http {

void set_target(Request &request, std::string_view target, bool keep_query) {
    const auto question = target.find('?');
    request.path = target.substr(0, question);
    request.lang_query.reset();
    request.query.clear();
    if (question == std::string_view::npos) return;
    std::string_view query = target.substr(question + 1);
    if (keep_query && query.size() <= most_query) request.query = query;
    while (!query.empty()) {
        const auto end = query.find('&');
        const auto pair = query.substr(0, end);
        if (pair == "lang=th" || pair == "lang=en") {
            request.lang_query = std::string(pair.substr(5));
            return;
        }
        query = end == std::string_view::npos ? std::string_view{} : query.substr(end + 1);
    }
}

bool same_origin(std::string_view sec_fetch_site, std::string_view origin, std::string_view host) {
    // Neither may speak against it. None: typed, bookmarked or sent again by the person.
    if (!sec_fetch_site.empty() && sec_fetch_site != "same-origin" && sec_fetch_site != "none") return false;
    if (origin.empty() || origin == "null") return true;
    return lower(origin) == "https://" + lower(host); // a page of our name without TLS is anybody's on the way
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower(std::string_view text) {
    std::string out(text);
    for (char &c : out)
        c = lower(c);
    return out;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

} // namespace http
