#include "service/domain/posts.h"

#include <algorithm>
#include <array>

namespace domain {
namespace {

using Actions = std::uint16_t;
constexpr Actions bit(Action action) { return static_cast<Actions>(1u << static_cast<unsigned>(action)); }
template <class... A>
constexpr Actions actions(A... list) {
    return static_cast<Actions>((bit(list) | ... | 0));
}

constexpr Actions handles = actions(Action::read_cases, Action::work_cases, Action::see_totals, Action::decide_identity,
                                    Action::vouch);
constexpr Actions orders = static_cast<Actions>(handles | bit(Action::confirm_settings));

struct PostRow {
    Post post;
    std::string_view id;
    bool intake;
    bool apart; // from every post that reads cases
    Actions may;
};

constexpr std::array posts{
    PostRow{Post::registrar, "registrar", true, false, handles},
    PostRow{Post::legal_officer, "legal_officer", true, false, handles},
    PostRow{Post::head_office, "head_office", true, false, handles},
    PostRow{Post::clerk, "clerk", false, false, orders},
    PostRow{Post::executive, "executive", false, false, orders},
    PostRow{Post::outside_officer, "outside_officer", false, false, handles},
    PostRow{Post::fact_finder, "fact_finder", false, false, actions(Action::read_cases, Action::work_cases)},
    PostRow{Post::admin, "admin", false, true, actions(Action::manage_accounts, Action::change_settings, Action::confirm_settings)},
    PostRow{Post::auditor, "auditor", false, true, actions(Action::read_audit)},
};

constexpr std::array<std::pair<Capacity, std::string_view>, 5> capacity_ids{{
    {Capacity::holder, "holder"},
    {Capacity::acting_vacancy, "acting_vacancy"},
    {Capacity::on_behalf, "on_behalf"},
    {Capacity::acting_position, "acting_position"},
    {Capacity::performing, "performing"},
}};

bool is_certified(const Certified &certified, Post post, Action action) {
    switch (action) {
    case Action::read_cases:
    case Action::work_cases:
    case Action::see_totals: return certified.reading;
    case Action::decide_identity: return certified.custody;
    case Action::vouch: return certified.vouching;
    case Action::confirm_settings: return stays_apart(post) || certified.vouching;
    case Action::manage_accounts:
    case Action::change_settings:
    case Action::read_audit: return true;
    }
    return false;
}

const PostRow &row(Post post) {
    for (const PostRow &candidate : posts)
        if (candidate.post == post)
            return candidate;
    base::broken("a post that is not in the table");
}

bool contains(std::span<const base::OfficerId> list, base::OfficerId id) {
    return std::ranges::find(list, id) != list.end();
}

// Exclusion is by person: it covers every post of that person.
bool reads_in(const Holder &holder, Post post, std::span<const base::OfficerId> excluded) {
    return holder.post == post && holder.may_read && !contains(excluded, holder.officer);
}

std::vector<base::OfficerId> readers_in(std::span<const Holder> holders, Post post,
                                        std::span<const base::OfficerId> excluded) {
    std::vector<base::OfficerId> out;
    for (const Holder &holder : holders)
        if (reads_in(holder, post, excluded))
            out.push_back(holder.officer);
    return out;
}

void add(std::vector<base::OfficerId> &to, std::span<const base::OfficerId> more) {
    for (base::OfficerId id : more)
        if (!contains(to, id))
            to.push_back(id);
}

} // namespace

std::string_view id(Post post) { return row(post).id; }

std::optional<Post> post_from(std::string_view id) {
    for (const PostRow &candidate : posts)
        if (candidate.id == id)
            return candidate.post;
    return std::nullopt;
}

std::optional<Post> post_numbered(std::uint8_t number) {
    for (const PostRow &candidate : posts)
        if (static_cast<std::uint8_t>(candidate.post) == number)
            return candidate.post;
    return std::nullopt;
}

bool is_intake(Post post) { return row(post).intake; }

bool stays_apart(Post post) { return row(post).apart; }

std::size_t place_in_line(Post post) {
    return static_cast<std::size_t>(std::ranges::find(handling_line, post) - std::begin(handling_line));
}

std::string_view id(Capacity capacity) {
    for (const auto &[candidate, name] : capacity_ids)
        if (candidate == capacity)
            return name;
    base::broken("a capacity that is not in the table");
}

std::optional<Capacity> capacity_from(std::string_view id) {
    for (const auto &[candidate, name] : capacity_ids)
        if (name == id)
            return candidate;
    return std::nullopt;
}

std::optional<Capacity> capacity_numbered(std::uint8_t number) {
    for (const Capacity candidate : capacities)
        if (static_cast<std::uint8_t>(candidate) == number)
            return candidate;
    return std::nullopt;
}

bool Actor::holds(Post post) const { return std::ranges::find(seats, post, &Seat::post) != seats.end(); }

std::vector<Post> Actor::posts() const {
    std::vector<Post> out;
    for (const Seat &seat : seats)
        if (std::ranges::find(out, seat.post) == out.end())
            out.push_back(seat.post);
    std::ranges::sort(out, {}, place_in_line);
    return out;
}

bool allows(Post post, Action action) { return (row(post).may & bit(action)) != 0; }

bool allows(const Actor &actor, Action action) {
    const bool apart = std::ranges::any_of(actor.seats, [](const Seat &seat) { return stays_apart(seat.post); });
    return std::ranges::any_of(actor.seats, [&](const Seat &seat) {
        return allows(seat.post, action) && is_certified(actor.certified, seat.post, action) &&
               (!apart || stays_apart(seat.post));
    });
}

std::vector<Person> people(std::span<const Holder> holders) {
    std::vector<Person> out;
    for (const Holder &holder : holders) {
        auto person = std::ranges::find(out, holder.officer, &Person::officer);
        if (person == out.end())
            person = out.insert(out.end(), {holder.officer, holder.name, {}, holder.may_custody});
        if (std::ranges::find(person->posts, holder.post) == person->posts.end())
            person->posts.push_back(holder.post);
    }
    return out;
}

base::Result<std::vector<base::OfficerId>> readers_of_new(std::span<const Holder> holders,
                                                          std::span<const base::OfficerId> excluded) {
    std::vector<base::OfficerId> out;
    for (Post post : handling_line)
        if (is_intake(post))
            add(out, readers_in(holders, post, excluded));
    for (Post post : handling_line)
        if (out.size() < 2 && !is_intake(post))
            add(out, readers_in(holders, post, excluded));
    if (out.size() < 2)
        return base::fail(base::Code::refused, "fewer than two readers are left");
    return out;
}

std::vector<base::OfficerId> custodians_of_new(std::span<const Holder> holders, std::span<const base::OfficerId> excluded) {
    std::vector<base::OfficerId> out;
    for (const Holder &holder : holders)
        if (holder.may_custody && !contains(excluded, holder.officer) && !contains(out, holder.officer))
            out.push_back(holder.officer);
    return out;
}

std::vector<Holder> acting_for(std::span<const Post> by, std::span<const Holder> holders,
                               std::span<const base::OfficerId> excluded) {
    std::vector<Holder> out;
    const auto add_holders_of = [&](Post post) {
        for (const Holder &holder : holders)
            if (reads_in(holder, post, excluded))
                out.push_back(holder);
    };
    for (Post post : by)
        add_holders_of(post);
    if (!out.empty() || by.empty())
        return out;
    const Post highest = *std::ranges::max_element(by, {}, place_in_line);
    for (Post post : handling_line)
        if (place_in_line(post) > place_in_line(highest) && out.empty())
            add_holders_of(post);
    return out;
}

std::vector<base::OfficerId> officers_of(std::span<const Holder> holders) {
    std::vector<base::OfficerId> out;
    for (const Holder &holder : holders)
        if (!contains(out, holder.officer))
            out.push_back(holder.officer);
    return out;
}

} // namespace domain
