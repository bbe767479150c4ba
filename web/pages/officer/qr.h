// A QR code as the path of an inline SVG: no picture file, no data: address, nothing that the security headers would have to allow.
#pragma once

#include <string>
#include <string_view>

namespace pages {

struct QrCode {
    int size = 0;     // modules on each side, with the quiet zone of four around them
    std::string path; // of the dark modules, for <path d="…">
};
QrCode qr_code(std::string_view text); // a few hundred bytes at most: more is a bug

} // namespace pages
