// The parts of a request that are derived from its head: path and language out of the target, and where it came from.
#pragma once

#include "web/http/message.h"

namespace http {

// Sets path, lang_query and, if it is to be kept, query. The target is origin-form ASCII, as the guard leaves it.
void set_target(Request &request, std::string_view target, bool keep_query = false);

// See Request::same_origin. Empty means that the field was not sent.
bool same_origin(std::string_view sec_fetch_site, std::string_view origin, std::string_view host);

char lower(char c); // ASCII only, whatever the locale
std::string lower(std::string_view text);
std::string_view trimmed(std::string_view text); // without spaces and tabs at both ends

} // namespace http
