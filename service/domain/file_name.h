// What a file is called on a page, and when somebody saves it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace domain {

inline constexpr std::size_t most_file_name_bytes = 200; // file systems take 255, and programs add to it

// A name that shows what it is: no folder, nothing invisible or turned around, nothing that a system reads as more than
// a name, the beginning and the ending of a long one. From any bytes; empty when nothing is left of them.
std::string file_name(std::string_view sent);

} // namespace domain
