#include "web/pages/common/filing_form.h"

#include <algorithm>

namespace pages {

bool said_no(std::string_view value) { return value == "no" || value == "false" || value == "0" || value == "off"; }
bool said_yes(std::string_view value) { return !value.empty() && !said_no(value); }

domain::FilingForm filing_form(const http::Form &form) {
    domain::FilingForm typed;
    const auto take = [&](std::string &to, std::string_view name) { to = form.get(name); };
    take(typed.category, "category");
    take(typed.subject_name, "subject_name");
    take(typed.subject_position, "subject_position");
    take(typed.subject_unit, "subject_unit");
    take(typed.when, "when");
    take(typed.where, "where");
    take(typed.facts, "facts");
    take(typed.witnesses, "witnesses");
    take(typed.elsewhere, "elsewhere");
    take(typed.wish, "wish");
    take(typed.name, "name");
    take(typed.address, "address");
    take(typed.phone, "phone");
    take(typed.email, "email");
    typed.subject_unknown = said_yes(form.get("subject_unknown"));
    typed.anonymous = !said_no(form.get("anonymous"));
    typed.conceal = !said_no(form.get("conceal"));
    typed.acknowledge = said_yes(form.get("acknowledge"));
    for (const auto id : form.all("excluded"))
        if (!id.empty() && std::ranges::find(typed.excluded, id) == typed.excluded.end())
            typed.excluded.emplace_back(id);
    return typed;
}

void show_filing(View &view, const domain::FilingForm &typed) {
    view.set("SUBJECT_NAME", typed.subject_name).set("SUBJECT_POSITION", typed.subject_position);
    view.set("SUBJECT_UNIT", typed.subject_unit).show("SUBJECT_UNKNOWN", typed.subject_unknown);
    view.set("FACTS", typed.facts).set("WHEN", typed.when).set("WHERE", typed.where).set("WITNESSES", typed.witnesses);
    view.set("ELSEWHERE", typed.elsewhere).set("WISH", typed.wish);
    view.set("NAME", typed.name).set("ADDRESS", typed.address).set("PHONE", typed.phone).set("EMAIL", typed.email);
    view.show("ANONYMOUS", typed.anonymous).show("NAMED", !typed.anonymous);
    view.show("CONCEAL", typed.conceal).show("REVEAL", !typed.conceal);
}

bool is_ticked(const domain::FilingForm &typed, base::OfficerId officer) {
    return std::ranges::find(typed.excluded, officer.text()) != typed.excluded.end();
}

void show_involved(View &view, const Site &site, const Frame &frame, std::span<const domain::Holder> line, const domain::FilingForm &typed) {
    view.list("HOLDER").list("KEPT_EXCLUDED");
    if (line.empty())
        for (const auto &id : typed.excluded)
            view.row("KEPT_EXCLUDED").set("KEPT_ID", id);
    for (const domain::Person &person : domain::people(line))
        view.row("HOLDER")
            .set("HOLDER_ID", person.officer.text())
            .set("HOLDER_NAME", person.name)
            .set("HOLDER_POST", post_names(site, frame, person.posts))
            .show("HOLDER_CHECKED", is_ticked(typed, person.officer));
}

} // namespace pages
