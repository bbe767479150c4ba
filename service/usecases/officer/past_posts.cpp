#include "service/usecases/officer/past_posts.h"

#include <algorithm>
#include <tuple>

namespace usecases {

bool held(const AgencySnapshot &agency, std::span<const domain::ActedAs> as, base::OfficerId author, base::Day day) {
    return !as.empty() && std::ranges::all_of(as, [&](const domain::ActedAs &one) {
        const auto found = agency.appointed.find(one.appointment);
        if (found == agency.appointed.end())
            return false;
        const auto &fields = found->second.fields;
        return fields.officer == author && domain::post_numbered(fields.post) == one.post &&
               domain::capacity_numbered(fields.capacity) == one.capacity && fields.order == one.order &&
               fields.from <= day && day <= fields.until;
    });
}

std::vector<domain::ActedAs> appointed_to(const AgencySnapshot &agency, base::OfficerId author, domain::Post post, base::Day day) {
    std::vector<domain::Seat> seats;
    for (const auto &[id, past] : agency.appointed) {
        const auto held = domain::post_numbered(past.fields.post);
        const auto capacity = domain::capacity_numbered(past.fields.capacity);
        if (held && capacity && past.fields.officer == author && past.fields.from <= day && day <= past.fields.until)
            seats.push_back({id, *held, *capacity, past.fields.from, past.fields.until, past.fields.order});
    }
    std::ranges::sort(seats, {}, [](const domain::Seat &seat) { return std::tuple(seat.from, seat.appointment); });
    return domain::acted_as(seats, std::span(&post, 1));
}

} // namespace usecases
