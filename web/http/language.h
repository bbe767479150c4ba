// Thai or English: what the person asked for by ?lang=, else what the browser prefers, else Thai.
#pragma once

#include "web/http/message.h"

namespace http {

enum class Language { th, en };

std::string_view code(Language language); // "th", "en"

// The one of the two with the higher weight in Accept-Language (RFC 9110 section 12.5.4), the earlier of equals.
Language choose_language(std::string_view accept_language);
Language language_of(const Request &request);
void ask_for_thai(Request &request); // whatever it asked for

} // namespace http
