// Accept-Language: Thai or English as the grammar of RFC 9110 (sections 12.4.2 and 12.5.4), read a second time, says.
#include "web/http/language.h"
#include "tests/fuzz/target.h"
#include "web/http/request_parts.h"

#include <optional>
#include <string>

namespace {

using fuzz::demand;

// qvalue = ( "0" [ "." 0*3DIGIT ] ) / ( "1" [ "." 0*3("0") ] )
std::optional<int> quality(std::string_view text) {
    if (text.empty() || (text[0] != '0' && text[0] != '1') || text.size() > 5) return std::nullopt;
    std::string digits(text.substr(1));
    if (!digits.empty() && digits[0] != '.') return std::nullopt;
    digits = digits.empty() ? "000" : (digits.substr(1) + "000").substr(0, 3);
    for (const char c : digits)
        if (c < '0' || c > (text[0] == '1' ? '0' : '9')) return std::nullopt;
    return (text[0] - '0') * 1000 + std::stoi(digits);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    std::string_view header = fuzz::text(data, size);
    int thai = 0, english = 0;
    bool english_first = false;
    for (std::string_view left = header; !left.empty();) {
        const std::string_view item = left.substr(0, left.find(','));
        left.remove_prefix(std::min(left.size(), item.size() + 1));
        const std::string tag = http::lower(http::trimmed(item.substr(0, item.find(';'))));
        const bool is_thai = tag == "th" || tag.starts_with("th-"), is_english = tag == "en" || tag.starts_with("en-");
        if (!is_thai && !is_english) continue;
        int weight = 1000;
        if (const auto semicolon = item.find(';'); semicolon != item.npos) {
            const std::string_view q = http::trimmed(item.substr(semicolon + 1));
            if (!q.empty()) weight = http::lower(q).starts_with("q=") ? quality(q.substr(2)).value_or(0) : 0;
        }
        if (weight > std::max(thai, english)) english_first = is_english;
        if (int &best = is_thai ? thai : english; weight > best) best = weight;
    }
    const bool expected = english > thai || (english == thai && english > 0 && english_first);
    demand((http::choose_language(header) == http::Language::en) == expected);
    return 0;
}
