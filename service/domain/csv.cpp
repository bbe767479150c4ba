#include "service/domain/csv.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace domain {
namespace {

// The code point of a byte from 0x80 on: TIS-620 and what Microsoft added to it; 0 for a byte that stands for nothing.
char16_t windows_874(unsigned char byte) {
    if (byte >= 0xa1 && byte <= 0xda) return static_cast<char16_t>(0x0e01 + (byte - 0xa1));
    if (byte >= 0xdf && byte <= 0xfb) return static_cast<char16_t>(0x0e3f + (byte - 0xdf));
    switch (byte) {
    case 0x80: return u'\u20ac';
    case 0x85: return u'\u2026';
    case 0x91: return u'\u2018';
    case 0x92: return u'\u2019';
    case 0x93: return u'\u201c';
    case 0x94: return u'\u201d';
    case 0x95: return u'\u2022';
    case 0x96: return u'\u2013';
    case 0x97: return u'\u2014';
    case 0xa0: return u'\u00a0';
    default: return 0;
    }
}

bool is_control(char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7f;
}

// How many bytes the sequence has that begins here; 0: it is no UTF-8 (RFC 3629).
std::size_t sequence_length(std::string_view text) {
    const auto at = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const auto follows = [&](std::size_t i, unsigned least = 0x80, unsigned most = 0xbf) { return at(i) >= least && at(i) <= most; };
    const unsigned first = at(0);
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first <= 0xdf) return follows(1) ? 2 : 0;
    if (first >= 0xe0 && first <= 0xef)
        return follows(1, first == 0xe0 ? 0xa0 : 0x80, first == 0xed ? 0x9f : 0xbf) && follows(2) ? 3 : 0;
    if (first >= 0xf0 && first <= 0xf4)
        return follows(1, first == 0xf0 ? 0x90 : 0x80, first == 0xf4 ? 0x8f : 0xbf) && follows(2) && follows(3) ? 4 : 0;
    return 0;
}

bool is_utf8(std::string_view bytes) {
    while (!bytes.empty()) {
        const std::size_t length = sequence_length(bytes);
        if (length == 0) return false;
        bytes.remove_prefix(length);
    }
    return true;
}

// All code points of the page are below 0x10000 and none below 0x80 comes here.
void append(std::string &out, char16_t point) {
    const auto byte = [&](unsigned value) { out += static_cast<char>(value); };
    if (point < 0x800) {
        byte(0xc0U | (point >> 6));
    } else {
        byte(0xe0U | (point >> 12));
        byte(0x80U | ((point >> 6) & 0x3fU));
    }
    byte(0x80U | (point & 0x3fU));
}

std::optional<std::string> from_windows_874(std::string_view line) {
    std::string out;
    out.reserve(line.size() * 3);
    for (const char c : line) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            out += c;
        } else {
            const char16_t point = windows_874(byte);
            if (point == 0) return std::nullopt;
            append(out, point);
        }
    }
    return out;
}

class CsvReader {
public:
    explicit CsvReader(std::string_view text) : left_(text) {}
    Csv read() {
        while (!left_.empty())
            record();
        return std::move(out_);
    }

private:
    // At the end of a record; takes the line break.
    bool ends() {
        if (left_.starts_with("\r\n"))
            left_.remove_prefix(2);
        else if (left_.starts_with('\n'))
            left_.remove_prefix(1);
        else
            return left_.empty();
        ++line_;
        return true;
    }
    void record() {
        CsvRecord record{line_, {}};
        std::string_view fault;
        do {
            record.cells.emplace_back();
            if (const auto wrong = cell(record.cells.back()); fault.empty()) fault = wrong;
        } while (separator());
        ends();
        if (!fault.empty())
            out_.faults.push_back({record.line, fault});
        else if (record.cells.size() > 1 || !record.cells.front().empty())
            out_.records.push_back(std::move(record));
    }
    bool separator() {
        if (!left_.starts_with(',')) return false;
        left_.remove_prefix(1);
        return true;
    }
    std::string_view cell(std::string &out) {
        const std::string_view fault = left_.starts_with('"') ? quoted(out) : std::string_view();
        // Without quotes, or what stands behind them although nothing may.
        std::string_view found = fault;
        while (!left_.empty() && left_.front() != ',' && left_.front() != '\n' && !left_.starts_with("\r\n")) {
            if (left_.front() == '"' || was_quoted_) found = "fault.csv.quote_inside";
            out += left_.front();
            left_.remove_prefix(1);
        }
        was_quoted_ = false;
        return found;
    }
    std::string_view quoted(std::string &out) {
        left_.remove_prefix(1);
        was_quoted_ = true;
        while (!left_.empty()) {
            const char c = left_.front();
            left_.remove_prefix(1);
            if (c == '"') {
                if (!left_.starts_with('"')) return {};
                left_.remove_prefix(1);
            } else if (c == '\n') {
                ++line_;
            }
            out += c;
        }
        return "fault.csv.quote_open";
    }

    std::string_view left_;
    std::size_t line_ = 1;
    bool was_quoted_ = false;
    Csv out_;
};

} // namespace

std::expected<std::string, std::size_t> text_of_file(std::string_view bytes) {
    constexpr std::string_view mark = "\xef\xbb\xbf";
    const bool marked = bytes.starts_with(mark);
    if (marked) bytes.remove_prefix(mark.size());
    const bool utf8 = marked || is_utf8(bytes);
    std::string out;
    for (std::size_t line = 1; !bytes.empty(); ++line) {
        const std::string_view here = bytes.substr(0, bytes.find('\n') == std::string_view::npos ? bytes.size() : bytes.find('\n') + 1);
        const auto text = utf8 ? (is_utf8(here) ? std::optional(std::string(here)) : std::nullopt) : from_windows_874(here);
        if (!text || std::ranges::any_of(*text, is_control)) return std::unexpected(line);
        out += *text;
        bytes.remove_prefix(here.size());
    }
    return out;
}

Csv read_csv(std::string_view utf8) { return CsvReader(utf8).read(); }

} // namespace domain
