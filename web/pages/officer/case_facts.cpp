#include "web/pages/officer/case_facts.h"

#include "service/domain/typed_day.h"
#include "web/pages/common/dates.h"

#include <algorithm>

namespace pages {

namespace {

void add(std::vector<Fact> &facts, std::string name, std::string text) {
    if (!text.empty()) facts.push_back({std::move(name), std::move(text)});
}

bool is_copy_of(std::string_view name, const domain::FieldRule &rule) {
    if (rule.type != domain::FieldType::per_allegation || !name.starts_with(rule.name)) return false;
    const auto rest = name.substr(rule.name.size());
    return rest.size() >= 2 && rest.size() <= 3 && rest[0] == '_' &&
           rest.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

// The notice of a move stands in the history once: as the message to the reporter that follows the move.
bool follows_as_reply(const std::vector<usecases::HistoryEntry> &history, std::size_t at,
                      const usecases::FieldValue &value) {
    return value.name == "notice" && at + 1 < history.size() && history[at + 1].event == "reply" &&
           history[at + 1].text.starts_with(value.value);
}

std::string with_post(const Site &site, const Frame &frame, const std::string &name, const std::string &post) {
    return site.catalogue().text(frame.language, "case.history_who", {{"NAME", name}, {"POST", post}});
}

// Who entered, who signed and when: what the confirmation of a paper order rests on. Who confirmed stands above it.
void add_paper(std::vector<Fact> &facts, const Site &site, const Frame &frame, const usecases::PaperOrder &paper) {
    add(facts, site.text(frame, "field.order_number.label"), paper.number);
    add(facts, site.text(frame, "field.order_date.label"), long_date(site.catalogue(), frame.language, paper.date));
    add(facts, site.text(frame, "field.signer.label"), with_post(site, frame, paper.signer.name, acted_name(site, frame, paper.signer.as)));
    add(facts, site.text(frame, "paper.entered_by"), paper.entered_by);
}

} // namespace

const domain::Transition *transition_of(std::string_view event) {
    for (const domain::Transition &transition : domain::transitions())
        if (transition.event == event) return &transition;
    return nullptr;
}

const domain::FieldRule *rule_of(const domain::Transition *transition, std::string_view field) {
    if (transition)
        for (const domain::FieldRule &rule : transition->fields)
            if (rule.name == field || is_copy_of(field, rule)) return &rule;
    return nullptr;
}

std::string value_text(const Site &site, const Frame &frame, const domain::FieldRule *rule, const usecases::FieldValue &value,
                       std::span<const usecases::Signer> signers) {
    if (!rule || value.value.empty()) return value.value;
    if (rule->type == domain::FieldType::date)
        if (const auto day = domain::typed_day(value.value)) return long_date(site.catalogue(), frame.language, *day);
    if (rule->type == domain::FieldType::signer) {
        const auto known = std::ranges::find_if(
            signers, [&](const usecases::Signer &signer) { return signer.as.appointment.text() == value.value; });
        return known == signers.end() ? std::string() : signer_name(site, frame, *known);
    }
    if (rule->type == domain::FieldType::confirm) return site.text(frame, "choice.confirmed");
    if (std::ranges::find(rule->choices, value.value) != rule->choices.end())
        return choice_name(site, frame, rule->name, value.value);
    return value.value;
}

std::string secrecy_name(const Site &site, const Frame &frame, const std::string &registered) {
    return site.text(frame, "secrecy." + (registered.empty() ? "confidential" : registered));
}

std::string case_title(const Site &site, const Frame &frame, const std::optional<ports::RegisterNumber> &number) {
    if (!number) return site.text(frame, "case.title_unregistered");
    return site.catalogue().text(frame.language, "case.title", {{"NUMBER", register_number(site, frame, *number)}});
}

std::vector<Fact> matter_facts(const Site &site, const Frame &frame, const domain::Complaint &complaint) {
    std::vector<Fact> out;
    const auto row = [&](std::string_view key, std::string text) { add(out, site.text(frame, key), std::move(text)); };
    row("case.reporter_category", complaint.category.empty() ? "" : category_name(site, frame, complaint.category));
    row("case.subject", complaint.subject_unknown ? site.text(frame, "case.unknown") : complaint.subject_name);
    row("case.subject_position", complaint.subject_position);
    row("case.subject_unit", complaint.subject_unit);
    row("case.facts", complaint.facts);
    row("case.when", complaint.when);
    row("case.where", complaint.where);
    row("case.witnesses", complaint.witnesses);
    row("case.elsewhere", complaint.elsewhere);
    row("case.wish", complaint.wish);
    return out;
}

std::vector<Fact> complaint_facts(const Site &site, const Frame &frame, const domain::Complaint &complaint) {
    std::vector<Fact> out = matter_facts(site, frame, complaint);
    const auto row = [&](std::string_view key, std::string text) { add(out, site.text(frame, key), std::move(text)); };
    row("case.reporter", site.text(frame, complaint.anonymous ? "case.reporter_anonymous" : "case.reporter_named"));
    if (!complaint.anonymous)
        row("case.conceal", site.text(frame, complaint.conceal ? "case.conceal_yes" : "case.conceal_no"));
    return out;
}

Told history_entry(const Site &site, const Frame &frame, const usecases::CaseView &shown, std::size_t at) {
    const auto &catalogue = site.catalogue();
    const usecases::HistoryEntry &entry = shown.history[at];
    const auto *transition = transition_of(entry.event);
    Told out;
    out.when = entry.time ? long_time(catalogue, frame.language, *entry.time) : long_date(catalogue, frame.language, entry.day);
    out.who = entry.who.empty() ? site.text(frame, "case.the_reporter") : with_post(site, frame, entry.who, acted_names(site, frame, entry.as));
    out.title = site.text(frame, entry.refiled ? "history.refiled" : "done." + entry.event);
    out.text = entry.files > 1 ? catalogue.text(frame.language, "history.files", {{"COUNT", std::to_string(entry.files)}}) : entry.text;
    if (entry.refiled) out.facts = complaint_facts(site, frame, *entry.refiled);
    if (entry.fields.empty()) return out;
    const bool confirms = transition && transition->takes_effect; // a paper, where one stands in the entry
    if (entry.paper && confirms) add_paper(out.facts, site, frame, *entry.paper);
    std::vector<usecases::Signer> signers;
    if (entry.paper) signers.push_back(entry.paper->signer);
    for (const usecases::FieldValue &value : entry.fields)
        if (!follows_as_reply(shown.history, at, value))
            add(out.facts, field_label(site, frame, value.name, shown.allegations),
                value_text(site, frame, rule_of(transition, value.name), value, signers));
    return out;
}

} // namespace pages
