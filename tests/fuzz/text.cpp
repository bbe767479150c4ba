// What people type, cleaned: text in NFC, without invisible or control characters, and cleaning it again changes
// nothing.
#include "service/domain/text.h"
#include "tests/fuzz/target.h"
#include "web/http/text.h"

#include <unicode/normalizer2.h>

namespace {

using fuzz::demand;

bool is_nfc(const std::string &text) {
    UErrorCode status = U_ZERO_ERROR;
    const auto *nfc = icu::Normalizer2::getNFCInstance(status);
    const bool normal = nfc->isNormalizedUTF8(text, status);
    return U_SUCCESS(status) && normal;
}

void demand_clean(const std::string &text) {
    demand(http::is_utf8(text) && is_nfc(text));
    for (const char c : text)
        demand(c == '\n' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f));
    for (const std::string_view gone : {"\u200b", "\u200e", "\u202e", "\u2060", "\ufeff", "\u00ad", "\u0085"})
        demand(text.find(gone) == std::string::npos);
    for (const std::string_view blank : {" ", "\n", "\u00a0"})
        demand(!text.starts_with(blank) && !text.ends_with(blank));
    demand(domain::clean_text(text) == text);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string_view typed = fuzz::text(data, size);
    if (!http::is_utf8(typed)) return 0; // a form refuses it
    const std::string text = domain::clean_text(typed), line = domain::clean_line(typed);
    demand_clean(text);
    demand_clean(line);
    demand(text.size() <= 3 * size && line.size() <= text.size()); // NFC makes at most three bytes of one
    demand(line.find('\n') == std::string::npos && line.find("  ") == std::string::npos);
    demand(domain::clean_line(line) == line && domain::clean_line(text) == line);
    std::size_t count = 0;
    for (const char c : text)
        count += (c & 0xc0) != 0x80;
    demand(domain::characters(text) == count && count <= text.size());
    return 0;
}
