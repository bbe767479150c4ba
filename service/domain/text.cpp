#include "service/domain/text.h"

#include "crypto/base/result.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <new>
#include <optional>

namespace domain {
namespace {

constexpr std::string_view thai_zero = "\xe0\xb9\x90"; // ๐, U+0E50; the others follow it

constexpr char32_t sara_aa = 0x0E32, sara_am = 0x0E33, sara_e = 0x0E40, sara_ae = 0x0E41, nikhahit = 0x0E4D;

bool is_tone(char32_t c) { return c >= 0x0E48 && c <= 0x0E4B; }
// Vowels and marks above and below the consonant, which stand before its tone mark.
bool is_attached_vowel(char32_t c) { return c == 0x0E31 || (c >= 0x0E34 && c <= 0x0E3A); }
bool is_zero_width(char32_t c) {
    return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF ||
           c == 0x00AD;
}
bool is_blank(char32_t c) { return c == ' ' || c == '\t' || c == 0x00A0 || c == '\n'; }

std::u32string code_points(const icu::UnicodeString &text) {
    std::u32string out(static_cast<std::size_t>(text.length()), 0); // at least as many units as code points
    UErrorCode status = U_ZERO_ERROR;
    const int32_t size = text.toUTF32(reinterpret_cast<UChar32 *>(out.data()), text.length(), status);
    if (U_FAILURE(status))
        base::broken("a text of ICU that is no UTF-16");
    out.resize(static_cast<std::size_t>(size));
    return out;
}

// Without memory ICU makes a text that is empty and says so only here: what a person wrote would be gone unnoticed.
icu::UnicodeString whole(icu::UnicodeString text) {
    if (text.isBogus())
        throw std::bad_alloc();
    return text;
}

icu::UnicodeString unicode(const std::u32string &text) {
    return whole(icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32 *>(text.data()), static_cast<int32_t>(text.size())));
}

icu::UnicodeString unicode(std::string_view text) {
    return whole(icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())}));
}

std::string utf8(const icu::UnicodeString &text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

icu::UnicodeString nfc(const icu::UnicodeString &text) {
    UErrorCode status = U_ZERO_ERROR;
    const auto *normalizer = icu::Normalizer2::getNFCInstance(status);
    auto out = U_SUCCESS(status) ? normalizer->normalize(text, status) : text;
    if (status == U_MEMORY_ALLOCATION_ERROR || out.isBogus())
        throw std::bad_alloc();
    if (U_FAILURE(status))
        base::broken("ICU has no NFC data");
    return out;
}

std::u32string without_controls(const std::u32string &text) {
    std::u32string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char32_t c = text[i];
        if (c == '\r') {
            if (i + 1 == text.size() || text[i + 1] != '\n')
                out.push_back('\n');
        } else if (c == '\t') {
            out.push_back(' ');
        } else if ((c >= 0x20 || c == '\n') && !(c >= 0x7F && c < 0xA0) && !is_zero_width(c)) {
            out.push_back(c);
        }
    }
    return out;
}

// Two letters that look like a third become that one.
std::u32string fold_letters(const std::u32string &text) {
    std::u32string out;
    for (char32_t c : text) {
        const std::size_t n = out.size();
        if (c == sara_e && n >= 1 && out[n - 1] == sara_e) {
            out[n - 1] = sara_ae;
        } else if (c == sara_aa && n >= 1 && out[n - 1] == nikhahit) {
            out[n - 1] = sara_am;
        } else if (c == sara_aa && n >= 2 && is_tone(out[n - 1]) && out[n - 2] == nikhahit) {
            out[n - 2] = out[n - 1];
            out[n - 1] = sara_am;
        } else {
            out.push_back(c);
        }
    }
    return out;
}

// Its place among the marks of one letter; nothing for what is no mark. Marks that NFC sorts stay as it sorts them, the
// Thai vowels that it does not sort stand before them and ำ after them.
std::optional<int> place(char32_t c) {
    if (c == sara_am)
        return 256;
    if (const int canonical = u_getCombiningClass(static_cast<UChar32>(c)); canonical != 0)
        return canonical;
    return is_attached_vowel(c) ? std::optional(0) : std::nullopt;
}

// Orders of typing that look alike on the screen become one: all marks in a row at once, whatever their number, so that
// cleaning again finds nothing left to move.
std::u32string fold_marks(std::u32string text) {
    for (auto first = text.begin(); first != text.end();) {
        const auto last = std::find_if(first, text.end(), [](char32_t c) { return !place(c); });
        if (last - first > 1) // sorting takes memory, and there is a mark on every third letter of Thai
            std::stable_sort(first, last, [](char32_t a, char32_t b) { return *place(a) < *place(b); });
        first = last == text.end() ? last : last + 1;
    }
    return text;
}

std::u32string trimmed(const std::u32string &text) {
    std::size_t first = 0, last = text.size();
    while (first < last && is_blank(text[first]))
        ++first;
    while (last > first && is_blank(text[last - 1]))
        --last;
    return text.substr(first, last - first);
}

// Invisible characters go first: one between a letter and its mark would keep them from being composed.
std::u32string normal_form(std::string_view typed) {
    const auto folded = fold_marks(fold_letters(code_points(nfc(unicode(without_controls(code_points(unicode(typed))))))));
    return code_points(nfc(unicode(folded))); // a mark that moved may now stand beside the letter it composes with
}

} // namespace

std::string clean_text(std::string_view typed) { return utf8(unicode(trimmed(normal_form(typed)))); }

std::string clean_line(std::string_view typed) {
    std::u32string out;
    for (char32_t c : trimmed(normal_form(typed)))
        if (!is_blank(c))
            out.push_back(c);
        else if (out.empty() || out.back() != ' ')
            out.push_back(' ');
    return utf8(unicode(out));
}

std::string folded_line(std::string_view typed) {
    return with_plain_digits(utf8(whole(unicode(clean_line(typed)).foldCase())));
}

std::size_t characters(std::string_view text) {
    std::size_t count = 0;
    for (char c : text)
        count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    return count;
}

std::string beginning(std::string_view text, std::size_t characters) {
    const std::u32string all = code_points(unicode(text));
    std::size_t end = std::min(characters, all.size());
    while (end < all.size() && (u_getIntPropertyValue(static_cast<UChar32>(all[end]), UCHAR_GRAPHEME_CLUSTER_BREAK) ==
                                    U_GCB_EXTEND ||
                                all[end] == sara_am))
        ++end;
    return utf8(unicode(all.substr(0, end)));
}

std::string with_plain_digits(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto last = static_cast<unsigned char>(at + 2 < text.size() ? text[at + 2] : 0);
        if (text.substr(at, 2) == thai_zero.substr(0, 2) && last >= 0x90 && last <= 0x99) {
            out += static_cast<char>('0' + (last - 0x90));
            at += 3;
        } else {
            out += text[at++];
        }
    }
    return out;
}

} // namespace domain
