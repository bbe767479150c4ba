// As what somebody acted. It stands, signed, in every move and answer, and names the appointments: history stays right when
// posts change later.
#pragma once

#include "service/domain/posts.h"

namespace domain {

struct ActedAs {
    base::AppointmentId appointment;
    Post post = Post::legal_officer; // the post acted in, or acted for
    Capacity capacity = Capacity::holder;
    std::string order;          // number of the written order that gives it
    std::optional<Post> own{};  // of who acts for another
    bool operator==(const ActedAs &) const = default;
};

// All seats that stand in one of the posts: who holds two that are needed signs once and is recorded as both.
std::vector<ActedAs> acted_as(std::span<const Seat> seats, std::span<const Post> posts);

std::string to_json(std::span<const ActedAs> list);
base::Result<std::vector<ActedAs>> acted_as_from_json(std::string_view json);

} // namespace domain
