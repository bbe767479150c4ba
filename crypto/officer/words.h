// The words of generated passphrases: 2048 different ones of each language, each followed by a blank, in the order of their bytes.
#pragma once

#include <string_view>

namespace crypto {

std::string_view thai_words();    // NFC
std::string_view english_words(); // lower-case ASCII letters

} // namespace crypto
