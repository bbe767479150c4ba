#include "web/pages/officer/queue_query.h"

#include <algorithm>
#include <charconv>

namespace pages {

namespace {

using usecases::QueueQuery;

template <class Value>
struct Named {
    std::string_view id;
    Value value;
};

constexpr Named<QueueQuery::Due> due_ids[] = {{"overdue", QueueQuery::Due::overdue}, {"soon", QueueQuery::Due::soon}};
constexpr Named<QueueQuery::Turn> turn_ids[] = {
    {"mine", QueueQuery::Turn::mine}, {"others", QueueQuery::Turn::others}, {"nobody", QueueQuery::Turn::nobody}};
constexpr Named<QueueQuery::Order> order_ids[] = {{"due", QueueQuery::Order::due}, // the first is what is not asked for
                                                  {"received", QueueQuery::Order::received},
                                                  {"number", QueueQuery::Order::number}};
constexpr Named<bool QueueQuery::*> boxes[] = {
    {"restricted", &QueueQuery::restricted}, {"news", &QueueQuery::news}, {"all", &QueueQuery::all}};

template <class Value, std::size_t N>
void take(const Named<Value> (&names)[N], std::string_view id, Value &out) {
    if (const auto found = std::ranges::find(names, id, &Named<Value>::id); found != std::end(names)) out = found->value;
}

template <class Value, std::size_t N>
std::string_view id_of(const Named<Value> (&names)[N], Value value) {
    const auto found = std::ranges::find(names, value, &Named<Value>::value);
    return found == std::end(names) ? std::string_view() : found->id;
}

std::size_t page_from(std::string_view text) {
    std::size_t out = 1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc{} && end == text.data() + text.size() && out > 0 ? out : 1;
}

void choice(View &view, std::string_view section, std::string_view id, std::string name, bool chosen) {
    view.row(section).set("ID", std::string(id)).set("NAME", std::move(name)).show("CHOSEN", chosen);
}

} // namespace

QueueQuery queue_query(const Site &site, std::string_view query) {
    QueueQuery out;
    const auto form = http::parse_form(query);
    if (!form) return out;
    out.state = domain::state_from(form->get("state"));
    take(due_ids, form->get("due"), out.due);
    take(turn_ids, form->get("turn"), out.turn);
    take(order_ids, form->get("sort"), out.order);
    for (const auto &category : site.profile().categories)
        if (category.id == form->get("category")) out.category = category.id;
    for (const auto &[id, member] : boxes)
        out.*member = form->get(id) == "yes";
    out.page = page_from(form->get("page"));
    return out;
}

std::string query_text(const QueueQuery &query) {
    std::string out;
    const auto add = [&](std::string_view name, std::string_view value) {
        if (!value.empty()) out.append(out.empty() ? "" : "&").append(name).append("=").append(value);
    };
    if (query.state) add("state", domain::id(*query.state));
    add("due", id_of(due_ids, query.due));
    add("turn", id_of(turn_ids, query.turn));
    add("category", query.category);
    for (const auto &[id, member] : boxes)
        if (query.*member) add(id, "yes");
    if (query.order != QueueQuery::Order::due) add("sort", id_of(order_ids, query.order));
    if (query.page > 1) add("page", std::to_string(query.page));
    return out;
}

std::string queue_url(const Frame &frame, const QueueQuery &query) {
    std::string text = query_text(query);
    if (frame.language_chosen) text.append(text.empty() ? "" : "&").append("lang=").append(http::code(frame.language));
    return text.empty() ? "/queue" : "/queue?" + text;
}

void show_filter(View &view, const Site &site, const Frame &frame, const QueueQuery &query) {
    const auto named = [&](std::string_view family, std::string_view id) {
        return site.text(frame, "queue.filter." + std::string(family) + "." + std::string(id));
    };
    view.list("STATE_CHOICE").list("DUE_CHOICE").list("TURN_CHOICE").list("CATEGORY_CHOICE").list("SORT_CHOICE").list("BOX");
    for (auto number = 1; number <= static_cast<int>(domain::last_state); ++number) {
        const auto state = static_cast<domain::State>(number);
        choice(view, "STATE_CHOICE", domain::id(state), state_name(site, frame, state), query.state == state);
    }
    for (const auto &[id, value] : due_ids)
        choice(view, "DUE_CHOICE", id, named("due", id), query.due == value);
    for (const auto &[id, value] : turn_ids)
        choice(view, "TURN_CHOICE", id, named("turn", id), query.turn == value);
    for (const auto &category : site.profile().categories)
        if (category.shown || query.category == category.id)
            choice(view, "CATEGORY_CHOICE", category.id, category_name(site, frame, category.id), query.category == category.id);
    for (const auto &[id, value] : order_ids)
        choice(view, "SORT_CHOICE", id, named("sort", id), query.order == value);
    for (const auto &[id, member] : boxes)
        choice(view, "BOX", id, named("box", id), query.*member);
    view.list("CHOSEN_LANG");
    if (frame.language_chosen) view.row("CHOSEN_LANG").set("LANG_CODE", std::string(http::code(frame.language)));
}

} // namespace pages
