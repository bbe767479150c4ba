#include "service/domain/typed_day.h"

#include "service/domain/fiscal_year.h"
#include "service/domain/text.h"

#include <array>

namespace domain {
namespace {

constexpr std::array<std::string_view, 24> months = {
    "มกราคม", "กุมภาพันธ์", "มีนาคม",  "เมษายน",   "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม",
    "กันยายน", "ตุลาคม",   "พฤศจิกายน", "ธันวาคม",  "January", "February", "March",   "April",
    "May",    "June",    "July",     "August",   "September", "October", "November", "December"};

// "31 ธันวาคม 2571" as "31/12/2571"; anything else as it was.
std::string with_month_number(const std::string &text) {
    for (std::size_t i = 0; i < months.size(); ++i)
        if (const auto at = text.find(" " + std::string(months[i]) + " "); at != std::string::npos)
            return text.substr(0, at) + "/" + std::to_string(i % 12 + 1) + "/" + text.substr(at + months[i].size() + 2);
    return text;
}

// Exactly three numbers of one to four digits with one kind of separator between.
std::optional<std::array<int, 3>> three_numbers(std::string_view text) {
    std::array<int, 3> out{};
    std::size_t number = 0, digits = 0;
    char between = 0;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            if (++digits > 4)
                return std::nullopt;
            out[number] = out[number] * 10 + (c - '0');
        } else if ((c == '/' || c == '-' || c == '.') && digits > 0 && number < 2 && (between == 0 || between == c)) {
            between = c;
            ++number;
            digits = 0;
        } else {
            return std::nullopt;
        }
    }
    return number == 2 && digits > 0 ? std::optional(out) : std::nullopt;
}

} // namespace

std::optional<base::Day> typed_day(std::string_view typed) {
    const std::string text = with_month_number(with_plain_digits(clean_line(typed)));
    const auto numbers = three_numbers(text);
    if (!numbers)
        return std::nullopt;
    auto [day, month, year] = *numbers;
    if (text.find('-') == 4)
        std::swap(day, year);
    if (year >= 2400)
        year -= buddhist_era;
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (year < 1900 || !date.ok())
        return std::nullopt;
    return base::Day::from(date);
}

std::string day_to_type(base::Day day) {
    const auto date = day.date();
    return std::to_string(static_cast<unsigned>(date.day())) + "/" + std::to_string(static_cast<unsigned>(date.month())) + "/" +
           std::to_string(static_cast<int>(date.year()) + buddhist_era);
}

} // namespace domain
