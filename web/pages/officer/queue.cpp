#include "web/pages/officer/queue.h"

#include "service/usecases/officer/access.h"
#include "web/pages/common/dates.h"
#include "web/pages/officer/officers.h"

#include <algorithm>
#include <map>

namespace pages {

namespace {

// New filings beyond these stand on the triage page only: a flood must not push everything else out of sight.
constexpr std::size_t most_fresh = 20, most_waiting = 20;

void show_row(View &table, const Site &site, const Frame &frame, const usecases::QueueRow &row) {
    const auto &catalogue = site.catalogue();
    View &shown = table.row("CASE");
    show_due(shown, site, frame, row);
    show_turn(shown, site, frame, row);
    shown.set("CASE_ID", row.id.text())
        .set("CASE_NUMBER",
             row.number ? register_number(site, frame, *row.number) : site.text(frame, "queue.unregistered"))
        .set("CASE_RECEIVED", long_date(catalogue, frame.language, row.received))
        .set("CASE_STATE", state_name(site, frame, row.state))
        .set("CASE_CATEGORY", category_name(site, frame, row.category))
        .set("CASE_LAST", long_date(catalogue, frame.language, row.last_from_reporter))
        .show("CASE_DAMAGED", row.damaged)
        .show("CASE_VOIDED", row.uncounted.has_value())
        .set("CASE_UNCOUNTED", row.uncounted ? site.text(frame, "outcome." + std::string(domain::id(*row.uncounted))) : "")
        .show("CASE_NEWS", row.news);
}

// What waits for the viewer, and how much of it is pressing.
void show_today(View &view, const Site &site, const Frame &frame, const usecases::QueueView &queue) {
    using Standing = domain::Deadlines::Standing;
    std::map<Standing, std::size_t> mine;
    std::size_t all = 0, ended = 0;
    for (const usecases::QueueRow &row : queue.rows)
        if (row.my_turn) {
            ++all;
            ++mine[row.standing];
        } else
            ended += row.wants_attention();
    const auto number = [&](Standing standing) { return std::to_string(mine[standing]); };
    view.set("TODAY_TEXT", all == 0 ? site.text(frame, "queue.today.none")
                                    : site.catalogue().text(frame.language, "queue.today", {{"COUNT", std::to_string(all)}}));
    view.list("LATE").list("WRITTEN");
    if (ended != 0)
        view.row("WRITTEN").set("WRITTEN_TEXT", site.catalogue().text(frame.language, "queue.written", {{"COUNT", std::to_string(ended)}}));
    if (all == mine[Standing::in_time]) return;
    view.row("LATE").set("LATE_TEXT", site.catalogue().text(frame.language, "queue.late",
                                                            {{"OVERDUE", number(Standing::overdue)},
                                                             {"TODAY", number(Standing::today)},
                                                             {"SOON", number(Standing::soon)}}));
}

struct Piles {
    std::vector<const usecases::QueueRow *> work, waiting;
    std::size_t fresh = 0, waiting_count = 0, voided = 0;
};

Piles sorted_out(const usecases::QueueView &queue) {
    Piles out;
    for (const usecases::QueueRow &row : queue.rows) {
        const bool fresh = row.state == domain::State::submitted && !row.damaged;
        out.fresh += fresh;
        const bool voided = row.uncounted == domain::Outcome::voided;
        out.voided += voided;
        if (row.state == domain::State::set_aside && !row.damaged) {
            if (++out.waiting_count <= most_waiting) out.waiting.push_back(&row);
        } else if ((!voided || row.wants_attention()) && (!fresh || out.fresh <= most_fresh)) {
            out.work.push_back(&row);
        }
    }
    return out;
}

void show_table(View &view, const Site &site, const Frame &frame, std::string_view section,
                std::span<const usecases::QueueRow *const> rows) {
    view.list(section);
    if (rows.empty()) return;
    View &table = view.row(section).list("CASE");
    for (const usecases::QueueRow *row : rows)
        show_row(table, site, frame, *row);
}

void show_totals(View &view, const Site &site, const Frame &frame, const usecases::Totals &totals) {
    const std::string year = std::to_string(totals.fiscal_year);
    view.set("TOTALS_TITLE", site.catalogue().text(frame.language, "queue.totals", {{"YEAR", year}}));
    view.set("TOTAL", std::to_string(totals.total));
    view.set("IN_PROGRESS", std::to_string(totals.in_progress));
    view.set("FINISHED", std::to_string(totals.finished));
    view.list("OUTSIDE").list("VOIDED_TABLE");
    if (totals.voided.empty()) return;
    View &table = view.row("VOIDED_TABLE");
    table.set("VOIDED_YEAR", site.catalogue().text(frame.language, "queue.voided.year", {{"YEAR", year}}));
    std::size_t outside = 0;
    for (const auto &by : totals.voided) {
        outside += by.count;
        table.row("VOIDED_ROW")
            .set("PROPOSED_BY", by.proposed_by)
            .set("CONFIRMED_BY", by.confirmed_by)
            .set("COUNT", std::to_string(by.count));
    }
    view.row("OUTSIDE").set("OUTSIDE_COUNT", std::to_string(outside));
}

} // namespace

void show_turn(View &view, const Site &site, const Frame &frame, const usecases::QueueRow &row) {
    view.set("CASE_TURN", row.elsewhere ? site.text(frame, "queue.waits." + std::string(domain::id(row.state)))
                          : domain::is_finished(row.state) ? std::string()
                                                           : turn_of(site, frame, row.turn))
        .show("CASE_MINE", row.my_turn);
}

void show_due(View &view, const Site &site, const Frame &frame, const usecases::QueueRow &row) {
    using Standing = domain::Deadlines::Standing;
    view.list("DUE").show("NO_DUE", !row.due);
    if (!row.due) return;
    view.row("DUE")
        .set("DUE_DAY", long_date(site.catalogue(), frame.language, *row.due))
        .show("DUE_OVERDUE", row.standing == Standing::overdue)
        .show("DUE_TODAY", row.standing == Standing::today)
        .show("DUE_SOON", row.standing == Standing::soon);
}

http::Response render_queue(const Site &site, const Frame &frame, const Viewer &viewer,
                            const usecases::QueueView &queue, const usecases::RosterNotice &notice) {
    const Piles piles = sorted_out(queue);
    const auto counted = [&](std::string_view key, std::size_t count) {
        return site.catalogue().text(frame.language, key, {{"COUNT", std::to_string(count)}});
    };
    View view;
    show_roster_notice(view, site, frame, viewer, notice);
    show_today(view, site, frame, queue);
    show_totals(view, site, frame, queue.totals);
    view.list("FRESH").list("MORE_FRESH").list("WAITING").list("VOIDED");
    if (piles.fresh > 0) view.row("FRESH").set("FRESH_TEXT", counted("queue.fresh", piles.fresh));
    if (piles.fresh > most_fresh)
        view.row("MORE_FRESH").set("MORE_TEXT", counted("queue.more_fresh", piles.fresh - most_fresh));
    if (piles.waiting_count > 0) view.row("WAITING").set("WAITING_TITLE", counted("queue.waiting", piles.waiting_count));
    if (piles.voided > 0) view.row("VOIDED").set("VOIDED_TITLE", counted("queue.voided", piles.voided));
    view.show("NO_CASES", queue.rows.empty());
    show_table(view, site, frame, "CASES", piles.work);
    show_table(view, site, frame, "WAITING_CASES", piles.waiting);
    return officer_page(site, "queue", frame, std::move(view), &viewer);
}

http::Response render_role(const Site &site, const Frame &frame, const Viewer &viewer,
                           const usecases::RosterNotice &notice, const std::string &fingerprint) {
    const auto holds = [&](domain::Post post) { return std::ranges::find(viewer.posts, post) != viewer.posts.end(); };
    struct Words {
        std::string_view may, now;
    };
    const Words words = holds(domain::Post::admin)     ? Words{"role.admin", "role.admin.now"}
                        : holds(domain::Post::auditor) ? Words{"role.auditor", "role.auditor.now"}
                                                       : Words{"role.nobody", "role.nobody.now"};
    View view;
    view.set("ROLE", viewer.posts.empty() ? site.text(frame, "officers.none") : post_names(site, frame, viewer.posts));
    view.set("ROLE_MAY", site.text(frame, words.may));
    view.set("ROLE_NOW", site.text(frame, words.now));
    show_roster_notice(view, site, frame, viewer, notice);
    const struct {
        bool open;
        std::string_view url, name;
    } places[] = {{viewer.accounts, "/officers", "officers.title"},
                  {viewer.settings, "/settings", "page.settings.title"},
                  {may_read_audit(viewer), "/audit", "layout.officer.audit"}};
    view.list("PLACES");
    if (std::ranges::any_of(places, [](const auto &place) { return place.open; })) {
        View &list = view.row("PLACES").list("PLACE");
        for (const auto &place : places)
            if (place.open)
                list.row("PLACE").set("PLACE_URL", std::string(place.url)).set("PLACE_NAME", site.text(frame, place.name));
    }
    show_fingerprint(view, fingerprint);
    return officer_page(site, "role", frame, std::move(view), &viewer);
}

http::Response home(OfficerRequest &, http::Request &request, const http::Captures &) {
    return see_other("/queue", frame_of(request, ""));
}

http::Response queue_page(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const Viewer viewer = viewer_of(*page.session);
    const auto permitted = domain::Permitted<domain::Action::read_cases>::check(page.session->actor);
    const auto notice = usecases::roster_notice(page.use, *page.session);
    if (!notice) return officer_error_page(page.site, 503, &request, &viewer);
    if (!permitted)
        return render_role(page.site, frame_of(request, "page.role.title"), viewer, *notice, fingerprint_to_read(page));
    // Grants and removals that the last change of officers left to do. What fails here, the next visit does.
    if (const auto works = domain::Permitted<domain::Action::work_cases>::check(page.session->actor))
        (void)usecases::maintain_access(*works, page.use, *page.session);
    const auto queue = usecases::queue(*permitted, page.use, *page.session);
    if (!queue) return officer_error_page(page.site, 503, &request, &viewer);
    return render_queue(page.site, frame_of(request, "page.queue.title"), viewer, *queue, *notice);
}

} // namespace pages
