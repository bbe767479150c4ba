// The handling line of a small agency, one person in each post, for tests of the domain rules.
#pragma once

#include "service/domain/workflow.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace domain_test {

using namespace domain;
using base::OfficerId;

inline OfficerId person(base::Byte number) {
    base::Array<16> bytes{};
    bytes[0] = number;
    return OfficerId(bytes);
}

inline const OfficerId legal = person(1), head = person(2), clerk = person(3), executive = person(4), outside = person(5),
                       nobody = person(99);

inline std::vector<Holder> line() {
    return {{legal, Post::legal_officer, "นางสาวสุดา ใจซื่อ", true, false},
            {head, Post::head_office, "นายสมชาย ใจดี", true, false},
            {clerk, Post::clerk, "นางวิไล รักษ์ธรรม", true, true},
            {executive, Post::executive, "นายประเสริฐ มั่นคง", true, false},
            {outside, Post::outside_officer, "Mrs. Jane Doe", true, true}};
}

inline std::vector<OfficerId> ids(std::span<const Holder> holders) {
    std::vector<OfficerId> out;
    for (const Holder &holder : holders)
        out.push_back(holder.officer);
    return out;
}

inline bool has(std::span<const OfficerId> list, OfficerId id) { return std::ranges::find(list, id) != list.end(); }

// Every subset of people, the empty one first.
template <class Check>
void for_each_subset(std::span<const OfficerId> people, Check check) {
    for (unsigned bits = 0; bits < 1U << people.size(); ++bits) {
        std::vector<OfficerId> chosen;
        for (std::size_t i = 0; i < people.size(); ++i)
            if (bits >> i & 1U)
                chosen.push_back(people[i]);
        SCOPED_TRACE("subset " + std::to_string(bits));
        check(chosen);
    }
}

} // namespace domain_test
