// Reads one cookie by its exact name from a Cookie header (RFC 6265 section 4.2.1).
#pragma once

#include <optional>
#include <string_view>

namespace http {

// Nothing when it is missing, or when it is there twice: a second one may have been planted by a neighbouring host.
std::optional<std::string_view> cookie(std::string_view header, std::string_view name);

} // namespace http
