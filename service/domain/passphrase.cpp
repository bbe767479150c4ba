#include "service/domain/passphrase.h"

#include "service/domain/common_passphrases.h"
#include "service/domain/text.h"

#include <algorithm>
#include <ranges>
#include <set>
#include <vector>

namespace domain {
namespace {

bool is_separator(std::string_view sign) {
    constexpr std::string_view dashes[] = {" ", "-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\u2212", "\uFF0D"};
    return std::ranges::find(dashes, sign) != std::end(dashes);
}

// Code points, each as its bytes.
std::vector<std::string_view> signs_of(std::string_view text) {
    std::vector<std::string_view> out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + 1;
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
            ++end;
        out.push_back(text.substr(at, end - at));
        at = end;
    }
    return out;
}

// Without separators: putting blanks into a bad passphrase does not make it a good one.
std::string squeezed(std::string_view folded) {
    std::string out;
    std::ranges::copy_if(folded, std::back_inserter(out), [](char c) { return c != '-'; });
    return out;
}

std::size_t without(std::string text, std::string_view part) {
    constexpr std::size_t least_part = 3; // shorter ones stand in many words by chance
    if (characters(part) >= least_part)
        for (auto at = text.find(part); at != text.npos; at = text.find(part))
            text.erase(at, part.size());
    return characters(text);
}

bool is_their_name(const std::string &text, std::string_view login, std::string_view name) {
    constexpr std::size_t enough = 8; // must be left beside it
    std::string rest = text;
    std::size_t least = std::min(without(rest, squeezed(fold_passphrase(login))), without(rest, squeezed(fold_passphrase(name))));
    for (const auto part : std::views::split(fold_passphrase(name), '-'))
        least = std::min(least, without(rest, std::string_view(part.begin(), part.end())));
    return least < enough;
}

// A piece again and again, a sign or two added or changed, or a handful of signs.
bool repeats(const std::vector<std::string_view> &signs) {
    constexpr std::size_t fewest = 5;
    if (std::set<std::string_view>(signs.begin(), signs.end()).size() < fewest)
        return true;
    for (std::size_t period = 1; period <= signs.size() / 2; ++period) {
        std::size_t same = 0;
        for (std::size_t i = period; i < signs.size(); ++i)
            same += signs[i] == signs[i - period];
        if (same * 4 >= (signs.size() - period) * 3)
            return true;
    }
    return false;
}

// Three of four steps lead to a neighbour in a row of a keyboard or in the alphabet.
bool walks(const std::vector<std::string_view> &signs) {
    static constexpr std::string_view rows[] = {
        "abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "ๅภถุึคตจขช", "ๆไำพะัีรนยบล",
        "ฟหกดเ้่าสวง", "ผปแอิืทมใฝ", "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ", "๐๑๒๓๔๕๖๗๘๙๐"};
    std::set<std::pair<std::string_view, std::string_view>> neighbours;
    for (const std::string_view row : rows) {
        const auto in_row = signs_of(row);
        for (std::size_t i = 1; i < in_row.size(); ++i) {
            neighbours.emplace(in_row[i - 1], in_row[i]);
            neighbours.emplace(in_row[i], in_row[i - 1]);
        }
    }
    std::size_t steps = 0;
    for (std::size_t i = 1; i < signs.size(); ++i)
        steps += signs[i] == signs[i - 1] || neighbours.contains({signs[i - 1], signs[i]});
    return steps * 4 >= (signs.size() - 1) * 3;
}

} // namespace

std::string fold_passphrase(std::string_view typed) {
    std::string out;
    const std::string clean = clean_line(typed);
    out.reserve(clean.size());
    for (const std::string_view sign : signs_of(clean)) {
        if (is_separator(sign)) {
            if (!out.empty() && out.back() != '-')
                out.push_back('-');
        } else if (sign.size() == 1 && sign[0] >= 'A' && sign[0] <= 'Z') {
            out.push_back(static_cast<char>(sign[0] - 'A' + 'a'));
        } else {
            out.append(sign);
        }
    }
    if (!out.empty() && out.back() == '-')
        out.pop_back();
    return out;
}

std::string login_name(std::string_view typed) {
    std::string out = clean_line(typed);
    std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

std::optional<Fault> passphrase_fault(std::string field, std::string_view folded, std::string_view login, std::string_view name) {
    const std::size_t length = characters(folded);
    if (length < least_passphrase)
        return Fault{std::move(field), "fault.passphrase.short", least_passphrase, least_passphrase - length};
    if (length > most_passphrase)
        return Fault{std::move(field), "fault.too_long", most_passphrase, length - most_passphrase};
    const std::string text = squeezed(folded);
    if (is_their_name(text, login, name))
        return Fault{std::move(field), "fault.passphrase.name"};
    const auto signs = signs_of(text);
    if (signs.empty() || repeats(signs) || walks(signs))
        return Fault{std::move(field), "fault.passphrase.pattern"};
    if (std::ranges::find(common_passphrases, std::string_view(text)) != std::end(common_passphrases))
        return Fault{std::move(field), "fault.passphrase.common"};
    return std::nullopt;
}

} // namespace domain
