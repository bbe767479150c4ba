#include "service/domain/work_calendar.h"

#include "service/domain/typed_day.h"

#include <array>
#include <map>

namespace domain {
namespace {

using namespace std::chrono;

struct Official {
    year_month_day day;
    std::string_view name;
};

// As published for government offices; a day that falls on a weekend stands at its substitute (วันหยุดชดเชย). The Royal Ploughing day of
// 2570 is announced in that year.
constexpr std::array official{
    Official{2025y / 10 / 13, "วันนวมินทรมหาราช"},
    Official{2025y / 10 / 23, "วันปิยมหาราช"},
    Official{2025y / 12 / 5, "วันคล้ายวันพระบรมราชสมภพ รัชกาลที่ 9 วันชาติ และวันพ่อแห่งชาติ"},
    Official{2025y / 12 / 10, "วันรัฐธรรมนูญ"},
    Official{2025y / 12 / 31, "วันสิ้นปี"},
    Official{2026y / 1 / 1, "วันขึ้นปีใหม่"},
    Official{2026y / 1 / 2, "วันหยุดราชการเพิ่มเป็นกรณีพิเศษ"},
    Official{2026y / 3 / 3, "วันมาฆบูชา"},
    Official{2026y / 4 / 6, "วันจักรี"},
    Official{2026y / 4 / 13, "วันสงกรานต์"},
    Official{2026y / 4 / 14, "วันสงกรานต์"},
    Official{2026y / 4 / 15, "วันสงกรานต์"},
    Official{2026y / 5 / 4, "วันฉัตรมงคล"},
    Official{2026y / 5 / 13, "วันพระราชพิธีพืชมงคลจรดพระนังคัลแรกนาขวัญ"},
    Official{2026y / 6 / 1, "วันหยุดชดเชยวันวิสาขบูชา"},
    Official{2026y / 6 / 3, "วันเฉลิมพระชนมพรรษาสมเด็จพระนางเจ้าฯ พระบรมราชินี"},
    Official{2026y / 7 / 28, "วันเฉลิมพระชนมพรรษาพระบาทสมเด็จพระเจ้าอยู่หัว"},
    Official{2026y / 7 / 29, "วันอาสาฬหบูชา"},
    Official{2026y / 7 / 30, "วันเข้าพรรษา"},
    Official{2026y / 8 / 12, "วันแม่แห่งชาติ"},
    Official{2026y / 10 / 13, "วันนวมินทรมหาราช"},
    Official{2026y / 10 / 23, "วันปิยมหาราช"},
    Official{2026y / 12 / 7, "วันหยุดชดเชยวันคล้ายวันพระบรมราชสมภพ รัชกาลที่ 9"},
    Official{2026y / 12 / 10, "วันรัฐธรรมนูญ"},
    Official{2026y / 12 / 31, "วันสิ้นปี"},
    Official{2027y / 1 / 1, "วันขึ้นปีใหม่"},
    Official{2027y / 2 / 22, "วันหยุดชดเชยวันมาฆบูชา"},
    Official{2027y / 4 / 6, "วันจักรี"},
    Official{2027y / 4 / 13, "วันสงกรานต์"},
    Official{2027y / 4 / 14, "วันสงกรานต์"},
    Official{2027y / 4 / 15, "วันสงกรานต์"},
    Official{2027y / 5 / 4, "วันฉัตรมงคล"},
    Official{2027y / 5 / 20, "วันวิสาขบูชา"},
    Official{2027y / 6 / 3, "วันเฉลิมพระชนมพรรษาสมเด็จพระนางเจ้าฯ พระบรมราชินี"},
    Official{2027y / 7 / 19, "วันเข้าพรรษา"},
    Official{2027y / 7 / 20, "วันหยุดชดเชยวันอาสาฬหบูชา"},
    Official{2027y / 7 / 28, "วันเฉลิมพระชนมพรรษาพระบาทสมเด็จพระเจ้าอยู่หัว"},
    Official{2027y / 8 / 12, "วันแม่แห่งชาติ"},
};

// Two holidays in one line would be one of them lost.
bool names_a_day(std::string_view name) {
    for (std::size_t at = 0; at < name.size();) {
        const auto end = std::min(name.find(' ', at), name.size());
        if (typed_day(name.substr(at, end - at)))
            return true;
        at = end + 1;
    }
    return false;
}

// "13/10/2569 name" or "13 ตุลาคม 2569 name": the day is the first word, or the first three.
std::optional<std::pair<base::Day, std::string>> read_line(std::string_view line) {
    std::size_t end = 0;
    for (int words = 1; words <= 3 && end != line.npos; ++words) {
        end = line.find(' ', words == 1 ? 0 : end + 1);
        if (const auto day = typed_day(line.substr(0, end)); day && (end == line.npos || !names_a_day(line.substr(end + 1))))
            return std::pair(*day, std::string(end == line.npos ? "" : line.substr(end + 1)));
    }
    return std::nullopt;
}

// One blank between words, none at the ends. clean_line() would do it, too, and look at each letter of forty lines once more, which the
// whole list has behind it.
std::string one_line(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (c != ' ' || (!out.empty() && out.back() != ' '))
            out += c;
    if (out.ends_with(' '))
        out.pop_back();
    return out;
}

template <class Each>
void each_line(std::string_view text, Each each) {
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        if (const std::string line = one_line(text.substr(at, end - at)); !line.empty())
            each(line);
        at = end + 1;
    }
}

std::string written(const std::map<base::Day, std::string> &days) {
    std::string out;
    for (const auto &[day, name] : days)
        out += (out.empty() ? "" : "\n") + day_to_type(day) + (name.empty() ? "" : " " + name);
    return out;
}

} // namespace

std::string shipped_holidays() {
    std::map<base::Day, std::string> days;
    for (const Official &one : official)
        days.emplace(base::Day::from(one.day), one.name);
    return written(days);
}

std::expected<std::string, Fault> check_holidays(const std::string &typed, std::string_view field) {
    std::map<base::Day, std::string> days;
    std::optional<Fault> fault;
    each_line(typed, [&](const std::string &line) {
        auto read = read_line(line);
        if (read)
            days.insert_or_assign(read->first, std::move(read->second));
        else if (!fault)
            fault = Fault{std::string(field), "fault.settings.holiday", 0, 0, line};
    });
    if (fault)
        return std::unexpected(std::move(*fault));
    return written(days);
}

WorkCalendar::WorkCalendar(const std::string &holidays) {
    each_line(holidays, [&](const std::string &line) {
        if (const auto read = read_line(line))
            closed_.insert(read->first);
    });
}

bool WorkCalendar::works(base::Day day) const {
    const weekday of_week{sys_days{days{day.number}}};
    return of_week != Saturday && of_week != Sunday && !closed_.contains(day);
}

base::Day WorkCalendar::last_day(base::Day from, int number, Unit unit) const {
    const auto next = [](base::Day day) { return base::Day{day.number + 1}; };
    base::Day out = from;
    if (unit == Unit::calendar_days)
        out.number += number;
    for (int counted = 0; unit == Unit::working_days && counted < number; counted += works(out))
        out = next(out);
    while (unit != Unit::at_once && !works(out))
        out = next(out);
    return out;
}

} // namespace domain
