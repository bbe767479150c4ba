#include "web/pages/officer/qr.h"

#include "crypto/base/result.h"

#include <qrencode.h>

#include <memory>

namespace pages {

namespace {

struct Freed {
    void operator()(QRcode *code) const { QRcode_free(code); }
};

} // namespace

QrCode qr_code(std::string_view text) {
    constexpr int quiet = 4, any_version = 0;
    const std::unique_ptr<QRcode, Freed> code(QRcode_encodeData(static_cast<int>(text.size()),
                                                                reinterpret_cast<const unsigned char *>(text.data()),
                                                                any_version, QR_ECLEVEL_M));
    if (!code) base::broken("a text that is too long for a QR code");
    QrCode out{code->width + 2 * quiet, {}};
    for (int y = 0; y < code->width; ++y)
        for (int x = 0; x < code->width;) {
            int end = x;
            while (end < code->width && (code->data[y * code->width + end] & 1))
                ++end;
            if (end > x)
                out.path += "M" + std::to_string(x + quiet) + " " + std::to_string(y + quiet) + "h" + std::to_string(end - x) +
                            "v1H" + std::to_string(x + quiet) + "z";
            x = end > x ? end : x + 1;
        }
    return out;
}

} // namespace pages
