// The parameters of a header field: "form-data; name=\"a\"; filename=\"b\"".
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace http {

struct Parameters { // views into the text
    std::string_view value; // in front of the first ';': a token, or two with '/' between them
    std::vector<std::pair<std::string_view, std::string_view>> named;

    std::optional<std::string_view> get(std::string_view name) const; // in lower case
};

// As browsers write them (WHATWG HTML, multipart form data): what is quoted ends at the next quote, whatever stands in
// front of that, for they send a quote as %22 and a backslash as it is. Nothing where a name stands twice, or a ninth.
std::optional<Parameters> parse_parameters(std::string_view text);

} // namespace http
