#include "service/domain/account_form.h"

#include "service/domain/text.h"
#include "service/domain/typed_day.h"

#include <algorithm>

namespace domain {
namespace {

void check_line(std::vector<Fault> &faults, std::string_view field, std::string_view missing, const std::string &text,
                std::size_t most) {
    if (text.empty())
        faults.push_back({std::string(field), missing});
    else if (const std::size_t size = characters(text); size > most)
        faults.push_back({std::string(field), "fault.too_long", most, size - most});
}

void check_days(std::vector<Fault> &faults, const PostForm &form, base::Day today, WantedPost &wanted) {
    const auto from = typed_day(form.from), until = typed_day(form.until);
    if (!from)
        faults.push_back({"from", "fault.officers.from"});
    if (!until)
        faults.push_back({"until", "fault.officers.until"});
    if (!from || !until)
        return;
    wanted.from = *from;
    wanted.until = *until;
    if (*until < *from)
        faults.push_back({"until", "fault.officers.until_before"});
    else if (*until < today)
        faults.push_back({"until", "fault.officers.until_past"});
    else if (until->number - from->number > longest_post_days)
        faults.push_back({"until", "fault.officers.until_far"});
}

} // namespace

std::string canonical_login(std::string_view typed) {
    std::string out = clean_line(typed);
    std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

bool is_login(std::string_view login) {
    return login.size() >= 2 && login.size() <= most_login && login.front() != '-' &&
           login.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_.") == login.npos;
}

std::vector<Fault> faults_of(const PostForm &form, base::Day today, WantedPost &wanted) {
    std::vector<Fault> out;
    if (const auto post = post_from(form.post))
        wanted.post = *post;
    else
        out.push_back({"post", "fault.officers.post"});
    if (const auto capacity = capacity_from(form.capacity))
        wanted.capacity = *capacity;
    else
        out.push_back({"capacity", "fault.officers.capacity"});
    wanted.order = clean_line(form.order);
    check_line(out, "order", "fault.officers.order", wanted.order, most_order);
    check_days(out, form, today, wanted);
    return out;
}

std::vector<Fault> faults_of(const AccountForm &form, base::Day today, WantedPost &wanted) {
    std::vector<Fault> out;
    const std::string login = canonical_login(form.login);
    if (login.size() > most_login)
        out.push_back({"login", "fault.too_long", most_login, login.size() - most_login});
    else if (!is_login(login))
        out.push_back({"login", "fault.officers.login"});
    check_line(out, "name", "fault.officers.name", clean_line(form.name), most_name);
    auto post = faults_of(form.post, today, wanted);
    const bool no_post = std::ranges::any_of(post, [](const Fault &fault) { return fault.field == "post"; });
    if (!no_post && mixes_apart(std::span(&wanted.post, 1), form.rights))
        out.push_back({"rights", "fault.officers.apart"});
    out.insert(out.end(), post.begin(), post.end());
    return out;
}

bool mixes_apart(std::span<const Post> posts, const Certified &rights) {
    const bool apart = std::ranges::any_of(posts, stays_apart);
    const bool reads = rights.reading || rights.custody || rights.vouching ||
                       std::ranges::any_of(posts, [](Post post) { return !stays_apart(post); });
    return apart && reads;
}

} // namespace domain
