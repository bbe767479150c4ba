#include "web/pages/common/dates.h"
#include "web/pages/officer/triage.h"

#include <algorithm>
#include <array>

namespace pages {

namespace {

using usecases::Pile;
using usecases::PileItem;

std::string_view id_of(Pile pile) {
    switch (pile) {
    case Pile::fresh: return "new";
    case Pile::proposed: return "proposed";
    case Pile::voided: return "void";
    }
    return "";
}

std::string title_of(const Site &site, const Frame &frame, const usecases::QueueRow &row,
                     std::size_t place) {
    return site.catalogue().text(
        frame.language, "triage.filing",
        {{"PLACE", std::to_string(place)},
         {"NUMBER", row.number ? register_number(site, frame, *row.number) : site.text(frame, "queue.unregistered")},
         {"DATE", long_date(site.catalogue(), frame.language, row.received)}});
}

// "เสนอโดย … เมื่อ …: สแปม": who did it, when, and what they gave as a reason.
void show_act(View &item, const Site &site, const Frame &frame, std::string_view key,
              const std::optional<usecases::HistoryEntry> &entry) {
    if (!entry) return;
    std::string text = site.catalogue().text(
        frame.language, key,
        {{"NAME", entry->who}, {"DATE", long_date(site.catalogue(), frame.language, entry->day)}});
    for (const usecases::FieldValue &field : entry->fields)
        if (!field.value.empty() && field.name != "read_whole")
            text += " · " + (field.name == "void_reason" ? choice_name(site, frame, field.name, field.value) : field.value);
    item.row("ITEM_ACT").set("ACT_TEXT", text);
}

std::string value_of(const PileItem &item, const domain::Transition &move) {
    return std::string(move.event) + "." + std::to_string(item.version) + "." + std::to_string(item.follow_ups);
}

std::string label_of(const Site &site, const Frame &frame, std::string_view event) {
    return site.text(frame, "triage.way." + std::string(event));
}

bool chosen(const PileForm &form, const PileItem &item, std::string_view event) {
    const auto found = form.chosen.find(item.row.id.text());
    return found == form.chosen.end() ? event.empty() : found->second == event;
}

// One way out of the pile is a box to tick; two are a choice, of which the first leaves the case where it is.
void show_ways(View &view, const Site &site, const Frame &frame, Pile pile, const PileItem &item, const PileForm &form) {
    view.list("TICK").list("DECIDE");
    if (item.moves.empty()) return;
    if (pile != Pile::proposed) {
        const domain::Transition &move = *item.moves.front();
        view.row("TICK")
            .set("TICK_EVENT", std::string(move.event))
            .set("TICK_VALUE", value_of(item, move))
            .set("TICK_LABEL", label_of(site, frame, move.event))
            .show("TICKED", chosen(form, item, move.event));
        return;
    }
    View &decide = view.row("DECIDE");
    const auto way = [&](std::string event, std::string value) {
        decide.row("WAY")
            .set("WAY_EVENT", event)
            .set("WAY_VALUE", std::move(value))
            .set("WAY_LABEL", label_of(site, frame, event))
            .show("CHOSEN", chosen(form, item, event == "leave" ? "" : event));
    };
    way("leave", "");
    for (const domain::Transition *move : item.moves)
        way(std::string(move->event), value_of(item, *move));
}

void show_item(View &view, const Site &site, const Frame &frame, const usecases::PilePage &page, std::size_t number,
               const PileForm &form) {
    const PileItem &item = page.items[number - 1];
    const std::size_t before = (page.page - 1) * usecases::pile_page_size;
    View &row = view.row("ITEM")
                    .set("ITEM_NUMBER", std::to_string(number))
                    .set("ITEM_ID", item.row.id.text())
                    .set("ITEM_TITLE", title_of(site, frame, item.row, before + number))
                    .show("ITEM_DAMAGED", item.row.damaged)
                    .list("ITEM_SUBJECT")
                    .list("ITEM_TEXT")
                    .list("ITEM_EARLIER")
                    .list("ITEM_ACT");
    if (!item.subject.empty()) row.row("ITEM_SUBJECT").set("SUBJECT", item.subject);
    for (const PileItem::Text &text : item.texts)
        row.row("ITEM_TEXT")
            .set("TEXT", text.words)
            .show("TEXT_LATER", text.follow_up)
            .show("TEXT_GOES_ON", text.goes_on);
    const auto say = [&](std::string_view key, std::size_t count) {
        row.row("ITEM_EARLIER").set("EARLIER_TEXT", site.catalogue().text(frame.language, key, {{"COUNT", std::to_string(count)}}));
    };
    const std::size_t texts = item.follow_ups - item.files;
    if (texts > usecases::preview_follow_ups) say("triage.earlier", texts - usecases::preview_follow_ups);
    if (item.files != 0) say("triage.files", item.files);
    row.show("ITEM_LONG", item.confirm_on_case);
    show_act(row, site, frame, "triage.proposed_by", item.proposal);
    show_act(row, site, frame, "triage.confirmed_by", item.confirmation);
    show_ways(row, site, frame, page.pile, item, form);
}

void show_send(View &view, const Site &site, const Frame &frame, const usecases::PilePage &pile, const PileForm &form) {
    view.list("SEND");
    if (std::ranges::all_of(pile.items, [](const PileItem &item) { return item.moves.empty(); })) return;
    View &send = view.row("SEND").list("MOVE_NOTICE").list("FIELD");
    send.set("SEND_BUTTON", site.text(frame, "triage." + std::string(id_of(pile.pile)) + ".button"));
    if (pile.pile == Pile::fresh)
        show_move_fields(send, site, frame,
                         {domain::find_transition(domain::State::submitted, "set_aside"), {}}, form.reason);
    std::string notice;
    for (const PileItem &item : pile.items)
        for (const auto *move : item.moves)
            if (!move->standard_notice.empty()) notice = standard_notice(site, move->event);
    if (!notice.empty()) send.row("MOVE_NOTICE").set("NOTICE_TO_REPORTER", std::move(notice));
}

std::string_view why_key(usecases::ActRefused::Why why) {
    using Why = usecases::ActRefused::Why;
    switch (why) {
    case Why::not_found: return "triage.left.not_found";
    case Why::stale: return "triage.left.stale";
    case Why::tampered: return "queue.damaged";
    case Why::nobody_next: return "case.notice.nobody_next";
    case Why::faults: return "triage.left.long";
    case Why::busy:
    case Why::storage_failed: return "triage.left.failed";
    }
    return "triage.left.failed";
}

void show_moved(View &view, const Site &site, const Frame &frame, const PileForm &form) {
    const auto &catalogue = site.catalogue();
    view.list("DONE").list("LEFT");
    if (!form.moved) return;
    for (const auto &[event, count] : form.moved->done)
        view.row("DONE").set("DONE_TEXT", catalogue.text(frame.language, "triage.done." + event,
                                                         {{"COUNT", std::to_string(count)}}));
    if (form.moved->left.empty()) return;
    View &left = view.row("LEFT");
    left.set("LEFT_TITLE",
             catalogue.text(frame.language, "triage.left", {{"COUNT", std::to_string(form.moved->left.size())}}));
    std::size_t number = 0;
    for (const auto &one : form.moved->left) {
        View &row = left.row("LEFT_CASE").set("LEFT_WHY", site.text(frame, why_key(one.why))).list("LEFT_LINK");
        ++number;
        if (one.why != usecases::ActRefused::Why::not_found) // else the id may be any text
            row.row("LEFT_LINK")
                .set("LEFT_ID", one.case_id)
                .set("LEFT_TEXT", catalogue.text(frame.language, "triage.left.case", {{"NUMBER", std::to_string(number)}}));
    }
}

void show_pages(View &view, const Site &site, const Frame &frame, const usecases::PilePage &pile) {
    view.list("PAGES");
    if (pile.pages == 1) return;
    View &pages = view.row("PAGES").list("PAGE_BEFORE").list("PAGE_NEXT");
    pages.set("PAGE_TEXT", site.catalogue().text(frame.language, "triage.page",
                                                 {{"NUMBER", std::to_string(pile.page)},
                                                  {"COUNT", std::to_string(pile.pages)}}));
    if (pile.page > 1) pages.row("PAGE_BEFORE").set("PAGE_NUMBER", std::to_string(pile.page - 1));
    if (pile.page < pile.pages) pages.row("PAGE_NEXT").set("PAGE_NUMBER", std::to_string(pile.page + 1));
}

// The page is as secret as the most secret case on it.
std::string secrecy_of(const usecases::PilePage &pile) {
    for (const char *secrecy : {"top_secret", "secret"})
        if (std::ranges::find(pile.items, secrecy, &PileItem::secrecy) != pile.items.end()) return secrecy;
    return "confidential";
}

} // namespace

http::Response render_pile(const Site &site, Frame frame, const Viewer &viewer, const usecases::PilePage &pile,
                           const PileForm &form, unsigned status) {
    const std::string id(id_of(pile.pile)), page = std::to_string(pile.page);
    frame.path = "/triage/" + id + "/" + page;
    frame.title_key = "triage." + id + ".title";
    frame.faulty = !form.reason.faults.empty() || !form.reason.notice.empty() ||
                   (form.moved && !form.moved->left.empty());
    if (!pile.items.empty()) {
        frame.languages = Frame::Languages::form;
        frame.again = {"triage", "step", "show", "do"};
    }
    View view;
    const std::string first = pile.items.empty() || pile.items.front().moves.empty()
                                  ? "pile-total"
                                  : "filing-1-" + std::string(pile.items.front().moves.front()->event);
    const std::array targets = {FaultTarget{"case", first}, FaultTarget{"void_reason", "set_aside-void_reason"},
                                FaultTarget{"remark", "set_aside-remark"}};
    show_faults(view, site, frame, form.reason.faults, {}, targets);
    show_notice(view, site, frame, form.reason.notice);
    view.set("SECRECY", site.text(frame, "secrecy." + secrecy_of(pile)));
    view.set("PILE", id).set("PAGE", page).set("FORM_CSRF", viewer.csrf);
    view.set("PILE_TITLE", site.text(frame, frame.title_key));
    view.set("PILE_LEAD", site.text(frame, "triage." + id + ".lead"));
    view.set("PILE_COUNT",
             site.catalogue().text(frame.language, "triage.count", {{"COUNT", std::to_string(pile.total)}}));
    show_moved(view, site, frame, form);
    view.show("EMPTY", pile.items.empty()).list("ITEM");
    for (std::size_t number = 1; number <= pile.items.size(); ++number)
        show_item(view, site, frame, pile, number, form);
    show_send(view, site, frame, pile, form);
    show_pages(view, site, frame, pile);
    return officer_page(site, "triage", frame, std::move(view), &viewer, status);
}

} // namespace pages
