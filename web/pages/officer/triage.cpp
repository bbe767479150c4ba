#include "web/pages/officer/triage.h"

#include <algorithm>
#include <charconv>

namespace pages {

namespace {

using usecases::Pile;
using Why = usecases::ActRefused::Why;
using MayRead = domain::Permitted<domain::Action::read_cases>;
using MayWork = domain::Permitted<domain::Action::work_cases>;

constexpr std::string_view field_prefix = "case_";

std::optional<Pile> pile_from(std::string_view id) {
    if (id == "new") return Pile::fresh;
    if (id == "proposed") return Pile::proposed;
    if (id == "void") return Pile::voided;
    return std::nullopt;
}

std::optional<std::uint32_t> number_from(std::string_view text) {
    std::uint32_t out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(out) : std::nullopt;
}

// What a form sorts: "case_<id>" = "<event>.<version>.<follow-ups>", as the page was shown.
std::optional<usecases::PileMove> move_from(const Site &site, const http::Form::Field &field) {
    const std::string_view value = field.value;
    const auto first = value.find('.'), second = value.find('.', first + 1);
    if (first == std::string_view::npos || second == std::string_view::npos) return std::nullopt;
    const auto version = number_from(value.substr(first + 1, second - first - 1));
    const auto follow_ups = number_from(value.substr(second + 1));
    if (!version || !follow_ups) return std::nullopt;
    const std::string event(value.substr(0, first));
    return usecases::PileMove{field.name.substr(field_prefix.size()),
                              {event, *version, {}, *follow_ups, standard_notice(site, event)}};
}

bool belongs_to(Pile pile, std::string_view event) {
    switch (pile) {
    case Pile::fresh: return event == "set_aside";
    case Pile::proposed: return event == "confirm_void" || event == "keep";
    case Pile::voided: return event == "take_up";
    }
    return false;
}

// Nothing: a form that no page of ours has made.
std::optional<std::vector<usecases::PileMove>> moves_from(const Site &site, Pile pile, const http::Form &form) {
    std::vector<usecases::PileMove> out;
    for (const auto &field : form.fields()) {
        if (!field.name.starts_with(field_prefix) || field.value.empty()) continue;
        auto move = move_from(site, field);
        if (!move || !belongs_to(pile, move->form.event) || out.size() == usecases::pile_page_size) return std::nullopt;
        out.push_back(std::move(*move));
    }
    return out;
}

http::Response show_pile(OfficerRequest &page, const http::Request &request, Pile pile, std::size_t number,
                         const PileForm &form, unsigned status = 200) {
    const Viewer viewer = viewer_of(*page.session);
    const auto permitted = MayRead::check(page.session->actor);
    if (!permitted) return officer_error_page(page.site, 404, &request, &viewer);
    const auto shown = usecases::pile_page(*permitted, page.use, *page.session, pile, number);
    if (!shown) return officer_error_page(page.site, 503, &request, &viewer);
    return render_pile(page.site, frame_of(request, "page.triage.title"), viewer, *shown, form, status);
}

struct Place {
    Pile pile;
    std::uint32_t page;
};
std::optional<Place> place_of(const http::Captures &captures) {
    const auto pile = pile_from(captures[0]);
    const auto number = captures.count > 1 ? number_from(captures[1]) : std::optional<std::uint32_t>(1);
    if (!pile || !number || *number == 0) return std::nullopt;
    return Place{*pile, *number};
}

// The reason is asked once for all, and checked before anything is done.
std::vector<domain::Fault> faults_of(Pile pile, std::span<usecases::PileMove> moves,
                                     const std::map<std::string, std::string> &typed) {
    if (moves.empty()) return {{"case", "fault.triage.none"}};
    for (auto &move : moves) {
        if (pile == Pile::fresh) move.form.values = typed;
        // Each radio says that the text was read; the use case takes it only for what the page showed whole.
        if (move.form.event == "confirm_void") move.form.values = {{"read_whole", "yes"}};
    }
    if (pile != Pile::fresh) return {};
    auto checked = domain::check_move(*domain::find_transition(domain::State::submitted, "set_aside"), typed, 0);
    if (checked) return {};
    for (auto &fault : checked.error())
        if (fault.key == "fault.field.missing") fault.key = "fault.field.unchosen";
    return std::move(checked.error());
}

// 200 where something was done; else what kept all of them from being done.
unsigned status_of(const usecases::PileMoved &moved) {
    if (!moved.done.empty()) return 200;
    const bool failed = std::ranges::any_of(
        moved.left, [](const auto &left) { return left.why == Why::busy || left.why == Why::storage_failed; });
    return failed ? 503 : 409;
}

} // namespace

http::Response triage_page(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    const auto place = place_of(captures);
    const Viewer viewer = viewer_of(*page.session);
    if (!place) return officer_error_page(page.site, 404, &request, &viewer);
    return show_pile(page, request, place->pile, place->page, {});
}

http::Response triage_sort(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    const auto place = place_of(captures);
    const Viewer viewer = viewer_of(*page.session);
    if (!place) return officer_error_page(page.site, 404, &request, &viewer);
    const auto form = http::parse_form(request);
    auto moves = form ? moves_from(page.site, place->pile, *form) : std::nullopt;
    if (!moves) return officer_error_page(page.site, 400, &request, &viewer);
    PileForm shown;
    shown.reason.event = "set_aside";
    for (const auto &move : *moves)
        shown.chosen[move.case_id] = move.form.event;
    for (const auto &field : form->fields())
        if (!is_machinery(field.name) && !field.name.starts_with(field_prefix))
            shown.reason.values.emplace(field.name, field.value);
    if (!is_ours(page, request, *form)) {
        shown.reason.notice = "case.notice.form";
        return show_pile(page, request, place->pile, place->page, shown, 403);
    }
    if (form->get("step") == "show") return show_pile(page, request, place->pile, place->page, shown);
    shown.reason.faults = faults_of(place->pile, *moves, shown.reason.values);
    if (!shown.reason.faults.empty()) return show_pile(page, request, place->pile, place->page, shown, 400);
    const auto permitted = MayWork::check(page.session->actor);
    if (!permitted) return officer_error_page(page.site, 404, &request, &viewer);
    shown.moved = usecases::move_pile(*permitted, page.use, *page.session, *moves);
    // Ticks stay only where trying again helps; where the case changed, it must be read again.
    std::erase_if(shown.chosen, [&](const auto &ticked) {
        return std::ranges::none_of(shown.moved->left, [&](const auto &left) {
            return left.case_id == ticked.first && (left.why == Why::busy || left.why == Why::storage_failed);
        });
    });
    if (shown.chosen.empty()) shown.reason.values.clear();
    return show_pile(page, request, place->pile, place->page, shown, status_of(*shown.moved));
}

} // namespace pages
