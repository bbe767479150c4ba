#include "web/pages/officer/case.h"

#include <algorithm>

namespace pages {

namespace {

constexpr std::size_t most_radios = 4; // more choices than this stand in a list

struct Place {
    const domain::FieldRule &rule;
    std::string name, label, value;
};

bool is_choice(const domain::FieldRule &rule) {
    return rule.type == domain::FieldType::signer || !rule.choices.empty();
}

bool as_radios(const domain::FieldRule &rule) {
    return rule.type != domain::FieldType::signer && rule.choices.size() <= most_radios;
}

// A box for each officer; the first keeps the field's own id, as radios do.
void show_officers(View &row, const Site &site, const Frame &frame, const Place &place,
                   std::span<const domain::Person> people) {
    const domain::MoveValues chosen{{{place.name, place.value}}};
    const auto officers = chosen.officers(place.name);
    std::size_t number = 0;
    for (const domain::Person &person : people)
        row.row("CHOICE")
            .set("CHOICE_ID", person.officer.text())
            .set("CHOICE_NAME", site.catalogue().text(frame.language, "case.history_who",
                                                      {{"NAME", person.name}, {"POST", post_names(site, frame, person.posts)}}))
            .set("CHOICE_SUFFIX", ++number == 1 ? "" : "-" + std::to_string(number))
            .show("CHOSEN", std::ranges::find(officers, person.officer) != officers.end());
}

void show_signers(View &row, const Site &site, const Frame &frame, const Place &place,
                  std::span<const usecases::Signer> signers) {
    for (const usecases::Signer &signer : signers) {
        const std::string id = signer.as.appointment.text();
        row.row("CHOICE")
            .set("CHOICE_ID", id)
            .set("CHOICE_NAME", signer_name(site, frame, signer))
            .show("CHOSEN", place.value == id);
    }
}

// A category or a channel that the agency has switched off is not offered any more; where it was chosen before, it stays.
bool is_offered(const Site &site, const Place &place, std::string_view choice) {
    if ((place.rule.name != "category" && place.rule.name != "channel") || place.value == choice) return true;
    const auto &list = place.rule.name == "category" ? site.profile().categories : site.profile().channels;
    const auto found = std::ranges::find(list, choice, &domain::CodeLabel::id);
    return found == list.end() || found->shown;
}

void show_choices(View &row, const Site &site, const Frame &frame, const Place &place) {
    std::size_t number = 0;
    for (const std::string_view choice : place.rule.choices) {
        if (!is_offered(site, place, choice)) continue;
        View &row_of_choice = row.row("CHOICE");
        row_of_choice.set("CHOICE_ID", std::string(choice))
            .set("CHOICE_NAME", choice_name(site, frame, place.rule.name, choice))
            .show("CHOSEN", place.value == choice);
        // The first radio keeps the field's own id: the error summary leads to it.
        ++number;
        if (as_radios(place.rule)) row_of_choice.set("CHOICE_SUFFIX", number == 1 ? "" : "-" + std::to_string(number));
    }
}

void show_field(View &view, const Site &site, const Frame &frame, const usecases::OfferedMove &move,
                const Place &place, const CaseForm &form) {
    using domain::FieldType;
    const std::string_view event = move.transition->event;
    const domain::FieldRule &rule = place.rule;
    const bool signer = rule.type == FieldType::signer;
    const bool choice = is_choice(rule), worded = rule.type == FieldType::per_allegation && !choice;
    View &row = view.row("FIELD");
    row.set("FIELD_ID", std::string(event) + "-" + place.name);
    row.set("FIELD_NAME", place.name);
    row.set("FIELD_LABEL", rule.required
                               ? place.label
                               : site.catalogue().text(frame.language, "case.optional", {{"LABEL", place.label}}));
    row.set("FIELD_VALUE", place.value);
    row.show("FIELD_LINE", rule.type == FieldType::line || rule.type == FieldType::date ||
                               rule.type == FieldType::case_number);
    row.show("FIELD_TEXT", rule.type == FieldType::text || rule.type == FieldType::lines || worded);
    row.show("FIELD_CONFIRM", rule.type == FieldType::confirm).show("CONFIRMED", place.value == "yes");
    row.show("FIELD_SELECT", choice && !as_radios(rule));
    row.show("FIELD_RADIOS", choice && as_radios(rule)).show("FIELD_CHECKS", rule.type == FieldType::officers);
    row.list("CHOICE").list("FIELD_HINT").list("FIELD_FAULTY");
    if (signer)
        show_signers(row, site, frame, place, move.signers);
    else if (rule.type == FieldType::officers)
        show_officers(row, site, frame, place, move.nameable);
    else
        show_choices(row, site, frame, place);
    const std::string hint = "field." + std::string(rule.name) + ".hint";
    if (rule.type == FieldType::lines)
        row.row("FIELD_HINT").set("HINT_TEXT", site.text(frame, "case.lines_hint"));
    else if (site.catalogue().has(frame.language, hint))
        row.row("FIELD_HINT").set("HINT_TEXT", site.text(frame, hint));
    if (form.event != event) return;
    for (const domain::Fault &fault : form.faults)
        if (fault.field == place.name) {
            row.row("FIELD_FAULTY").set("FAULT_TEXT", fault_text(site, frame, fault));
            return;
        }
}

} // namespace

void show_move_fields(View &view, const Site &site, const Frame &frame, const usecases::OfferedMove &move,
                      const CaseForm &form) {
    const domain::Transition &transition = *move.transition;
    view.list("FIELD");
    const bool typed = form.event == transition.event && !form.values.empty();
    for (const domain::FieldRule &rule : transition.fields) {
        for (const std::string &name : domain::field_names(rule, move.allegations.size())) {
            const auto value = form.values.find(name);
            Place place{rule, name, field_label(site, frame, name, move.allegations), ""};
            if (typed)
                place.value = value == form.values.end() ? "" : value->second;
            else
                place.value = rule.type == domain::FieldType::text && !rule.preset.empty() ? in_both(site, rule.preset)
                                                                                           : std::string(rule.preset);
            show_field(view, site, frame, move, place, form);
        }
    }
}

} // namespace pages
