#include "service/runtime/terminal_qr.h"

#include "web/pages/officer/qr.h"

namespace runtime {

std::string qr_blocks(std::string_view text) {
    constexpr int quiet = 2; // modules around it: telephones read it with two on a plain screen
    const pages::QrModules code(text, pages::QrModules::Correction::least); // a screen has no stains, but few lines
    std::string out;
    for (int y = -quiet; y < code.size() + quiet; y += 2) { // two modules in the height of one character
        out += (out.empty() ? "" : "\n") + std::string("\x1b[30;107m");
        for (int x = -quiet; x < code.size() + quiet; ++x) {
            const bool above = code.dark(x, y), below = code.dark(x, y + 1);
            out += above && below ? "█" : above ? "▀" : below ? "▄" : " ";
        }
        out += "\x1b[0m";
    }
    return out;
}

} // namespace runtime
