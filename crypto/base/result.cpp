#include "crypto/base/result.h"

#include <cstdio>
#include <cstdlib>

namespace base {

std::string_view name(Code code) {
    switch (code) {
    case Code::not_found: return "not_found";
    case Code::invalid: return "invalid";
    case Code::refused: return "refused";
    case Code::conflict: return "conflict";
    case Code::expired: return "expired";
    case Code::unavailable: return "unavailable";
    case Code::storage_failed: return "storage_failed";
    case Code::internal: return "internal";
    }
    return "unknown";
}

void broken(std::string_view what, std::source_location where) {
    std::fprintf(stderr, "broken invariant: %.*s (%s:%u)\n", static_cast<int>(what.size()), what.data(),
                 where.file_name(), static_cast<unsigned>(where.line()));
    std::abort();
}

} // namespace base
