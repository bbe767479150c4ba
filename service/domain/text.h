// What people type, made comparable and countable. NFC, never NFKC (which takes ำ apart).
#pragma once

#include <string>
#include <string_view>

namespace domain {

// NFC; เ+เ → แ, ํ+า → ำ, a tone mark before ำ and behind the vowel above or below it in whatever order they were typed, zero-width characters removed, CR LF → LF, blanks at the ends
// trimmed, other control characters dropped. Input must be valid UTF-8.
std::string clean_text(std::string_view typed);
// The same, and line breaks and runs of blanks become one blank.
std::string clean_line(std::string_view typed);
std::string with_plain_digits(std::string_view text); // ๐ to ๙ as 0 to 9
// As clean_line(), for looking texts up: capitals of Latin letters as small ones, Thai digits as Arabic ones.
std::string folded_line(std::string_view typed);
std::size_t characters(std::string_view utf8); // code points
// The beginning, of about so many characters: what stands above or below a letter stays with it.
std::string beginning(std::string_view utf8, std::size_t characters);

} // namespace domain
