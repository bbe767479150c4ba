// The days on which offices work, and the last day of a limit. Holidays are the agency's list (คณะรัฐมนตรี adds some every year), and
// the program ships the known ones of the fiscal years 2569 and 2570.
#pragma once

#include "service/domain/fault.h"
#include "service/domain/workflow.h"

#include <expected>
#include <set>
#include <string>

namespace domain {

// One holiday in each line, "13/10/2569 วันนวมินทรมหาราช", soonest first.
std::string shipped_holidays();

// A list as somebody types it, cleaned by clean_text(), with the days in any spelling of typed_day(): the same in order, each day once. A fault names `field` and
// quotes the line: fault.settings.holiday.
std::expected<std::string, Fault> check_holidays(const std::string &typed, std::string_view field);

class WorkCalendar {
public:
    explicit WorkCalendar(const std::string &holidays); // as check_holidays() gives it
    bool works(base::Day day) const;                    // neither Saturday, Sunday nor a holiday
    // The last day of `number` days after `from`, which is not counted. Calendar days that end on a day without work end on the next one
    // that has some (มาตรา 193/8 ประมวลกฎหมายแพ่งและพาณิชย์).
    base::Day last_day(base::Day from, int number, Unit unit) const;

private:
    std::set<base::Day> closed_;
};

} // namespace domain
