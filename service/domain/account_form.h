// What an admin types of an account and of a post, and what is wrong with it.
#pragma once

#include "service/domain/fault.h"
#include "service/domain/posts.h"

#include <vector>

namespace domain {

struct PostForm {
    std::string post, capacity, order, from, until; // ids of the tables, days as typed
};
struct AccountForm {
    std::string login, name;
    Certified rights;
    PostForm post;
};

struct WantedPost {
    Post post = Post::legal_officer;
    Capacity capacity = Capacity::holder;
    std::string order;
    base::Day from, until;
};

inline constexpr std::size_t most_login = 32, most_name = 60, most_order = 60; // characters
inline constexpr int longest_post_days = 10 * 366;

std::string canonical_login(std::string_view typed); // small letters, no blanks around
bool is_login(std::string_view canonical);           // 2 to 32 of a-z, digits, dot and dashes

// In the order of the form; `wanted` is whole when there are none.
std::vector<Fault> faults_of(const PostForm &form, base::Day today, WantedPost &wanted);
std::vector<Fault> faults_of(const AccountForm &form, base::Day today, WantedPost &wanted);

// Whoever reads cases, keeps identities or vouches holds no post that stays apart, and the other way round.
bool mixes_apart(std::span<const Post> posts, const Certified &rights);

} // namespace domain
