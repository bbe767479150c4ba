#include "web/pages/officer/queue.h"

#include "service/domain/text.h"
#include "service/usecases/officer/access.h"
#include "web/pages/common/dates.h"
#include "web/pages/officer/officers.h"
#include "web/pages/officer/queue_query.h"

#include <algorithm>

namespace pages {

namespace {

constexpr std::size_t longest_search = 100; // characters

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
        .show("CASE_NEWS", row.news)
        .list("CASE_NAMED");
    if (!row.title.empty()) shown.row("CASE_NAMED").set("CASE_NAME", row.title);
}

// What waits for the viewer, and how much of it is pressing, in one line.
void show_today(View &view, const Site &site, const Frame &frame, const usecases::QueueView &queue) {
    const auto &counts = queue.counts;
    view.set("TODAY_TEXT", counts.mine == 0 ? site.text(frame, "queue.today.none")
                                            : site.catalogue().text(frame.language, "queue.today", {{"COUNT", std::to_string(counts.mine)}}));
    view.list("LATE").list("WRITTEN");
    if (counts.written != 0)
        view.row("WRITTEN").set("WRITTEN_TEXT", site.catalogue().text(frame.language, "queue.written", {{"COUNT", std::to_string(counts.written)}}));
    if (counts.overdue + counts.today + counts.soon == 0) return;
    view.row("LATE").set("LATE_TEXT", site.catalogue().text(frame.language, "queue.late",
                                                            {{"OVERDUE", std::to_string(counts.overdue)},
                                                             {"TODAY", std::to_string(counts.today)},
                                                             {"SOON", std::to_string(counts.soon)}}));
}

void show_table(View &view, const Site &site, const Frame &frame, std::string_view section,
                std::span<const usecases::QueueRow> rows) {
    view.list(section);
    if (rows.empty()) return;
    View &table = view.row(section).list("CASE");
    for (const usecases::QueueRow &row : rows)
        show_row(table, site, frame, row);
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

// While the list is being made there is nothing to find in it yet: what is most urgent, and the same page again.
void show_preparing(View &view, const Site &site, Frame &frame, const usecases::QueueView &queue, const usecases::QueueQuery &query) {
    view.list("PREPARING").list("TOOLS");
    if (queue.prepared) {
        frame.refresh = 1;
        view.row("PREPARING")
            .set("PREPARING_TEXT", site.catalogue().text(frame.language, "queue.preparing", {{"PERCENT", std::to_string(*queue.prepared)}}))
            .set("AGAIN_URL", queue_url(frame, query));
        return;
    }
    usecases::QueueQuery cleared;
    cleared.order = query.order;
    View &tools = view.row("TOOLS")
                      .set("SEARCH_TEXT", query.search)
                      .show("FILTERED", query.filtered())
                      .show("FILTER_OPEN", query.filtered() && query.search.empty())
                      .set("CLEAR_URL", queue_url(frame, cleared));
    show_filter(tools, site, frame, query);
}

// How many there are, and the way to the other pages: by address, or for what was typed by the form again.
void show_found(View &view, const Site &site, const Frame &frame, const usecases::QueueView &queue, const usecases::QueueQuery &query) {
    const std::size_t first = queue.rows.empty() ? 0 : (queue.page - 1) * query.rows + 1;
    view.list("FOUND").list("PAGES");
    if (queue.prepared) return;
    if (query.filtered() || queue.pages > 1)
        view.row("FOUND").set("FOUND_TEXT", site.catalogue().text(frame.language, "queue.found",
                                                                  {{"COUNT", std::to_string(queue.found)},
                                                                   {"FIRST", std::to_string(first)},
                                                                   {"LAST", std::to_string(first == 0 ? 0 : first + queue.rows.size() - 1)}}));
    if (queue.pages == 1) return;
    View &pages = view.row("PAGES").list("PAGE_LINKS").list("PAGE_BUTTONS");
    pages.set("PAGE_TEXT", site.catalogue().text(frame.language, "triage.page",
                                                 {{"NUMBER", std::to_string(queue.page)}, {"COUNT", std::to_string(queue.pages)}}));
    const bool by_address = query.search.empty();
    View &ways = by_address ? pages.row("PAGE_LINKS") : pages.row("PAGE_BUTTONS").set("SEARCH_TEXT", query.search);
    const auto way = [&](std::string_view section, std::size_t page, bool offered) {
        ways.list(section);
        usecases::QueueQuery to = query;
        to.page = page;
        if (offered && by_address) ways.row(section).set("PAGE_URL", queue_url(frame, to));
        if (offered && !by_address) ways.row(section).set("PAGE_NUMBER", std::to_string(page));
    };
    way("PAGE_FIRST", 1, queue.page > 1);
    way("PAGE_BEFORE", queue.page - 1, queue.page > 1);
    way("PAGE_NEXT", queue.page + 1, queue.page < queue.pages);
    way("PAGE_LAST", queue.pages, queue.page < queue.pages);
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

http::Response render_queue(const Site &site, Frame frame, const Viewer &viewer, const usecases::QueueView &queue,
                            const usecases::QueueQuery &query, const usecases::RosterNotice &notice) {
    const auto counted = [&](std::string_view key, std::size_t count) {
        return site.catalogue().text(frame.language, key, {{"COUNT", std::to_string(count)}});
    };
    frame.query = query_text(query);
    if (!query.search.empty()) { // what was typed goes along in a form only
        frame.languages = Frame::Languages::form;
        frame.again = {"search", "step", "search", "search"};
    }
    View view;
    show_roster_notice(view, site, frame, viewer, notice);
    show_preparing(view, site, frame, queue, query);
    show_today(view, site, frame, queue);
    show_totals(view, site, frame, queue.totals);
    show_found(view, site, frame, queue, query);
    view.list("FRESH").list("MORE_FRESH").list("WAITING").list("VOIDED");
    const bool work = !query.filtered(); // the list of work leaves to other pages what a flood would fill it with
    if (queue.fresh > 0) view.row("FRESH").set("FRESH_TEXT", counted("queue.fresh", queue.fresh));
    if (work && queue.fresh > usecases::most_fresh)
        view.row("MORE_FRESH").set("MORE_TEXT", counted("queue.more_fresh", queue.fresh - usecases::most_fresh));
    if (work && queue.proposals > 0) view.row("WAITING").set("WAITING_TITLE", counted("queue.waiting", queue.proposals));
    if (queue.voided > 0) view.row("VOIDED").set("VOIDED_TITLE", counted("queue.voided", queue.voided));
    view.set("CSRF", viewer.csrf);
    view.show("NO_CASES", queue.rows.empty());
    view.set("NO_CASES_TEXT", site.text(frame, work ? "queue.none" : "queue.none_found"));
    show_table(view, site, frame, "CASES", queue.rows);
    show_table(view, site, frame, "WAITING_CASES", queue.waiting);
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

namespace {

http::Response show_queue(OfficerRequest &page, const http::Request &request, const usecases::QueueQuery &query) {
    const Viewer viewer = viewer_of(*page.session);
    const auto permitted = domain::Permitted<domain::Action::read_cases>::check(page.session->actor);
    const auto notice = usecases::roster_notice(page.use, *page.session);
    if (!notice) return officer_error_page(page.site, 503, &request, &viewer);
    if (!permitted)
        return render_role(page.site, frame_of(request, "page.role.title"), viewer, *notice, fingerprint_to_read(page));
    // Grants and removals that the last change of officers left to do. What fails here, the next visit does.
    if (const auto works = domain::Permitted<domain::Action::work_cases>::check(page.session->actor))
        (void)usecases::maintain_access(*works, page.use, *page.session);
    const auto queue = usecases::queue(*permitted, page.use, *page.session, query);
    if (!queue) return officer_error_page(page.site, 503, &request, &viewer);
    return render_queue(page.site, frame_of(request, "page.queue.title"), viewer, *queue, query, *notice);
}

} // namespace

http::Response queue_page(OfficerRequest &page, http::Request &request, const http::Captures &) {
    return show_queue(page, request, queue_query(page.site, request.query));
}

http::Response queue_search(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const Viewer viewer = viewer_of(*page.session);
    const auto form = http::parse_form(request);
    if (!form) return officer_error_page(page.site, 400, &request, &viewer);
    if (!is_ours(page, request, *form)) return officer_error_page(page.site, 403, &request, &viewer);
    usecases::QueueQuery query = queue_query(page.site, std::string("page=").append(form->get("page")));
    query.search = domain::beginning(domain::clean_line(form->get("search")), longest_search);
    return show_queue(page, request, query);
}

} // namespace pages
