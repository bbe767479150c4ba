// A QR code in the blocks of a terminal: dark on light whatever the terminal's own colours are.
#pragma once

#include <string>
#include <string_view>

namespace runtime {

std::string qr_blocks(std::string_view text); // lines, the last without its end; a few hundred bytes at most

} // namespace runtime
