#include "service/domain/reminder.h"

#include "service/domain/mail_address.h"

#include <algorithm>
#include <array>

namespace domain {
namespace {

constexpr base::Seconds bangkok = 7 * 3600, day_length = 86400;
constexpr base::Seconds first_pause = 5 * 60, longest_pause = 4 * 3600;
constexpr int most_days_off = 60; // in a row; a list of holidays that closes the office for ever does not loop for ever

std::string base64(std::string_view bytes) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const auto at = [&](std::size_t k) {
            return i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U;
        };
        const unsigned group = at(0) << 16 | at(1) << 8 | at(2);
        for (std::size_t k = 0; k < 4; ++k)
            out += i + k <= bytes.size() ? digits[group >> (18 - 6 * k) & 63] : '=';
    }
    return out;
}

// RFC 2047: words of whole characters, on lines of at most 76.
std::string encoded_words(std::string_view text) {
    constexpr std::size_t in_word = 39; // bytes: 52 of base64, 12 around them, 9 of "Subject: "
    std::string out;
    while (!text.empty()) {
        std::size_t size = std::min(in_word, text.size());
        while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80)
            --size;
        out += (out.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + base64(text.substr(0, size)) + "?=";
        text.remove_prefix(size);
    }
    return out;
}

std::string encoded_body(const std::string &text) {
    constexpr std::size_t in_line = 57; // bytes: 76 of base64
    std::string lines, out;
    for (const char c : text)
        lines += c == '\n' ? "\r\n" : std::string(1, c);
    for (std::size_t at = 0; at < lines.size(); at += in_line)
        out += base64(std::string_view(lines).substr(at, in_line)) + "\r\n";
    return out;
}

std::string two_digits(int number) {
    return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

std::string date_of(base::Day day, int hour) {
    constexpr std::array weekdays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto date = day.date();
    const std::chrono::weekday weekday{std::chrono::sys_days(date)};
    return std::string(weekdays[weekday.c_encoding()]) + ", " +
           two_digits(static_cast<int>(static_cast<unsigned>(date.day()))) + " " +
           months[static_cast<unsigned>(date.month()) - 1] + " " + std::to_string(static_cast<int>(date.year())) + " " +
           two_digits(hour) + ":00:00 +0700";
}

} // namespace

std::string reminder_mail(const ReminderText &text, std::string_view from, std::string_view to, base::Day day, int hour,
                          const base::Array<16> &message) {
    std::string out;
    const auto header = [&](std::string_view name, std::string_view value) {
        ((out += name) += ": ") += value;
        out += "\r\n";
    };
    header("Date", date_of(day, hour));
    header("From", "<" + std::string(from) + ">");
    header("To", "<" + std::string(to) + ">");
    header("Message-ID", "<" + base::hex(message) + "@" + std::string(mail_domain(from)) + ">");
    header("Subject", encoded_words(text.subject));
    header("Auto-Submitted", "auto-generated"); // RFC 3834: nobody's absence is answered to it
    header("MIME-Version", "1.0");
    header("Content-Type", "text/plain; charset=UTF-8");
    header("Content-Transfer-Encoding", "base64");
    return out + "\r\n" + encoded_body(text.body);
}

base::Seconds at_hour(base::Day day, int hour) {
    return base::Seconds{day.number} * day_length + hour * 3600 - bangkok;
}

bool reminders_may_go(base::Seconds now, int hour, const WorkCalendar &calendar) {
    const base::Day today = base::day_of(now);
    return calendar.works(today) && now >= at_hour(today, hour) && now < at_hour(today, reminders_end);
}

base::Seconds next_reminders(base::Seconds now, int hour, const WorkCalendar &calendar) {
    base::Day day = base::day_of(now);
    for (int off = 0; off < most_days_off; ++off, ++day.number)
        if (calendar.works(day) && at_hour(day, hour) > now) return at_hour(day, hour);
    return now + day_length;
}

base::Seconds pause_after(int failed_rounds) {
    base::Seconds out = first_pause;
    for (int i = 1; i < failed_rounds && out < longest_pause; ++i)
        out *= 2;
    return std::min(out, longest_pause);
}

} // namespace domain
