#include "service/domain/posts.h"

#include <algorithm>
#include <array>

namespace domain {
namespace {

struct PostRow {
    Post post;
    std::string_view id;
    bool intake;
    bool reads, works, totals; // Action::read_cases, work_cases, see_totals
};

// Admin and auditor stay apart from every role that reads cases.
constexpr std::array posts{
    PostRow{Post::legal_officer, "legal_officer", true, true, true, true},
    PostRow{Post::head_office, "head_office", true, true, true, true},
    PostRow{Post::clerk, "clerk", false, true, true, true},
    PostRow{Post::executive, "executive", false, true, true, true},
    PostRow{Post::outside_officer, "outside_officer", false, true, true, true},
    PostRow{Post::admin, "admin", false, false, false, false},
    PostRow{Post::auditor, "auditor", false, false, false, false},
};

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
std::vector<base::OfficerId> readers_in(std::span<const Holder> holders, Post post,
                                        std::span<const base::OfficerId> excluded) {
    std::vector<base::OfficerId> out;
    for (const Holder &holder : holders)
        if (holder.post == post && holder.may_read && !contains(excluded, holder.officer))
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

bool is_intake(Post post) { return row(post).intake; }

bool allows(Post post, Action action) {
    switch (action) {
    case Action::read_cases: return row(post).reads;
    case Action::work_cases: return row(post).works;
    case Action::see_totals: return row(post).totals;
    }
    return false;
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

std::vector<base::OfficerId> actors_for(std::span<const Post> by, std::span<const Holder> holders,
                                        std::span<const base::OfficerId> excluded, std::optional<base::OfficerId> never) {
    std::vector<base::OfficerId> barred(excluded.begin(), excluded.end());
    if (never)
        barred.push_back(*never);
    std::vector<base::OfficerId> out;
    for (Post post : by)
        add(out, readers_in(holders, post, barred));
    if (!out.empty() || by.empty())
        return out;
    const Post highest = *std::ranges::max_element(by);
    for (Post post : handling_line)
        if (post > highest && out.empty())
            out = readers_in(holders, post, barred);
    return out;
}

} // namespace domain
