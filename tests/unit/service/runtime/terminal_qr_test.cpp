#include "service/runtime/terminal_qr.h"

#include "crypto/officer/second_factor.h"
#include "crypto/reporter/instance.h"
#include "web/pages/officer/qr.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace {

// The modules that the blocks show, read back row by row, with the two quiet ones around them.
std::vector<std::vector<bool>> modules_of(const std::string &blocks) {
    std::vector<std::vector<bool>> out;
    std::size_t at = 0;
    while (at < blocks.size()) {
        const std::size_t begin = blocks.find("107m", at) + 4, end = blocks.find('\x1b', begin);
        std::vector<bool> above, below;
        for (std::size_t i = begin; i < end;) {
            const bool blank = blocks[i] == ' ';
            const std::string one = blank ? " " : blocks.substr(i, 3);
            above.push_back(one == "█" || one == "▀");
            below.push_back(one == "█" || one == "▄");
            i += blank ? 1 : 3;
        }
        out.push_back(above);
        out.push_back(below);
        const auto line = blocks.find('\n', end);
        at = line == std::string::npos ? blocks.size() : line + 1;
    }
    return out;
}

TEST(TerminalQr, ShowsEveryModuleDarkOnLightWithAQuietEdge) {
    const std::string text = "otpauth://totp/a:b?secret=ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const pages::QrModules code(text, pages::QrModules::Correction::least);
    const auto shown = modules_of(runtime::qr_blocks(text));
    ASSERT_GE(static_cast<int>(shown.size()), code.size() + 4);
    for (int y = -2; y < code.size() + 2; ++y)
        for (int x = -2; x < code.size() + 2; ++x)
            ASSERT_EQ(shown[static_cast<std::size_t>(y + 2)][static_cast<std::size_t>(x + 2)], code.dark(x, y)) << x << " " << y;
}

// The name of a town and a login, as long as they usually are: with the line that asks for the code, 24 lines of 80.
TEST(TerminalQr, FitsASmallTerminal) {
    crypto::start();
    const auto secret = crypto::TotpSecret::random();
    const std::string blocks = runtime::qr_blocks(crypto::otpauth_uri(secret, "Thotsop Town Municipality", "somchai"));
    EXPECT_LE(std::ranges::count(blocks, '\n') + 1, 23);
    EXPECT_LE(modules_of(blocks).front().size(), 80U);
}

} // namespace
