#include "web/pages/officer/qr.h"

#include "crypto/base/result.h"

#include <qrencode.h>

#include <memory>

namespace pages {

QrModules::QrModules(std::string_view text, Correction correction) {
    struct Freed {
        void operator()(QRcode *code) const { QRcode_free(code); }
    };
    constexpr int any_version = 0;
    const std::unique_ptr<QRcode, Freed> code(QRcode_encodeData(static_cast<int>(text.size()),
                                                                reinterpret_cast<const unsigned char *>(text.data()),
                                                                any_version,
                                                                correction == Correction::least ? QR_ECLEVEL_L
                                                                                                : QR_ECLEVEL_M));
    if (!code) base::broken("a text that is too long for a QR code");
    size_ = code->width;
    for (int i = 0; i < size_ * size_; ++i)
        dark_.push_back((code->data[i] & 1) != 0);
}

bool QrModules::dark(int x, int y) const {
    return x >= 0 && y >= 0 && x < size_ && y < size_ && dark_[static_cast<std::size_t>(y * size_ + x)];
}

std::string in_groups(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 4)
        out += (i > 0 ? " " : "") + std::string(text.substr(i, 4));
    return out;
}

QrCode qr_code(std::string_view text) {
    constexpr int quiet = 4;
    const QrModules code(text);
    QrCode out{code.size() + 2 * quiet, {}};
    for (int y = 0; y < code.size(); ++y)
        for (int x = 0; x < code.size();) {
            int end = x;
            while (code.dark(end, y))
                ++end;
            if (end > x)
                out.path += "M" + std::to_string(x + quiet) + " " + std::to_string(y + quiet) + "h" + std::to_string(end - x) +
                            "v1H" + std::to_string(x + quiet) + "z";
            x = end > x ? end : x + 1;
        }
    return out;
}

} // namespace pages
