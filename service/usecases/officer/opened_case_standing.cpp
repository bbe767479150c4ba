// What an opened case says of where it stands: whose turn it is, who may do what, in which posts.
#include "service/usecases/officer/opened_case.h"

#include <algorithm>

namespace usecases {

std::vector<base::OfficerId> OpenedCase::turn() const { return domain::turn(course, agency->holders, complaint.excluded); }

const domain::Transition *OpenedCase::allowed(const domain::Actor &actor, std::string_view event) const {
    const auto *transition = course.possible(event);
    // An answer of the last day is seen when the delay of that day is over, and that one is in no log: the longest is waited for.
    if (!transition || (transition->after_due && agency->day.number < course.due->number + ports::longest_queue_delay))
        return nullptr;
    const auto actors = domain::actors(*transition, course, agency->holders, complaint.excluded);
    return std::ranges::find(actors, actor.officer) == actors.end() ? nullptr : transition;
}

std::vector<const domain::Transition *> OpenedCase::allowed(const domain::Actor &actor) const {
    auto out = course.possible();
    std::erase_if(out, [&](const domain::Transition *possible) { return !allowed(actor, possible->event); });
    return out;
}

Awaited awaited(const domain::Course &course, const AgencySnapshot &agency, std::span<const base::OfficerId> excluded,
                base::OfficerId viewer) {
    Awaited out;
    for (const domain::Holder &holder : domain::acting_next(course, agency.holders, excluded)) {
        if (std::ranges::find(out.posts, holder.post) == out.posts.end())
            out.posts.push_back(holder.post);
        out.mine = out.mine || holder.officer == viewer;
    }
    return out;
}

QueueRow OpenedCase::queue_row(base::OfficerId viewer) const {
    QueueRow out{.id = row.record.case_id,
                 .number = row.number,
                 .received = row.received,
                 .state_since = row.state_since,
                 .last_from_reporter = row.last_from_reporter,
                 .state = row.state,
                 .title = title,
                 .category = row.category,
                 .turn = {},
                 .news = news,
                 .uncounted = course.uncounted};
    auto next = awaited(course, *agency, complaint.excluded, viewer);
    out.turn = std::move(next.posts);
    out.my_turn = next.mine;
    return out;
}

std::vector<domain::ActedAs> OpenedCase::as(const domain::Transition &transition, base::OfficerId officer) const {
    std::vector<domain::Post> posts;
    for (const domain::Holder &holder : domain::acting(transition, course, agency->holders, complaint.excluded))
        if (holder.officer == officer)
            posts.push_back(holder.post);
    const auto seats = agency->seats.find(officer);
    return seats == agency->seats.end() ? std::vector<domain::ActedAs>() : domain::acted_as(seats->second, posts);
}

std::vector<domain::ActedAs> OpenedCase::as(base::OfficerId officer, std::span<const domain::Post> posts) const {
    const auto seats = agency->seats.find(officer);
    return seats == agency->seats.end() ? std::vector<domain::ActedAs>() : domain::acted_as(seats->second, posts);
}

const OpenedCaseFile *OpenedCase::file(std::string_view id) const {
    const auto wanted = base::ObjectId::from_text(id);
    const auto found = std::ranges::find_if(files, [&](const OpenedCaseFile &one) { return wanted && one.shown.id == *wanted; });
    return found == files.end() ? nullptr : &*found;
}

const HistoryEntry *OpenedCase::latest(std::string_view event) const {
    const auto found = std::find_if(history.rbegin(), history.rend(), [&](const auto &entry) { return entry.event == event; });
    return found == history.rend() ? nullptr : &*found;
}

} // namespace usecases
