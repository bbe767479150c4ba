#include "web/pages/common/dates.h"
#include "web/pages/common/manual.h"
#include "web/pages/officer/case.h"
#include "web/pages/officer/case_facts.h"
#include "web/pages/officer/files.h"
#include "web/pages/officer/identity.h"
#include "web/pages/officer/queue.h"

#include <algorithm>
#include <array>

namespace pages {

namespace {

void show_summary(View &view, const Site &site, const Frame &frame, const usecases::QueueRow &row) {
    const auto &catalogue = site.catalogue();
    view.set("CASE_TITLE", case_title(site, frame, row.number));
    const std::string state = state_name(site, frame, row.state);
    view.set("CASE_STATE", row.uncounted ? state + " – " + site.text(frame, "outcome." + std::string(domain::id(*row.uncounted)))
                                         : state);
    view.set("CASE_SINCE", catalogue.text(frame.language, "case.state_since",
                                          {{"DATE", long_date(catalogue, frame.language, row.state_since)}}));
    view.set("CASE_RECEIVED", long_date(catalogue, frame.language, row.received));
    show_due(view, site, frame, row);
    view.set("MANUAL_ADDRESS", manual_address(row.manual)).set("MANUAL_NAME", manual_number(site, frame, row.manual));
    show_turn(view, site, frame, row);
    view.show("CASE_OPEN", !domain::is_finished(row.state));
    view.set("CASE_CATEGORY", category_name(site, frame, row.category));
}

// What was typed into a form that the case no longer offers.
void show_unsent(View &view, const Site &site, const Frame &frame, const usecases::CaseView &shown,
                 const CaseForm &form) {
    view.list("UNSENT");
    const bool offered =
        std::ranges::any_of(shown.moves, [&](const auto &move) { return move.transition->event == form.event; });
    const bool kept = (form.event == "reply" && shown.may_reply) || ((form.event == "files" || form.event == "title") && shown.may_attach);
    if (form.values.empty() || offered || kept) return;
    View &unsent = view.row("UNSENT").set("UNSENT_ID", "form-" + form.event).list("UNSENT_ROW");
    const auto *transition = transition_of(form.event);
    for (const auto &[name, value] : form.values) {
        const auto *rule = rule_of(transition, name);
        if (value.empty() || (!rule && name != "message") || (rule && rule->type == domain::FieldType::officers)) continue;
        unsent.row("UNSENT_ROW")
            .set("UNSENT_NAME",
                 rule ? field_label(site, frame, name, shown.allegations) : site.text(frame, "field.reply_text.label"))
            .set("UNSENT_TEXT", value_text(site, frame, rule, {name, value}, shown.signers));
    }
}

void show_moves(View &view, const Site &site, const Frame &frame, const Viewer &viewer, const usecases::CaseView &shown,
                const CaseForm &form) {
    view.show("MOVES", !shown.moves.empty()).list("MOVE").list("OTHER_MOVES").list("NO_MOVES");
    // What the case waits for stands open; of the rest only the names, each with its form behind it.
    const auto awaited = std::ranges::find_if(shown.moves, [](const auto &move) { return !move.transition->optional; });
    if (awaited == shown.moves.end())
        view.row("NO_MOVES")
            .set("NO_MOVES_TEXT",
                 site.text(frame, domain::is_finished(shown.row.state) ? "case.closed" : "case.no_moves"));
    View *others = nullptr;
    for (const usecases::OfferedMove &move : shown.moves) {
        const std::string event(move.transition->event), key = "move." + event;
        const bool first = awaited != shown.moves.end() && &move == &*awaited;
        if (!first && !others) others = &view.row("OTHER_MOVES").list("OTHER_MOVE");
        View &row = (first ? view.row("MOVE") : others->row("OTHER_MOVE").show("MOVE_OPEN", form.event == event))
                        .set("MOVE_EVENT", event)
                        .set("MOVE_TITLE", site.text(frame, key + ".title"))
                        .set("MOVE_HINT", site.text(frame, key + ".hint"))
                        .set("MOVE_BUTTON", site.text(frame, key + ".button"))
                        .set("CASE_VERSION", std::to_string(shown.version))
                        .set("CASE_SEEN", std::to_string(shown.follow_ups))
                        .show("MOVE_OPTIONAL", move.transition->optional)
                        .list("MOVE_NOTICE")
                        .set("FORM_CSRF", viewer.csrf);
        if (const auto notice = standard_notice(site, event); !notice.empty())
            row.row("MOVE_NOTICE").set("NOTICE_TO_REPORTER", notice);
        show_scans(row, site, frame, shown, move.transition->takes_effect && domain::on_paper(*move.transition));
        show_move_fields(row, site, frame, move, form);
    }
}

void show_reply(View &view, const Site &site, const Frame &frame, const Viewer &viewer, const usecases::CaseView &shown,
                const CaseForm &form) {
    view.list("REPLY");
    if (!shown.may_reply) return;
    std::string text;
    if (form.event == "reply")
        if (const auto typed = form.values.find("message"); typed != form.values.end()) text = typed->second;
    View &reply = view.row("REPLY")
                      .set("ONCE", usecases::new_reply_id())
                      .set("FORM_CSRF", viewer.csrf)
                      .set("REPLY_TEXT", text)
                      .list("REPLY_SWITCH");
    if (frame.again.form == "form-reply") return;
    const Language other = frame.language == Language::th ? Language::en : Language::th;
    reply.row("REPLY_SWITCH")
        .set("SWITCH_URL", "/cases/" + shown.row.id.text() + "/reply?lang=" + std::string(http::code(other)))
        .set("SWITCH_TEXT", site.catalogue().text(other, "case.reply.switch"));
}

// What the officers call the case, and the form that changes it: behind its name, unless something is wrong with what was typed.
void show_naming(View &view, const Site &site, const Frame &frame, const Viewer &viewer, const usecases::CaseView &shown,
                 const CaseForm &form) {
    view.list("NAMED").list("NAMING");
    if (!shown.row.title.empty()) view.row("NAMED").set("CASE_NAME", shown.row.title);
    if (!shown.may_attach) return;
    std::string title = shown.row.title;
    if (form.event == "title")
        if (const auto typed = form.values.find("short_title"); typed != form.values.end()) title = typed->second;
    view.row("NAMING")
        .set("FORM_CSRF", viewer.csrf)
        .set("TITLES", std::to_string(shown.titles))
        .set("SHORT_TITLE", title)
        .set("NAMING_TITLE", site.text(frame, shown.row.title.empty() ? "case.naming.first" : "case.naming.change"))
        .show("NAMING_OPEN", form.event == "title");
}

// The language switch sends the form that was typed into, else the first one, so that a draft is not lost. A reply
// beside a move has a switch of its own: a button sends one form only.
void set_switch(Frame &frame, const usecases::CaseView &shown, const CaseForm &form) {
    frame.path = "/cases/" + shown.row.id.text();
    const bool offered =
        form.event == "reply"   ? shown.may_reply
        : form.event == "files" || form.event == "title" ? shown.may_attach
                                : std::ranges::any_of(shown.moves, [&](const auto &move) { return move.transition->event == form.event; });
    if (!form.values.empty() && !offered) { // there is no form left to send again
        frame.languages = Frame::Languages::none;
    } else if (!shown.moves.empty() || shown.may_reply) {
        const std::string event = !form.values.empty()  ? form.event
                                  : shown.moves.empty() ? "reply"
                                                        : std::string(shown.moves.front().transition->event);
        frame.languages = Frame::Languages::form;
        frame.again = {"form-" + event, "step", "show", "do"};
        frame.path += "/" + event;
    }
}

bool is_chosen(const domain::FieldRule &rule) {
    return !rule.choices.empty() || rule.type == domain::FieldType::signer || rule.type == domain::FieldType::officers;
}

// An empty choice is chosen, not filled in.
CaseForm worded(CaseForm form) {
    const auto *transition = transition_of(form.event);
    for (auto &fault : form.faults)
        if (const auto *rule = rule_of(transition, fault.field);
            rule && is_chosen(*rule) && fault.key == "fault.field.missing")
            fault.key = "fault.field.unchosen";
    return form;
}

// Ids of the fields as show_move_fields() and the reply form make them.
std::vector<domain::Fault> with_ids(const CaseForm &form, std::vector<std::string> &ids) {
    std::vector<domain::Fault> faults = form.faults;
    for (auto &one : faults) {
        if (form.event == "reply") {
            one.field = "reply_text";
            ids.push_back("message");
        } else if (form.event == "files") {
            ids.push_back("attach-" + one.field);
        } else if (form.event == "title") {
            ids.push_back("short_title");
        } else if (one.key == "fault.paper.no_scan") {
            ids.push_back("scans"); // the field is not offered
        } else {
            ids.push_back(form.event + "-" + one.field);
        }
    }
    return faults;
}

} // namespace

namespace {

void show_facts(View &view, const std::vector<Fact> &facts) {
    view.list("FACT");
    for (const Fact &fact : facts)
        view.row("FACT").set("FACT_NAME", fact.name).set("FACT_TEXT", fact.text);
}

} // namespace

void show_complaint(View &view, const Site &site, const Frame &frame, const domain::Complaint &complaint) {
    show_facts(view, complaint_facts(site, frame, complaint));
}

void show_history(View &view, const Site &site, const Frame &frame, const usecases::CaseView &shown) {
    view.list("ENTRY");
    for (std::size_t at = 0; at < shown.history.size(); ++at) {
        const Told told = history_entry(site, frame, shown, at);
        View &row = view.row("ENTRY").show("ENTRY_THEIRS", shown.history[at].who.empty());
        row.set("ENTRY_WHEN", told.when).set("ENTRY_WHO", told.who).set("ENTRY_TITLE", told.title).list("ENTRY_TEXT").list("ENTRY_FACTS");
        if (!told.text.empty()) row.row("ENTRY_TEXT").set("TEXT", told.text);
        if (!told.facts.empty()) show_facts(row.row("ENTRY_FACTS"), told.facts);
    }
}

http::Response render_case(const Site &site, Frame frame, const Viewer &viewer, const usecases::CaseView &shown,
                           const CaseForm &sent, unsigned status) {
    const CaseForm form = worded(sent);
    frame.faulty = !form.faults.empty() || !form.notice.empty();
    set_switch(frame, shown, form);
    View view;
    std::vector<std::string> ids;
    const auto faults = with_ids(form, ids);
    std::vector<FaultTarget> targets;
    for (std::size_t i = 0; i < faults.size(); ++i)
        targets.push_back({faults[i].field, ids[i]});
    constexpr std::array<std::string_view, 4> fields = {"reply_text", "purpose", "files", "short_title"};
    show_faults(view, site, frame, faults, fields, targets, form.event != "files");
    show_file_results(view, site, frame, form.files);
    show_notice(view, site, frame, form.notice);
    view.list("DONE");
    if (!form.done.empty()) view.row("DONE").set("DONE_TEXT", form.done);
    view.set("CASE_ID", shown.row.id.text());
    show_summary(view, site, frame, shown.row);
    view.set("SECRECY", secrecy_name(site, frame, shown.secrecy));
    view.list("IDENTITY").show("CONFLICT", shown.may_attach).show("PRINTS", shown.may_attach);
    if (shown.identity) view.row("IDENTITY").set("IDENTITY_TEXT", standing_text(site, frame, *shown.identity));
    show_unsent(view, site, frame, shown, form);
    show_complaint(view, site, frame, shown.complaint);
    std::string excluded;
    for (const std::string &name : shown.excluded_names)
        excluded += (excluded.empty() ? "" : ", ") + name;
    if (!excluded.empty()) view.row("FACT").set("FACT_NAME", site.text(frame, "case.excluded")).set("FACT_TEXT", excluded);
    view.list("ALLEGATIONS");
    if (!shown.allegations.empty()) {
        View &list = view.row("ALLEGATIONS").list("ALLEGATION");
        for (const std::string &allegation : shown.allegations)
            list.row("ALLEGATION").set("ALLEGATION_TEXT", allegation);
    }
    show_files(view, site, frame, shown);
    show_history(view, site, frame, shown);
    show_moves(view, site, frame, viewer, shown, form);
    show_reply(view, site, frame, viewer, shown, form);
    show_attach(view, site, frame, viewer, shown, form);
    show_naming(view, site, frame, viewer, shown, form);
    return officer_page(site, "case", frame, std::move(view), &viewer, status);
}

http::Response render_tampered(const Site &site, const Frame &frame, const Viewer &viewer) {
    Frame shown = frame;
    shown.title_key = "page.tampered.title";
    shown.path = "/queue";
    return officer_page(site, "tampered", shown, View(), &viewer, 500);
}

} // namespace pages
