// A QR code, and the same as the path of an inline SVG: no picture file, no data: address, nothing that the security headers would
// have to allow.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pages {

class QrModules {
public:
    enum class Correction { least, some };
    explicit QrModules(std::string_view text, Correction correction = Correction::some); // a few hundred bytes at most: more is a bug
    int size() const { return size_; } // modules on each side
    bool dark(int x, int y) const;     // false around the code, too

private:
    int size_ = 0;
    std::vector<bool> dark_;
};

struct QrCode {
    int size = 0;     // modules on each side, with the quiet zone of four around them
    std::string path; // of the dark modules, for <path d="…">
};
QrCode qr_code(std::string_view text);
std::string in_groups(std::string_view text); // of four, to be typed into an app by whoever cannot scan

} // namespace pages
