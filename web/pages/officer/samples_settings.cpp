// Pages of the agency's settings, with invented content.
#include "web/pages/common/sample_frame.h"
#include "web/pages/officer/samples.h"
#include "web/pages/officer/settings.h"

#include <algorithm>

namespace pages {

namespace {

constexpr base::Day day{19000};

} // namespace

// Every field wrong, every kind of change, both sides of a proposal.
void add_settings_samples(std::vector<OfficerSample> &out, const Site &site, Frame at, Viewer admin) {
    admin.settings = true;
    auto current = std::make_shared<domain::ProfileVersion>(2, site.profile());
    domain::AgencyProfile other = site.profile();
    for (const domain::ProfileField &field : domain::profile_fields())
        if (field.name != "kind") field.of(other) = field.in(other).empty() ? "ข้อความ" : "";
    other.kind = "town_municipality";
    other.emblem = domain::to_line({base::ObjectId({1}), {}, {}, "image/png", 12'345});
    std::ranges::reverse(other.categories);
    other.categories.front().shown = false;
    other.channels.front().label = {"เว็บ", "Web"};
    const auto changes = domain::differences(site.profile(), other);
    const domain::ManualVersions manuals = sample_manuals(site, day);
    out.push_back({"settings-unchanged", render_settings(site, at, admin, {current, false, {}, {}}, true, {})});
    usecases::SettingsView shown{current, true, usecases::SettingsProposal{{}, 1'700'000'000, "ตัวอย่าง ผู้ดูแล", false, false, changes}, {}};
    shown.history = {{2, 1'700'000'000, "ตัวอย่าง ผู้ดูแล", "ตัวอย่าง ปลัด", false, changes},
                     {1, 1'600'000'000, "ตัวอย่าง ผู้ดูแล", "", true, {}}};
    out.push_back({"settings", render_settings(site, at, admin, shown, true, {"", "settings.done.both"})});
    out.push_back({"settings-second", render_settings(site, at, admin, shown, false, {"settings.notice.stale", ""}, 409)});
    shown.proposal->mine = shown.proposal->damaged = true;
    out.push_back({"settings-mine", render_settings(site, at, admin, shown, true, {"settings.notice.busy", ""}, 503)});
    for (const std::string_view part : settings_parts) {
        const std::string name = "settings-" + std::string(part);
        SettingsForm form = settings_form_of(site, part, 2);
        out.push_back({name, render_settings_form(site, at, admin, form)});
        out.push_back({name + "-preview", render_settings_preview(site, at, admin, form, site.profile(), manuals, day)});
        for (const auto &[field, value] : form.typed)
            form.faults.push_back({field, "fault.settings.contrast", 0, 0, "2.10"});
        form.notice = "settings.notice.stale";
        out.push_back({name + "-fault", render_settings_form(site, at, admin, form, 409)});
    }
    out.push_back({"settings-preview",
                   render_settings_preview(site, at, admin, settings_form_of(site, "texts", 2), other, manuals, day)});
    domain::AgencyProfile named = site.profile();
    named.emblem = other.emblem;
    const Site lost = site.with(named), with_emblem = lost.with_emblem(".png", "picture");
    for (const Site *one : {&site, &with_emblem})
        out.push_back({one == &site ? "settings-emblem-none" : "settings-emblem", render_emblem(*one, at, admin, {2, {}, ""})});
    for (const char *fault : {"chosen", "empty", "too_large", "type", "unreadable", "too_large_cleaned"}) {
        const std::string key = std::string("fault.emblem.") + fault;
        out.push_back({"settings-emblem-" + std::string(fault), render_emblem(with_emblem, at, admin, {2, {{"emblem", key}}, ""}, 400)});
    }
    out.push_back({"settings-emblem-lost", render_emblem(lost, at, admin, {2, {}, "settings.notice.stale"}, 409)});
}

} // namespace pages
