#include "web/http/language.h"

#include "web/http/request_parts.h"

namespace http {
namespace {

// In thousandths, 1000 when none is given; nothing that cannot be read counts.
int weight(std::string_view parameters) {
    const auto q = trimmed(parameters);
    if (q.empty()) return 1000;
    if (q.size() < 3 || q.size() > 7 || lower(q[0]) != 'q' || q[1] != '=' || (q[2] != '0' && q[2] != '1')) return 0;
    if (q.size() > 3 && q[3] != '.') return 0;
    int value = (q[2] - '0') * 1000;
    for (int i = 4, unit = 100; i < static_cast<int>(q.size()); ++i, unit /= 10) {
        if (q[i] < '0' || q[i] > '9') return 0;
        value += (q[i] - '0') * unit;
    }
    return value <= 1000 ? value : 0;
}

} // namespace

std::string_view code(Language language) { return language == Language::en ? "en" : "th"; }

Language choose_language(std::string_view accept_language) {
    Language best = Language::th;
    int best_weight = 0;
    while (!accept_language.empty()) {
        const auto end = accept_language.find(',');
        const auto item = accept_language.substr(0, end);
        accept_language = end == std::string_view::npos ? std::string_view{} : accept_language.substr(end + 1);
        const auto semicolon = item.find(';');
        const auto tag = trimmed(item.substr(0, semicolon));
        const std::string primary = lower(tag.substr(0, tag.find('-')));
        if (primary != "th" && primary != "en") continue;
        const int w = semicolon == std::string_view::npos ? 1000 : weight(item.substr(semicolon + 1));
        if (w > best_weight) {
            best_weight = w;
            best = primary == "en" ? Language::en : Language::th;
        }
    }
    return best;
}

Language language_of(const Request &request) {
    if (request.lang_query) return *request.lang_query == "en" ? Language::en : Language::th;
    return choose_language(request.accept_language);
}

void ask_for_thai(Request &request) {
    request.lang_query.reset();
    request.accept_language = code(Language::th);
}

} // namespace http
