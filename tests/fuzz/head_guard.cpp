// Bytes from the network: the guard neither crashes nor lets a head through that a second reading would refuse.
#include "web/http/head_guard.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    std::string bytes(reinterpret_cast<const char *>(data), size);
    const auto end = http::head_end(bytes);
    if (!end || *end == 0)
        return 0;
    if (*end > bytes.size() || *end > http::max_head_bytes)
        std::abort();
    bytes.resize(*end);
    http::GuardPolicy policy;
    policy.allowed_hosts = {"localhost", "[::1]:8443"};
    const auto first = http::guard(bytes, policy);
    if (!first)
        return 0;
    // What was blanked stays acceptable, and is read the same way again.
    const auto again = http::guard(bytes, policy);
    if (!again || again->content_length != first->content_length || again->method != first->method ||
        again->keep_alive != first->keep_alive || first->fields > http::max_fields)
        std::abort();
    return 0;
}
