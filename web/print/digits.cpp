#include "web/print/digits.h"

#include <algorithm>

namespace print {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_latin(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '@'; }
bool parts_number(char c) { return is_digit(c) || c == ' ' || c == '-' || c == ',' || c == '(' || c == ')'; }

constexpr std::string_view before_numbers[] = {"โทร", "โทร.", "โทรศัพท์", "โทรสาร", "สายด่วน"};

// Digits and what stands between those of one telephone number, or of several.
std::size_t end_of_number(std::string_view text, std::size_t from) {
    std::size_t end = from;
    for (std::size_t at = from; at < text.size() && parts_number(text[at]); ++at)
        if (is_digit(text[at])) end = at + 1;
    return end;
}

bool is_dialled(std::string_view text, std::size_t from, std::size_t end) {
    const auto before = text.substr(0, from);
    const auto letters = before.substr(0, before.find_last_not_of(" :(") + 1); // npos + 1 is 0
    if (std::ranges::any_of(before_numbers, [&](std::string_view word) { return letters.ends_with(word); })) return true;
    return text[from] == '0' && std::ranges::count_if(text.substr(from, end - from), is_digit) >= 9;
}

// A word with a Latin letter is copied whole: from blank to blank, or to a letter that is not Latin.
std::size_t end_of_word(std::string_view text, std::size_t from) {
    std::size_t end = from;
    while (end < text.size() && text[end] != ' ' && text[end] != '\n' && static_cast<unsigned char>(text[end]) < 0x80)
        ++end;
    return end;
}

} // namespace

std::string with_thai_digits(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto word_end = end_of_word(text, at);
        if (std::any_of(text.begin() + at, text.begin() + word_end, is_latin)) {
            out += text.substr(at, word_end - at);
            at = word_end;
            continue;
        }
        if (!is_digit(text[at])) {
            out += text[at++];
            continue;
        }
        const auto end = end_of_number(text, at);
        if (is_dialled(text, at, end)) {
            out += text.substr(at, end - at);
            at = end;
            continue;
        }
        for (; at < text.size() && is_digit(text[at]); ++at)
            (out += "\xe0\xb9") += static_cast<char>(0x90 + (text[at] - '0'));
    }
    return out;
}

} // namespace print
