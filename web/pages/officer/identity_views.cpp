#include "web/pages/common/dates.h"
#include "web/pages/officer/case_facts.h"
#include "web/pages/officer/identity.h"

#include <array>

namespace pages {

namespace {

using Step = usecases::IdentityStanding::Step;

constexpr std::array<std::string_view, 2> decisions = {"grant", "refuse"};

void fact(View &view, std::string name, std::string text) {
    if (!text.empty()) view.row("FACT").set("FACT_NAME", std::move(name)).set("FACT_TEXT", std::move(text));
}

void show_head(View &view, const Site &site, const Frame &frame, const usecases::IdentityOfCase &shown) {
    view.set("SECRECY", secrecy_name(site, frame, shown.secrecy));
    view.set("CASE_ID", shown.id.text());
    view.set("CASE_TITLE", case_title(site, frame, shown.number));
    view.set("STANDING", standing_text(site, frame, shown.standing)).show("ASKED", shown.standing.step != Step::none);
    view.list("DECIDED").list("FACT");
    if (shown.standing.by.empty()) return;
    view.row("DECIDED");
    fact(view, site.text(frame, "identity.by"), shown.standing.by);
    fact(view, site.text(frame, "identity.when"), long_time(site.catalogue(), frame.language, shown.standing.time));
    fact(view, site.text(frame, "identity.decision.reason"), shown.standing.reason);
}

struct Field {
    std::string id, name, label, value;
};
View &field(View &card, const Site &site, const Frame &frame, const Field &asked, const IdentityForm *typed) {
    View &row = card.row("FIELD");
    row.set("FIELD_ID", asked.id).set("FIELD_NAME", asked.name).set("FIELD_LABEL", asked.label).set("FIELD_VALUE", asked.value);
    for (const char *none : {"FIELD_LINE", "FIELD_CONFIRM", "CONFIRMED", "FIELD_SELECT", "FIELD_CHECKS"})
        row.show(none, false);
    row.list("CHOICE").list("FIELD_HINT").list("FIELD_FAULTY");
    if (typed)
        for (const domain::Fault &fault : typed->faults)
            if (fault.field == asked.name) row.row("FIELD_FAULTY").set("FAULT_TEXT", fault_text(site, frame, fault));
    return row;
}

void show_waiting_one(View &view, const Site &site, const Frame &frame, const Viewer &viewer,
                      const usecases::WaitingIdentity &waiting, const IdentityForm &form) {
    const auto &catalogue = site.catalogue();
    const std::string id = waiting.request.text();
    const IdentityForm *typed = form.request == id ? &form : nullptr;
    View &card = view.row("REQUEST");
    card.set("REQUEST_ID", id).set("FORM_CSRF", viewer.csrf).list("FACT").list("FIELD");
    card.set("REQUEST_TITLE", case_title(site, frame, waiting.number));
    fact(card, site.text(frame, "identity.asked_by"), waiting.by);
    fact(card, site.text(frame, "identity.asked_post"), post_names(site, frame, waiting.posts));
    fact(card, site.text(frame, "identity.when"), long_time(catalogue, frame.language, waiting.time));
    fact(card, site.text(frame, "identity.asked_reason"), waiting.reason);
    View &choice = field(card, site, frame, {id + "-decision", "decision", site.text(frame, "field.decision.label"), ""}, typed);
    choice.show("FIELD_TEXT", false).show("FIELD_RADIOS", true);
    for (const std::string_view decision : decisions)
        choice.row("CHOICE")
            .set("CHOICE_ID", std::string(decision))
            .set("CHOICE_NAME", site.text(frame, "identity.choice." + std::string(decision)))
            .set("CHOICE_SUFFIX", decision == decisions.front() ? "" : "-2")
            .show("CHOSEN", typed && typed->decision == decision);
    field(card, site, frame, {id + "-reason", "reason", site.text(frame, "identity.decision.reason"), typed ? typed->reason : ""}, typed)
        .show("FIELD_TEXT", true)
        .show("FIELD_RADIOS", false);
}

} // namespace

std::string standing_text(const Site &site, const Frame &frame, const usecases::IdentityStanding &standing) {
    const auto &catalogue = site.catalogue();
    const auto dated = [&](std::string_view key, base::Day day) {
        return catalogue.text(frame.language, key, {{"DATE", long_date(catalogue, frame.language, day)}});
    };
    switch (standing.step) {
    case Step::none: return {};
    case Step::asked: return dated("identity.step.asked", standing.asked);
    case Step::refused: return dated("identity.step.refused", standing.decided);
    case Step::granted: return dated("identity.step.granted", standing.until);
    case Step::shown: return dated("identity.step.shown", standing.shown);
    case Step::lapsed: return dated("identity.step.lapsed", standing.decided);
    case Step::unreadable: return dated("identity.step.unreadable", standing.decided);
    }
    return {};
}

http::Response render_case_identity(const Site &site, Frame frame, const Viewer &viewer, const usecases::IdentityOfCase &shown,
                                    const IdentityForm &form, unsigned status) {
    const bool waits = shown.standing.step == Step::granted;
    frame.faulty = !form.faults.empty() || !form.notice.empty();
    frame.path = "/cases/" + shown.id.text() + "/identity";
    if (!waits) {
        frame.languages = Frame::Languages::form;
        frame.again = {"form-identity", "step", "show", "ask"};
    }
    View view;
    constexpr std::array<std::string_view, 1> fields = {"reason"};
    show_faults(view, site, frame, form.faults, fields);
    show_notice(view, site, frame, form.notice);
    show_head(view, site, frame, shown);
    view.list("GIVEN").show("NOT_GIVEN", false).list("ASK").list("SHOW").show("ANONYMOUS", shown.anonymous);
    if (waits)
        view.row("SHOW").set("FORM_CSRF", viewer.csrf);
    else
        view.row("ASK")
            .set("FORM_CSRF", viewer.csrf)
            .set("ONCE", usecases::new_reply_id())
            .set("REASON", form.reason)
            .show("AGAIN", shown.standing.step == Step::asked);
    return officer_page(site, "case-identity", frame, std::move(view), &viewer, status);
}

http::Response render_shown_identity(const Site &site, Frame frame, const Viewer &viewer, const usecases::ShownIdentity &shown) {
    frame.path = "/cases/" + shown.of.id.text() + "/identity";
    frame.languages = Frame::Languages::none; // it would be gone
    View view;
    show_faults(view, site, frame, {}, {});
    show_notice(view, site, frame, "");
    show_head(view, site, frame, shown.of);
    view.list("ASK").list("SHOW").show("ANONYMOUS", false);
    view.list("GIVEN").show("NOT_GIVEN", shown.identity.empty());
    if (!shown.identity.empty()) {
        View &given = view.row("GIVEN").list("FACT");
        fact(given, site.text(frame, "identity.name"), shown.identity.name);
        fact(given, site.text(frame, "identity.address"), shown.identity.address);
        fact(given, site.text(frame, "identity.phone"), shown.identity.phone);
        fact(given, site.text(frame, "identity.email"), shown.identity.email);
        fact(given, site.text(frame, "case.conceal"), site.text(frame, shown.conceal ? "case.conceal_yes" : "case.conceal_no"));
    }
    return officer_page(site, "case-identity", frame, std::move(view), &viewer);
}

http::Response render_identities(const Site &site, Frame frame, const Viewer &viewer,
                                 std::span<const usecases::WaitingIdentity> waiting, const IdentityForm &form, unsigned status) {
    frame.faulty = !form.faults.empty() || !form.notice.empty();
    frame.path = "/identity";
    for (const auto &one : waiting)
        if (one.request.text() == form.request) { // what was typed into its form comes along
            frame.languages = Frame::Languages::form;
            frame.again = {"form-" + form.request, "step", "show", "decide"};
            frame.path += "/" + form.request;
        }
    View view;
    const std::string decision = form.request + "-decision", reason = form.request + "-reason";
    const std::array<FaultTarget, 2> targets = {FaultTarget{"decision", decision}, FaultTarget{"reason", reason}};
    show_faults(view, site, frame, form.faults, {}, targets);
    show_notice(view, site, frame, form.notice);
    view.set("SECRECY", site.text(frame, "secrecy.confidential"));
    view.list("DONE").list("REQUEST").show("EMPTY", waiting.empty());
    if (form.done) {
        const std::string_view key = !form.done->granted ? "identity.done.refused"
                                     : form.done->given  ? "identity.done.given"
                                                         : "identity.done.nothing";
        view.row("DONE").set("DONE_TEXT", site.catalogue().text(frame.language, key, {{"NAME", form.done->by}}));
    }
    for (const auto &one : waiting)
        show_waiting_one(view, site, frame, viewer, one, form);
    return officer_page(site, "identity", frame, std::move(view), &viewer, status);
}

} // namespace pages
