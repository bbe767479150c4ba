// Names of files, from any bytes: short, visible, no folder, and naming again changes nothing.
#include "service/domain/file_name.h"
#include "tests/fuzz/target.h"
#include "web/http/text.h"

#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    using fuzz::demand;
    const std::string_view sent = fuzz::text(data, size);
    const std::string name = domain::file_name(sent);
    demand(http::is_text(name) && name.size() <= domain::most_file_name_bytes);
    demand(name.find_first_of("<>:\"|?*\\/\x7f") == name.npos && name.find("  ") == name.npos);
    for (const char c : name)
        demand(static_cast<unsigned char>(c) >= 0x20);
    for (const std::string_view gone : {"\u061c", "\u200b", "\u202e", "\u2028", "\u2066", "\ufeff", "\u0085", "\ufffd"})
        demand(name.find(gone) == name.npos);
    demand(name.empty() || (!std::string_view(" .").contains(name.front()) && !std::string_view(" .").contains(name.back())));
    demand(domain::file_name(name) == name);
    demand(domain::file_name("folder/" + std::string(sent)) == name);
    return 0;
}
