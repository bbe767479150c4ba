// Thai digits in a text, as official letters have them.
#pragma once

#include <string>
#include <string_view>

namespace print {

// "12/2569" → "๑๒/๒๕๖๙". What somebody types or dials stays as it is: words with a Latin letter or an @ in them (addresses, codes), and
// telephone numbers, which are the digits behind "โทร", "โทรศัพท์", "โทรสาร" or "สายด่วน", and groups that begin with 0 and have nine digits
// or more.
std::string with_thai_digits(std::string_view text);

} // namespace print
