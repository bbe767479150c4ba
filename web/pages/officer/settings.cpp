#include "web/pages/officer/settings.h"

#include "service/domain/text.h"

#include "web/pages/officer/sign_in.h"

#include <algorithm>
#include <charconv>

namespace pages {

namespace {

using Why = usecases::SettingsRefused::Why;

std::optional<std::uint64_t> number_from(std::string_view text) {
    std::uint64_t out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(out) : std::nullopt;
}

std::optional<std::string_view> part_from(std::string_view id) {
    const auto found = std::ranges::find(settings_parts, id);
    return found == std::end(settings_parts) ? std::nullopt : std::optional(*found);
}

http::Response show(OfficerRequest &page, const http::Request &request, const SettingsSays &says, unsigned status = 200) {
    const Viewer viewer = viewer_of(*page.session);
    const auto permitted = usecases::MaySee::check(page.session->actor);
    if (!permitted) return officer_error_page(page.site, 404, &request, &viewer);
    const auto shown = usecases::agency_settings(*permitted, page.use);
    if (!shown) return officer_error_page(page.site, 503, &request, &viewer);
    Frame frame = frame_of(request, "page.settings.title");
    frame.path = "/settings"; // switching language must not repeat an act
    const bool may_change = domain::allows(page.session->actor, domain::Action::change_settings);
    return render_settings(page.site, frame, viewer, *shown, may_change, says, status);
}

http::Response show_refused(OfficerRequest &page, const http::Request &request, Why why) {
    const Viewer viewer = viewer_of(*page.session);
    if (why == Why::not_found) return officer_error_page(page.site, 404, &request, &viewer);
    return show(page, request, {notice_of(why), ""}, status_of(why));
}

SettingsForm typed_form(const http::Form &form, std::string_view part) {
    SettingsForm out;
    out.part = part;
    out.version = version_typed(form);
    for (const auto &field : form.fields())
        if (!is_machinery(field.name)) out.typed.insert_or_assign(field.name, field.value);
    return out;
}

// A form whose change another officer confirms says who that may be.
http::Response show_form(OfficerRequest &page, const Frame &frame, SettingsForm form, unsigned status = 200) {
    if (const auto permitted = usecases::MayChange::check(page.session->actor); permitted && proposes(form.part))
        if (auto confirmers = usecases::settings_confirmers(*permitted, page.use)) form.confirmers = std::move(*confirmers);
    return render_settings_form(page.site, frame, viewer_of(*page.session), form, status);
}

http::Response save(OfficerRequest &page, const http::Request &request, SettingsForm form, const Frame &frame) {
    const Viewer viewer = viewer_of(*page.session);
    const auto permitted = usecases::MayChange::check(page.session->actor);
    if (!permitted) return officer_error_page(page.site, 404, &request, &viewer);
    const auto typed = profile_typed(page.site, form);
    if (!form.faults.empty()) return show_form(page, frame, std::move(form), 400);
    const auto changed = usecases::change_settings(*permitted, page.use, form.version, typed);
    if (changed) return settings_changed(request, *changed);
    form.faults = changed.error().faults;
    form.notice = notice_of(changed.error().why);
    form.version = page.use.profile.now()->version; // what it says then is shown: the next press means it
    return show_form(page, frame, std::move(form), status_of(changed.error().why));
}

} // namespace

unsigned status_of(Why why) {
    switch (why) {
    case Why::faults: return 400;
    case Why::not_found: return 404;
    case Why::stale:
    case Why::proposal_open:
    case Why::own_proposal:
    case Why::damaged: return 409;
    case Why::busy:
    case Why::storage_failed: return 503;
    }
    return 500;
}

std::string_view notice_of(Why why) {
    switch (why) {
    case Why::faults:
    case Why::not_found: return "";
    case Why::stale: return "settings.notice.stale";
    case Why::proposal_open: return "settings.notice.proposal_open";
    case Why::own_proposal: return "settings.notice.own_proposal";
    case Why::damaged: return "settings.notice.damaged";
    case Why::busy: return "settings.notice.busy";
    case Why::storage_failed: return "settings.notice.storage";
    }
    return "";
}

http::Response settings_changed(const http::Request &request, const usecases::SettingsDone &what) {
    const std::string_view id = what.proposed ? (what.in_force ? "both" : "proposed") : what.in_force ? "changed" : "same";
    return see_other("/settings/done/" + std::string(id), frame_of(request, ""));
}

std::uint64_t version_typed(const http::Form &form) { return number_from(form.get("version")).value_or(0); }

http::Response settings_page(OfficerRequest &page, http::Request &request, const http::Captures &) {
    return show(page, request, {});
}

http::Response settings_done(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    for (const std::string_view key : {"settings.done.changed", "settings.done.proposed", "settings.done.both",
                                       "settings.done.same", "settings.done.confirm", "settings.done.withdraw"})
        if (key.substr(key.rfind('.') + 1) == captures[0]) return show(page, request, {"", key});
    return show_refused(page, request, Why::not_found);
}

http::Response settings_form(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    const Viewer viewer = viewer_of(*page.session);
    const auto part = part_from(captures[0]);
    if (!part) return officer_error_page(page.site, 404, &request, &viewer);
    return show_form(page, frame_of(request, ""), settings_form_of(page.site, *part, page.use.profile.now()->version));
}

http::Response settings_step(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    const Viewer viewer = viewer_of(*page.session);
    const Frame frame = frame_of(request, "");
    const auto part = part_from(captures[0]);
    const auto form = http::parse_form(request);
    if (!part) return officer_error_page(page.site, 404, &request, &viewer);
    if (!form) return officer_error_page(page.site, 400, &request, &viewer);
    if (!is_ours(page, request, *form)) return render_typed(page.site, frame, *form, 403);
    SettingsForm typed = typed_form(*form, *part);
    if (form->get("step") == "edit") return show_form(page, frame, std::move(typed));
    if (form->get("step") == "save") return save(page, request, std::move(typed), frame);
    auto checked = domain::check_profile(profile_typed(page.site, typed));
    if (!checked) typed.faults.insert(typed.faults.end(), checked.error().begin(), checked.error().end());
    if (!typed.faults.empty()) return show_form(page, frame, std::move(typed), 400);
    auto versions = *page.use.profile.versions();
    versions.push_back({versions.back().version + 1, *checked, page.use.clock.today()});
    return render_settings_preview(page.site, frame, viewer, typed, *checked, domain::ManualVersions(versions), page.use.clock.today());
}

http::Response settings_proposal(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    const Viewer viewer = viewer_of(*page.session);
    const auto form = http::parse_form(request);
    const bool confirms = captures[0] == "confirm";
    if (!confirms && captures[0] != "withdraw") return officer_error_page(page.site, 404, &request, &viewer);
    if (!form || !is_ours(page, request, *form)) return officer_error_page(page.site, 403, &request, &viewer);
    std::expected<void, usecases::SettingsRefused> acted;
    if (confirms) {
        const auto permitted = usecases::MaySee::check(page.session->actor);
        if (!permitted) return officer_error_page(page.site, 404, &request, &viewer);
        const auto recently = usecases::RecentlySignedIn::check(*page.session, page.use.clock.now());
        if (!recently) return ask_to_sign_in_again(page, request);
        acted = usecases::confirm_settings(*permitted, *recently, page.use, form->get("proposal"));
    } else {
        const auto permitted = usecases::MayChange::check(page.session->actor);
        if (!permitted) return officer_error_page(page.site, 404, &request, &viewer);
        acted = usecases::withdraw_settings(*permitted, page.use, form->get("proposal"));
    }
    if (!acted) return show_refused(page, request, acted.error().why);
    return see_other("/settings/done/" + std::string(captures[0]), frame_of(request, ""));
}

http::Response settings_restore(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const Viewer viewer = viewer_of(*page.session);
    const auto form = http::parse_form(request);
    if (!form || !is_ours(page, request, *form)) return officer_error_page(page.site, 403, &request, &viewer);
    const auto permitted = usecases::MayChange::check(page.session->actor);
    const auto version = number_from(form->get("version")), restored = number_from(form->get("restored"));
    if (!permitted || !version || !restored) return officer_error_page(page.site, permitted ? 400 : 404, &request, &viewer);
    const auto acted = usecases::restore_settings(*permitted, page.use, *version, *restored);
    if (!acted) return show_refused(page, request, acted.error().why == Why::faults ? Why::damaged : acted.error().why);
    return settings_changed(request, *acted);
}

namespace {

// The program's own, in Thai, in which letters are written; it is not stored, so that it can still be mended.
std::string standard_wording(const Site &site, const domain::ProfileField &field) {
    return site.catalogue().text(Language::th, "print." + std::string(field.name.substr(0, domain::wording_prefix.size() - 1)) + "." +
                                                   std::string(field.name.substr(domain::wording_prefix.size())));
}

} // namespace

std::optional<domain::ProfilePart> fields_part(std::string_view part) {
    if (part == "texts") return domain::ProfilePart::texts;
    if (part == "identity") return domain::ProfilePart::identity;
    if (part == "manual") return domain::ProfilePart::manual;
    if (part == "wordings") return domain::ProfilePart::wordings;
    return std::nullopt;
}

bool proposes(std::string_view part) { return fields_part(part).transform(domain::needs_second).value_or(false); }

SettingsForm settings_form_of(const Site &site, std::string_view part, std::uint64_t version) {
    SettingsForm out;
    out.part = part;
    out.version = version;
    for (const domain::ProfileField &field : domain::profile_fields())
        out.typed.emplace(field.name, field.rule == domain::ProfileRule::wording && field.in(site.profile()).empty()
                                          ? standard_wording(site, field)
                                          : field.in(site.profile()));
    for (const domain::StepLimit &limit : site.profile().limits) {
        out.typed["limit_" + limit.event] = std::to_string(limit.number);
        out.typed["limit_unit_" + limit.event] = limit.unit == domain::Unit::calendar_days ? "calendar" : "working";
    }
    Frame thai, english;
    english.language = Language::en;
    for (const auto &[family, list] : {std::pair{"category", &site.profile().categories}, {"channel", &site.profile().channels}}) {
        std::size_t place = 0;
        for (const domain::CodeLabel &entry : *list) {
            const std::string name(family);
            out.typed[name + "_place_" + entry.id] = std::to_string(++place);
            out.typed[name + "_th_" + entry.id] = code_label(site, thai, family, entry.id);
            out.typed[name + "_en_" + entry.id] = code_label(site, english, family, entry.id);
            out.typed[name + "_shown_" + entry.id] = entry.shown ? "yes" : "";
        }
    }
    return out;
}

domain::AgencyProfile profile_typed(const Site &site, SettingsForm &form) {
    domain::AgencyProfile out = site.profile();
    const auto said = [&](const std::string &name) {
        const auto found = form.typed.find(name);
        return found == form.typed.end() ? std::string() : found->second;
    };
    if (const auto part = fields_part(form.part)) {
        for (const domain::ProfileField &field : domain::profile_fields())
            if (field.part == *part) {
                field.of(out) = said(std::string(field.name));
                if (*part == domain::ProfilePart::wordings && domain::clean_text(field.in(out)) == standard_wording(site, field)) field.of(out).clear();
            }
        if (*part == domain::ProfilePart::manual)
            for (domain::StepLimit &limit : out.limits) {
                limit.number = static_cast<int>(std::min<std::uint64_t>(number_from(said("limit_" + limit.event)).value_or(0), 9999));
                limit.unit = said("limit_unit_" + limit.event) == "calendar" ? domain::Unit::calendar_days : domain::Unit::working_days;
            }
        return out;
    }
    const std::string family = form.part == "categories" ? "category" : "channel";
    std::vector<std::pair<std::uint64_t, domain::CodeLabel>> entries;
    for (const domain::CodeLabel &entry : family == "category" ? out.categories : out.channels) {
        const std::string place = family + "_place_" + entry.id;
        const auto number = number_from(said(place));
        if (!number || *number < 1 || *number > 99) form.faults.push_back({place, "fault.settings.place"});
        domain::CodeLabel typed{entry.id, {said(family + "_th_" + entry.id), said(family + "_en_" + entry.id)},
                                entry.id == domain::code_other || !said(family + "_shown_" + entry.id).empty()};
        // The program's own wording is not kept as the agency's: a correction of it reaches the page.
        const std::string key = family == "category" ? "category." + entry.id : "channel." + entry.id;
        if (typed.label.th == site.catalogue().text(Language::th, key)) typed.label.th.clear();
        if (typed.label.en == site.catalogue().text(Language::en, key)) typed.label.en.clear();
        entries.emplace_back(number.value_or(0), std::move(typed));
    }
    std::ranges::stable_sort(entries, {}, [](const auto &entry) { return entry.first; });
    auto &list = family == "category" ? out.categories : out.channels;
    list.clear();
    for (auto &[place, entry] : entries)
        list.push_back(std::move(entry));
    return out;
}

} // namespace pages
