#include "service/domain/file_name.h"

#include "service/domain/text.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>

namespace domain {
namespace {

constexpr std::size_t most_ending_bytes = 16;

bool is_mark(char32_t c) {
    constexpr char32_t sara_am = 0x0E33; // a letter of its own that hangs on the one before
    return c == sara_am || (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0;
}

// Everything that a page cannot show as itself becomes a blank, which cleaning takes out again, or an underline.
std::string shown(std::string_view sent) {
    const auto text = icu::UnicodeString::fromUTF8({sent.data(), static_cast<int32_t>(sent.size())});
    icu::UnicodeString out;
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const UChar32 c = text.char32At(i);
        const auto kind = U_GET_GC_MASK(c);
        if ((kind & U_GC_CF_MASK) != 0)
            continue;
        if ((kind & (U_GC_Z_MASK | U_GC_CC_MASK)) != 0)
            out.append(static_cast<UChar32>(' '));
        else if ((kind & (U_GC_CS_MASK | U_GC_CN_MASK | U_GC_CO_MASK)) != 0 || c == 0xFFFD)
            out.append(static_cast<UChar32>('_'));
        else
            out.append(c);
    }
    std::string utf8;
    out.toUTF8String(utf8);
    return utf8;
}

// What no file system of a common one takes, and what browsers refuse at the ends.
std::string plain(std::string name) {
    for (char &c : name)
        if (std::string_view("<>:\"|?*\\/").contains(c))
            c = '_';
    const auto first = name.find_first_not_of(" ."), last = name.find_last_not_of(" .");
    return first == name.npos ? std::string{} : name.substr(first, last - first + 1);
}

// Windows takes these for devices, whatever ending they have.
bool is_device(std::string_view name) {
    std::string stem(name.substr(0, name.find('.')));
    stem.erase(std::min(stem.find_last_not_of(' ') + 1, stem.size()));
    std::ranges::transform(stem, stem.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    constexpr std::array names{"CON", "PRN", "AUX", "NUL"};
    if (std::ranges::find(names, stem) != names.end())
        return true;
    return stem.size() == 4 && (stem.starts_with("COM") || stem.starts_with("LPT")) && stem[3] >= '0' && stem[3] <= '9';
}

// At most so many bytes of the front; no letter loses what stands above or below it.
std::string_view front(std::string_view name, std::size_t bytes) {
    if (name.size() <= bytes)
        return name;
    const auto text = [&](std::size_t at) {
        UChar32 c = 0;
        U8_GET(reinterpret_cast<const std::uint8_t *>(name.data()), 0, static_cast<int32_t>(at), static_cast<int32_t>(name.size()), c);
        return static_cast<char32_t>(c);
    };
    while (bytes > 0 && ((static_cast<unsigned char>(name[bytes]) & 0xC0) == 0x80 || is_mark(text(bytes))))
        --bytes;
    return name.substr(0, bytes);
}

std::string shortened(const std::string &name) {
    if (name.size() <= most_file_name_bytes)
        return name;
    const auto dot = name.rfind('.');
    const bool has_ending = dot != name.npos && name.size() - dot <= most_ending_bytes;
    const std::string ending = has_ending ? name.substr(dot) : std::string{};
    const std::string_view stem = std::string_view(name).substr(0, name.size() - ending.size());
    return plain(std::string(front(stem, most_file_name_bytes - ending.size()))) + ending;
}

} // namespace

std::string file_name(std::string_view sent) {
    const auto folders = sent.find_last_of("/\\");
    const std::string name = plain(shortened(plain(clean_line(shown(folders == sent.npos ? sent : sent.substr(folders + 1))))));
    return is_device(name) ? plain(shortened("_" + name)) : name; // what was cut off may have been all that told it from one
}

} // namespace domain
