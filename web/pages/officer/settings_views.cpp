#include "web/pages/common/channel.h"
#include "web/pages/common/dates.h"
#include "web/pages/common/document_view.h"
#include "web/pages/common/file_form.h"
#include "web/pages/common/manual.h"
#include "web/pages/officer/settings.h"

#include "service/domain/print_text.h"

#include <algorithm>

namespace pages {

namespace {

const std::string &typed(const SettingsForm &form, std::string_view name) {
    static const std::string nothing;
    const auto found = form.typed.find(name);
    return found == form.typed.end() ? nothing : found->second;
}

// "category_th_bribery" → the entry of the list and what of it; any other field has a label of its own.
std::string setting_label(const Site &site, const Frame &frame, const std::string &field, std::string_view id = {}) {
    if (field.starts_with("limit")) {
        const std::string_view before = field.starts_with("limit_unit_") ? "limit_unit_" : "limit_";
        const std::string event = !id.empty() ? std::string(id) : field.substr(before.size());
        return site.text(frame, "move." + event + ".title");
    }
    for (const std::string base : {"category_place", "category_th", "category_en", "category_shown", "category_order",
                                   "channel_place", "channel_th", "channel_en", "channel_shown", "channel_order"}) {
        if (!field.starts_with(base)) continue;
        const std::string label = site.text(frame, "field." + base + ".label");
        const std::string entry(id.empty() && field.size() > base.size() ? field.substr(base.size() + 1) : std::string(id));
        if (entry.empty()) return label;
        return site.catalogue().text(frame.language, "label.with_text",
                                     {{"LABEL", code_label(site, frame, base.substr(0, base.find('_')), entry)}, {"TEXT", label}});
    }
    if (field.starts_with(domain::wording_prefix)) return site.text(frame, "print." + field.substr(domain::wording_prefix.size()));
    return site.text(frame, "field." + field + ".label");
}

std::string limit_words(const Site &site, const Frame &frame, const std::string &value) { // "3 working_days"
    const auto blank = value.find(' ');
    return site.catalogue().text(frame.language, "settings.limit." + value.substr(blank + 1), {{"NUMBER", value.substr(0, blank)}});
}

bool many_lines(domain::ProfileRule rule) {
    using enum domain::ProfileRule;
    return rule == text || rule == holidays || rule == wording;
}

// "PNG, 34 kB"
std::string emblem_words(const Site &site, const Frame &frame, const domain::Emblem &emblem) {
    const std::string kind = emblem.type == "image/png" ? "PNG" : "JPEG";
    return site.catalogue().text(frame.language, "emblem.facts",
                                 {{"KIND", kind}, {"SIZE", size_text(site, frame, emblem.length)}});
}

std::string setting_value(const Site &site, const Frame &frame, const domain::ProfileChange &change, const std::string &value) {
    if (change.field == "limit") return limit_words(site, frame, value);
    if (change.field.starts_with(domain::wording_prefix) && value.empty()) return site.text(frame, "settings.wording.standard");
    if (change.field == "kind") return site.text(frame, "kind." + value);
    if (const auto emblem = change.field == "emblem" ? domain::emblem_from(value) : std::nullopt)
        return emblem_words(site, frame, *emblem);
    if (change.field.ends_with("_shown")) return site.text(frame, value == "yes" ? "settings.shown" : "settings.hidden");
    if (change.field.ends_with("_order")) {
        std::string out;
        const std::string_view family = change.field.starts_with("category") ? "category" : "channel";
        for (std::size_t at = 0; at < value.size();) {
            const auto end = std::min(value.find(' ', at), value.size());
            out += (out.empty() ? "" : ", ") + code_label(site, frame, family, value.substr(at, end - at));
            at = end + 1;
        }
        return out;
    }
    if (!value.empty()) return value;
    return site.text(frame, change.id.empty() ? "settings.empty" : "settings.standard");
}

std::vector<std::string_view> lines_in(std::string_view text) {
    std::vector<std::string_view> out;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        out.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

// Of a long list only what went or came: nobody finds one day among thirty.
std::string lines_gone(const Site &site, const Frame &frame, const std::string &from, const std::string &other) {
    const auto kept = lines_in(other);
    std::string out;
    for (const std::string_view line : lines_in(from))
        if (std::ranges::find(kept, line) == kept.end()) (out += out.empty() ? "" : "\n") += line;
    return out.empty() ? site.text(frame, "settings.lines.none") : out;
}

void show_changes(View &view, const Site &site, const Frame &frame, std::span<const domain::ProfileChange> changes) {
    view.list("CHANGES");
    if (changes.empty()) return;
    View &list = view.row("CHANGES");
    for (const domain::ProfileChange &change : changes) {
        const bool is_list = change.field == "holidays";
        View &row = list.row("CHANGE");
        row.set("CHANGE_NAME", setting_label(site, frame, change.field, change.id))
            .set("CHANGE_BEFORE", is_list ? lines_gone(site, frame, change.before, change.after)
                                          : setting_value(site, frame, change, change.before))
            .set("CHANGE_AFTER", is_list ? lines_gone(site, frame, change.after, change.before)
                                         : setting_value(site, frame, change, change.after));
        for (const auto &[section, value] : {std::pair{"PICTURE_BEFORE", &change.before}, {"PICTURE_AFTER", &change.after}}) {
            row.list(section);
            if (const auto emblem = change.field == "emblem" ? domain::emblem_from(*value) : std::nullopt)
                row.row(section).set("PICTURE_ID", emblem->id.text());
        }
    }
}

// What may stand in the wording of a print, and what it is filled with.
std::string places_text(const Site &site, const Frame &frame, domain::PrintKind kind) {
    std::string out = site.text(frame, "settings.places");
    for (const std::string_view place : domain::print_places(kind))
        out += " {" + std::string(place) + "} " + site.text(frame, "place." + std::string(place)) + " ·";
    out.resize(out.size() - std::string_view(" ·").size());
    return out;
}

enum class Input { line, text, select, confirm };

View &add_field(View &view, const Site &site, const Frame &frame, const SettingsForm &form, const std::string &name,
                const std::string &label, Input input) {
    const std::string &value = typed(form, name);
    View &row = view.row("FIELD")
                    .set("FIELD_ID", name)
                    .set("FIELD_NAME", name)
                    .set("FIELD_LABEL", label)
                    .set("FIELD_VALUE", value)
                    .show("FIELD_LINE", input == Input::line)
                    .show("FIELD_TEXT", input == Input::text)
                    .show("FIELD_CONFIRM", input == Input::confirm)
                    .show("CONFIRMED", !value.empty())
                    .show("FIELD_SELECT", input == Input::select)
                    .list("FIELD_RADIOS")
                    .list("FIELD_CHECKS")
                    .list("CHOICE")
                    .list("FIELD_HINT")
                    .list("FIELD_FAULTY");
    if (name.starts_with(domain::wording_prefix))
        row.row("FIELD_HINT").set("HINT_TEXT", places_text(site, frame, *domain::print_kind_from(name.substr(domain::wording_prefix.size()))));
    else if (const std::string hint = "field." + name + ".hint"; site.catalogue().has(frame.language, hint))
        row.row("FIELD_HINT").set("HINT_TEXT", site.text(frame, hint));
    for (const domain::Fault &fault : form.faults)
        if (fault.field == name) {
            row.row("FIELD_FAULTY").set("FAULT_TEXT", fault_text(site, frame, fault));
            break;
        }
    return row;
}

void show_text_fields(View &view, const Site &site, const Frame &frame, const SettingsForm &form) {
    for (const domain::ProfileField &field : domain::profile_fields()) {
        if (field.part != fields_part(form.part)) continue;
        const std::string name(field.name);
        const bool choice = field.rule == domain::ProfileRule::kind;
        std::string label = setting_label(site, frame, name);
        if (!field.required) label = site.catalogue().text(frame.language, "case.optional", {{"LABEL", label}});
        View &row = add_field(view, site, frame, form, name, label,
                              choice                                       ? Input::select
                              : many_lines(field.rule)                   ? Input::text
                                                                        : Input::line);
        if (choice)
            for (const std::string_view kind : domain::kind_ids())
                row.row("CHOICE")
                    .set("CHOICE_ID", std::string(kind))
                    .set("CHOICE_NAME", site.text(frame, "kind." + std::string(kind)))
                    .show("CHOSEN", typed(form, "kind") == kind);
    }
}

// The number and what it counts, one beside the other for each step.
void show_limit_fields(View &view, const Site &site, const Frame &frame, const SettingsForm &form) {
    for (const domain::StepLimit &limit : site.profile().limits) {
        View &step = view.row("CODE").set("CODE_NAME", site.text(frame, "move." + limit.event + ".title"));
        add_field(step, site, frame, form, "limit_" + limit.event, site.text(frame, "field.limit.label"), Input::line);
        const std::string unit = "limit_unit_" + limit.event;
        View &row = add_field(step, site, frame, form, unit, site.text(frame, "field.limit_unit.label"), Input::select);
        for (const std::string_view choice : {"working", "calendar"})
            row.row("CHOICE")
                .set("CHOICE_ID", std::string(choice))
                .set("CHOICE_NAME", site.text(frame, "settings.unit." + std::string(choice)))
                .show("CHOSEN", typed(form, unit) == choice);
    }
}

void show_code_fields(View &view, const Site &site, const Frame &frame, const SettingsForm &form) {
    const bool categories = form.part == "categories";
    const std::string family = categories ? "category" : "channel";
    for (const domain::CodeLabel &entry : categories ? site.profile().categories : site.profile().channels) {
        View &code = view.row("CODE").set("CODE_NAME", code_label(site, frame, family, entry.id));
        for (const auto &[what, input] :
             {std::pair{"place", Input::line}, {"th", Input::line}, {"en", Input::line}, {"shown", Input::confirm}}) {
            if (entry.id == domain::code_other && input == Input::confirm) continue; // never switched off
            const std::string base = family + "_" + what;
            add_field(code, site, frame, form, base + "_" + entry.id, site.text(frame, "field." + base + ".label"), input);
        }
    }
}

void show_summary(View &view, const Site &site, const Frame &frame, std::span<const domain::Fault> faults, bool kept = true) {
    view.list("ERRORS");
    if (faults.empty()) return;
    View &summary = view.row("ERRORS").list("ERROR").show("ERRORS_KEPT", kept);
    for (const domain::Fault &fault : faults)
        summary.row("ERROR")
            .set("ERROR_FIELD", fault.field)
            .set("ERROR_TEXT", site.catalogue().text(frame.language, "errors.with_label",
                                                     {{"LABEL", setting_label(site, frame, fault.field)},
                                                      {"TEXT", fault_text(site, frame, fault)}}));
}

std::string confirmers_text(const Site &site, const Frame &frame, std::span<const domain::Person> confirmers) {
    if (confirmers.empty()) return site.text(frame, "settings.confirmers.none");
    std::string names;
    for (const domain::Person &person : confirmers)
        names += (names.empty() ? "" : ", ") + person.name + " (" + post_names(site, frame, person.posts) + ")";
    return site.catalogue().text(frame.language, "settings.confirmers", {{"NAMES", names}});
}

Frame part_frame(Frame frame, const SettingsForm &form, std::string_view step) {
    frame.path = "/settings/" + std::string(form.part);
    frame.title_key = "settings.title." + std::string(form.part);
    frame.faulty = !form.faults.empty() || !form.notice.empty();
    frame.languages = Frame::Languages::form;
    frame.again = {"settings", "step", std::string(step), "preview"};
    return frame;
}

void show_part(View &view, const Site &site, const Frame &frame, const Viewer &viewer, const SettingsForm &form) {
    view.set("PART", std::string(form.part)).set("PART_TITLE", site.text(frame, frame.title_key));
    view.set("FORM_CSRF", viewer.csrf).set("VERSION", std::to_string(form.version));
    view.set("SAVE_BUTTON", site.text(frame, proposes(form.part) ? "settings.propose" : "settings.save"));
}

// What to look at before confirming, and when it counts from: names, figures and the emblem are looked at differently.
void show_checks(View &view, const Site &site, const Frame &frame, std::span<const domain::ProfileChange> changes) {
    using Part = domain::ProfilePart;
    const auto part_of = [](const domain::ProfileChange &change) {
        const auto fields = domain::profile_fields();
        const auto field = std::ranges::find(fields, change.field, &domain::ProfileField::name);
        return field == fields.end() ? Part::manual : field->part; // a limit
    };
    for (const auto &[part, key] : {std::pair{Part::identity, "settings.check.identity"},
                                    {Part::emblem, "settings.check.emblem"},
                                    {Part::manual, "settings.check.manual"}})
        if (std::ranges::any_of(changes, [&](const auto &change) { return part_of(change) == part; }))
            view.row("CHECK").set("CHECK_TEXT", site.text(frame, key));
}

void show_proposal(View &view, const Site &site, const Frame &frame, const usecases::SettingsView &shown, bool may_change) {
    view.list("PROPOSAL");
    if (!shown.proposal) return;
    const usecases::SettingsProposal &proposal = *shown.proposal;
    View &row = view.row("PROPOSAL");
    row.set("PROPOSAL_ID", proposal.id.text());
    row.set("PROPOSAL_WHO", site.catalogue().text(frame.language, "settings.proposal.who",
                                                  {{"NAME", proposal.by},
                                                   {"TIME", long_time(site.catalogue(), frame.language, proposal.time)}}));
    row.show("PROPOSAL_DAMAGED", proposal.damaged).show("PROPOSAL_MINE", proposal.mine);
    row.show("WITHDRAW", may_change).list("CONFIRM");
    if (!proposal.mine && !proposal.damaged) show_checks(row.row("CONFIRM").list("CHECK"), site, frame, proposal.changes);
    show_changes(row, site, frame, proposal.changes);
}

void show_history(View &view, const Site &site, const Frame &frame, const usecases::SettingsView &shown, bool may_change) {
    view.show("UNCHANGED", shown.history.empty()).list("VERSION_ROW");
    for (const usecases::SettingsVersion &version : shown.history) {
        const std::string number = std::to_string(version.version);
        View &row = view.row("VERSION_ROW").set("NUMBER", number);
        row.set("VERSION_TITLE", site.catalogue().text(frame.language, "settings.version.title",
                                                       {{"NUMBER", number},
                                                        {"TIME", long_time(site.catalogue(), frame.language, version.time)}}));
        row.set("VERSION_WHO",
                version.second.empty()
                    ? site.catalogue().text(frame.language, "settings.version.by", {{"NAME", version.by}})
                    : site.catalogue().text(frame.language, "settings.version.two", {{"NAME", version.by}, {"SECOND", version.second}}));
        row.show("VERSION_DAMAGED", version.damaged);
        row.show("RESTORE", may_change && !version.damaged && version.version != shown.current->version);
        show_changes(row, site, frame, version.changes);
    }
}

} // namespace

http::Response render_settings(const Site &site, const Frame &frame, const Viewer &viewer, const usecases::SettingsView &shown,
                               bool may_change, const SettingsSays &says, unsigned status) {
    View view;
    show_notice(view, site, frame, says.notice);
    view.list("DONE");
    if (!says.done.empty()) view.row("DONE").set("DONE_TEXT", site.text(frame, says.done));
    view.show("DAMAGED", shown.damaged).show("PARTS", may_change);
    view.set("FORM_CSRF", viewer.csrf).set("CURRENT_VERSION", std::to_string(shown.current->version));
    show_proposal(view, site, frame, shown, may_change);
    view.list("FACT");
    for (const domain::ProfileField &field : domain::profile_fields()) {
        const domain::ProfileChange now{std::string(field.name), "", "", field.in(shown.current->profile)};
        view.row("FACT")
            .set("FACT_NAME", setting_label(site, frame, now.field))
            .set("FACT_TEXT", setting_value(site, frame, now, now.after));
    }
    show_history(view, site, frame, shown, may_change);
    return officer_page(site, "settings", frame, std::move(view), &viewer, status);
}

http::Response render_settings_form(const Site &site, Frame frame, const Viewer &viewer, const SettingsForm &form,
                                    unsigned status) {
    frame = part_frame(std::move(frame), form, "edit");
    View view;
    show_part(view, site, frame, viewer, form);
    view.set("PART_LEAD", site.text(frame, "settings.lead." + std::string(form.part)));
    show_summary(view, site, frame, form.faults);
    show_notice(view, site, frame, form.notice);
    view.list("FIELD").list("CODE");
    if (fields_part(form.part))
        show_text_fields(view, site, frame, form);
    else
        show_code_fields(view, site, frame, form);
    view.list("CONFIRMERS");
    if (proposes(form.part)) view.row("CONFIRMERS").set("CONFIRMERS_TEXT", confirmers_text(site, frame, form.confirmers));
    if (form.part == "manual") show_limit_fields(view, site, frame, form);
    return officer_page(site, "settings-form", frame, std::move(view), &viewer, status);
}

http::Response render_emblem(const Site &site, Frame frame, const Viewer &viewer, const EmblemForm &form, unsigned status) {
    frame.path = "/settings/emblem"; // switching language opens the form anew: a chosen file does not come back
    frame.title_key = "settings.title.emblem";
    frame.faulty = !form.faults.empty() || !form.notice.empty();
    View view;
    view.set("FORM_CSRF", viewer.csrf).set("VERSION", std::to_string(form.version));
    view.set("CONFIRMERS_TEXT", confirmers_text(site, frame, form.confirmers));
    show_summary(view, site, frame, form.faults, false);
    show_notice(view, site, frame, form.notice);
    view.list("EMBLEM_FAULT").show("EMBLEM_FAULTY", !form.faults.empty());
    if (!form.faults.empty()) view.row("EMBLEM_FAULT").set("FAULT_TEXT", fault_text(site, frame, form.faults.front()));
    const auto emblem = domain::emblem_from(site.profile().emblem);
    const bool shown = site.files().has("emblem");
    view.show("EMBLEM_NONE", !emblem).show("EMBLEM_LOST", emblem && !shown).show("EMBLEM_REMOVE", emblem.has_value()).list("EMBLEM_NOW");
    if (emblem && shown)
        view.row("EMBLEM_NOW")
            .set("PICTURE_URL", site.files().url("emblem"))
            .set("PICTURE_WORDS", emblem_words(site, frame, *emblem));
    return officer_page(site, "settings-emblem", frame, std::move(view), &viewer, status);
}

http::Response render_settings_preview(const Site &site, Frame frame, const Viewer &viewer, const SettingsForm &form,
                                       const domain::AgencyProfile &draft, const domain::ManualVersions &drafted, base::Day today) {
    frame = part_frame(std::move(frame), form, "preview");
    View view;
    show_part(view, site, frame, viewer, form);
    const auto changes = domain::differences(site.profile(), draft);
    view.show("SAME", changes.empty());
    show_changes(view, site, frame, changes);
    view.list("HIDDEN");
    for (const auto &[name, value] : form.typed)
        view.row("HIDDEN").set("HIDDEN_NAME", name).set("HIDDEN_VALUE", value);
    view.list("PREVIEW_MANUAL").list("PREVIEW_SITE");
    if (form.part == "manual") {
        const domain::ManualVersion &version = drafted.all().back(); // what it comes to, in its number and from its day
        View &manual = view.row("PREVIEW_MANUAL").set("YEAR", std::to_string(manual_year(version, today)));
        show_document(manual, manual_document(site, frame, version, today, on_page("")));
        return officer_page(site, "settings-preview", frame, std::move(view), &viewer);
    }
    if (form.part == "wordings") return officer_page(site, "settings-preview", frame, std::move(view), &viewer); // no page shows them
    const Site dressed = site.with(draft);
    View &shown = view.row("PREVIEW_SITE");
    shown.set("PREVIEW_COLOUR", draft.colour).set("PREVIEW_AGENCY", in(draft.name, frame.language));
    show_channel(shown, site, draft, frame, false);
    shown.set("PREVIEW_GENERAL", in(draft.general_channel, frame.language));
    shown.set("PREVIEW_GENERAL_URL", draft.general_channel_url);
    shown.list("PREVIEW_CATEGORY").list("PREVIEW_CHANNEL");
    for (const domain::CodeLabel &entry : draft.categories)
        if (entry.shown)
            shown.row("PREVIEW_CATEGORY").set("CATEGORY_NAME", code_label(dressed, frame, "category", entry.id));
    for (const domain::CodeLabel &entry : draft.channels)
        if (entry.shown) shown.row("PREVIEW_CHANNEL").set("CHANNEL_NAME", code_label(dressed, frame, "channel", entry.id));
    return officer_page(site, "settings-preview", frame, std::move(view), &viewer);
}

} // namespace pages
