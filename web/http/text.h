// Small questions about text that several parsers ask.
#pragma once

#include <string>
#include <string_view>

namespace http {

bool is_token(std::string_view text); // RFC 9110 section 5.6.2
int hex_digit(char c);                // -1: none
bool is_utf8(std::string_view text);  // well-formed (Unicode table 3-7): no surrogate, no overlong form
bool is_text(std::string_view text);  // UTF-8 without NUL
// Browsers send the lines of a textarea with CR LF, programs as they please: they end with LF.
void normalise_lines(std::string &text);

} // namespace http
