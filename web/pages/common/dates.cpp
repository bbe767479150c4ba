#include "web/pages/common/dates.h"

#include "service/domain/fiscal_year.h"

namespace pages {

namespace {

std::string two_digits(base::Seconds value) { return (value < 10 ? "0" : "") + std::to_string(value); }

} // namespace

std::string long_date(const Catalogue &catalogue, Language language, base::Day day) {
    const auto date = day.date();
    const auto month = static_cast<unsigned>(date.month());
    const int year = static_cast<int>(date.year()) + (language == Language::th ? domain::buddhist_era : 0);
    return std::to_string(static_cast<unsigned>(date.day())) + " " +
           catalogue.text(language, "month." + std::to_string(month)) + " " + std::to_string(year);
}

std::string long_time(const Catalogue &catalogue, Language language, base::Seconds time) {
    const base::Day day = base::day_of(time);
    const base::Seconds second_of_day = time + 7 * 3600 - static_cast<base::Seconds>(day.number) * 86400;
    return catalogue.text(language, "date.with_time",
                          {{"DATE", long_date(catalogue, language, day)},
                           {"TIME", two_digits(second_of_day / 3600) + ":" + two_digits(second_of_day / 60 % 60)}});
}

} // namespace pages
