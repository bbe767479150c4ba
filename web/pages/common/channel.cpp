#include "web/pages/common/channel.h"

#include "service/domain/typed_day.h"
#include "web/pages/common/dates.h"

#include <algorithm>

namespace pages {

std::string step_name(const Site &site, const Frame &frame, const domain::Transition &step) {
    return site.text(frame, "move." + std::string(step.event) + ".title");
}

std::string step_limit(const Site &site, const Frame &frame, const AgencyProfile &profile, const domain::Transition &step) {
    const auto own = std::ranges::find(profile.limits, step.event, &domain::StepLimit::event);
    const auto [event, number, unit] = own != profile.limits.end() ? *own : domain::StepLimit{"", step.limit, step.unit};
    if (number == 0 || unit == domain::Unit::at_once) return site.text(frame, "manual.limit.at_once");
    const bool working = unit == domain::Unit::working_days;
    if (number == 1) return site.text(frame, working ? "manual.limit.working_day" : "manual.limit.calendar_day");
    return site.catalogue().text(frame.language, working ? "manual.limit.working_days" : "manual.limit.calendar_days",
                                 {{"NUMBER", std::to_string(number)}});
}

void show_limits_from(View &view, const Site &site, const Frame &frame, const AgencyProfile &profile) {
    view.list("LIMITS_FROM");
    if (const auto from = domain::typed_day(profile.manual_from))
        view.row("LIMITS_FROM").set("LIMITS_FROM_TEXT", site.catalogue().text(frame.language, "manual.limits_from",
                                                                              {{"DATE", long_date(site.catalogue(), frame.language, *from)}}));
}

void show_channel(View &view, const Site &site, const AgencyProfile &profile, const Frame &frame, bool live) {
    view.show("LIVE", live);
    view.list("ONION").list("GREETING").list("CONTACT_LINE").list("HOURS_LINE");
    if (!profile.onion.empty()) view.row("ONION").set("ONION_ADDRESS", profile.onion);
    if (const auto &text = in(profile.greeting, frame.language); !text.empty())
        view.row("GREETING").set("GREETING_TEXT", text);
    view.set("OFFICE_NAME", in(profile.responsible_unit, frame.language) + " " + in(profile.name, frame.language));
    if (const auto &text = in(profile.contact, frame.language); !text.empty())
        view.row("CONTACT_LINE").set("CONTACT_TEXT", text);
    if (const auto &text = in(profile.hours, frame.language); !text.empty())
        view.row("HOURS_LINE").set("HOURS_TEXT", text);
    for (const domain::Transition &step : domain::transitions())
        if (step.main && step.limit > 0)
            view.row("TIME").set("TIME_TEXT", site.catalogue().text(frame.language, "label.with_text",
                                                                    {{"LABEL", step_name(site, frame, step)},
                                                                     {"TEXT", step_limit(site, frame, profile, step)}}));
    show_limits_from(view, site, frame, profile);
}

} // namespace pages
