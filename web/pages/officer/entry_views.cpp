#include "web/pages/officer/case.h"
#include "web/pages/officer/entry.h"

#include <algorithm>
#include <array>

namespace pages {

namespace {

constexpr std::string_view event = "enter";

// Those that this page's own template names; the fields of how it came are shown, with their faults, as in the forms of moves.
std::vector<std::string_view> own_fields() {
    std::vector<std::string_view> out(std::begin(filing_fields), std::end(filing_fields));
    out.push_back("others_meant");
    return out;
}

void show_matches(View &view, const Site &site, const Frame &frame, std::span<const domain::Holder> line, const TypedEntry &typed) {
    view.list("MATCHES");
    if (typed.matches.empty() && !typed.others) return;
    View &matches = view.row("MATCHES").list("MATCH").show("OTHERS_CHOSEN", typed.others);
    for (const domain::Person &person : domain::people(line))
        if (std::ranges::find(typed.matches, person.officer) != typed.matches.end())
            matches.row("MATCH").set("MATCH_NAME", site.catalogue().text(frame.language, "case.history_who",
                                                                         {{"NAME", person.name}, {"POST", post_names(site, frame, person.posts)}}));
}

} // namespace

http::Response render_entry(const Site &site, Frame frame, const Viewer &viewer, std::span<const domain::Holder> line,
                            const TypedEntry &typed, unsigned status) {
    frame.faulty = !typed.faults.empty() || !typed.notice.empty();
    frame.path = "/entry";
    frame.languages = Frame::Languages::form;
    frame.again = {"form-entry", "step", "show", "enter"};
    View view;
    const auto rules = domain::entry_transition().fields;
    std::vector<std::string> ids;
    for (const domain::FieldRule &rule : rules)
        ids.push_back(std::string(event) + "-" + std::string(rule.name));
    std::vector<FaultTarget> targets;
    for (std::size_t i = 0; i < ids.size(); ++i)
        targets.push_back({rules[i].name, ids[i]});
    const std::string first_holder = line.empty() ? "excluded" : "excluded-" + line.front().officer.text();
    targets.push_back({"excluded", first_holder});
    show_faults(view, site, frame, typed.faults, own_fields(), targets);
    show_notice(view, site, frame, typed.notice);
    CaseForm came{std::string(event), typed.form.values, typed.faults, {}, {}};
    show_move_fields(view, site, frame, {&domain::entry_transition(), {}}, came);
    show_filing(view, typed.form.complaint);
    show_involved(view, site, frame, line, typed.form.complaint);
    show_matches(view, site, frame, line, typed);
    view.set("FORM_CSRF", viewer.csrf)
        .set("ONCE", typed.once)
        .show("WANTS_RECEIPT", typed.wants_receipt)
        .show("NO_RECEIPT", !typed.wants_receipt);
    return officer_page(site, "entry", frame, std::move(view), &viewer, status);
}

http::Response render_entered(const Site &site, Frame frame, const Viewer &viewer, const usecases::Entered &entered, bool with_receipt) {
    frame.path = "/queue";
    frame.languages = Frame::Languages::none; // the receipt is shown this once
    const std::string number = register_number(site, frame, entered.number);
    View view;
    view.set("ENTERED_TEXT", site.catalogue().text(frame.language, entered.before ? "entered.before" : "entered.done", {{"NUMBER", number}}))
        .set("CASE_ID", entered.id.text())
        .show("NO_SLIP", !with_receipt)
        .list("SLIP");
    if (with_receipt) {
        View &slip = view.row("SLIP").set("FORM_CSRF", viewer.csrf).set("RECEIPT", entered.receipt).set("NUMBER", number).list("GROUP");
        for (std::size_t at = 0; at < entered.receipt.size();) {
            const auto end = std::min(entered.receipt.find(' ', at), entered.receipt.size());
            slip.row("GROUP").set("DIGITS", entered.receipt.substr(at, end - at));
            at = end + 1;
        }
    }
    return officer_page(site, "entered", frame, std::move(view), &viewer);
}

print::Document receipt_slip(const Site &site, const Frame &frame, const std::string &receipt, const std::string &number,
                             const std::string &address) {
    const auto say = [&](std::string_view key) { return site.text(frame, key); };
    print::Document out;
    out.language = http::code(frame.language);
    out.title = say("slip.title");
    out.blocks = {print::Heading{1, out.title},
                  print::Paragraph{in(site.profile().name, frame.language)},
                  print::Paragraph{site.catalogue().text(frame.language, "slip.number", {{"NUMBER", number}})},
                  print::Notice{say("slip.receipt"), receipt},
                  print::Heading{2, say("slip.how")},
                  print::List{print::List::Kind::steps,
                              {{address.empty() ? say("slip.open") : site.catalogue().text(frame.language, "slip.open_at", {{"ADDRESS", address}})},
                               {say("slip.type")},
                               {say("slip.read")}}},
                  print::Heading{2, say("slip.keep")},
                  print::List{print::List::Kind::bullets, {{say("slip.secret")}, {say("slip.lost")}, {say("slip.seen")}}},
                  print::Paragraph{in(site.profile().contact, frame.language)}};
    return out;
}

} // namespace pages
