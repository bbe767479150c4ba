#include "service/domain/acted_as.h"

#include <boost/json.hpp>

#include <algorithm>

namespace domain {
namespace {

namespace json = boost::json;

std::optional<std::string_view> text_of(const json::object &object, std::string_view name) {
    const auto *value = object.if_contains(name);
    if (!value || !value->is_string())
        return std::nullopt;
    return std::string_view(value->get_string());
}

std::optional<ActedAs> one_from(const json::value &value) {
    const auto *object = value.if_object();
    if (!object)
        return std::nullopt;
    const auto appointment = text_of(*object, "appointment"), post = text_of(*object, "post"),
               capacity = text_of(*object, "capacity"), order = text_of(*object, "order");
    if (!appointment || !post || !capacity || !order)
        return std::nullopt;
    const auto id = base::AppointmentId::from_text(*appointment);
    const auto known_post = post_from(*post);
    const auto known_capacity = capacity_from(*capacity);
    if (!id || !known_post || !known_capacity)
        return std::nullopt;
    ActedAs out{*id, *known_post, *known_capacity, std::string(*order)};
    if (object->contains("own")) {
        const auto own = text_of(*object, "own");
        out.own = own ? post_from(*own) : std::nullopt;
        if (!out.own)
            return std::nullopt;
    }
    return out;
}

} // namespace

std::vector<ActedAs> acted_as(std::span<const Seat> seats, std::span<const Post> posts) {
    std::vector<ActedAs> out;
    const auto own = std::ranges::find(seats, Capacity::holder, &Seat::capacity);
    for (const Seat &seat : seats) {
        if (std::ranges::find(posts, seat.post) == posts.end())
            continue;
        ActedAs one{seat.appointment, seat.post, seat.capacity, seat.order};
        if (seat.capacity != Capacity::holder && own != seats.end())
            one.own = own->post;
        out.push_back(std::move(one));
    }
    return out;
}

std::string to_json(std::span<const ActedAs> list) {
    json::array out;
    for (const ActedAs &one : list) {
        json::object object{{"appointment", one.appointment.text()},
                            {"post", id(one.post)},
                            {"capacity", id(one.capacity)},
                            {"order", one.order}};
        if (one.own)
            object["own"] = id(*one.own);
        out.push_back(std::move(object));
    }
    return json::serialize(out);
}

base::Result<std::vector<ActedAs>> acted_as_from_json(std::string_view text) {
    boost::system::error_code broken;
    const auto parsed = json::parse(text, broken);
    const auto *list = broken ? nullptr : parsed.if_array();
    if (!list)
        return base::fail(base::Code::invalid, "reading as what somebody acted");
    std::vector<ActedAs> out;
    for (const auto &value : *list) {
        auto one = one_from(value);
        if (!one)
            return base::fail(base::Code::invalid, "reading as what somebody acted");
        out.push_back(std::move(*one));
    }
    return out;
}

} // namespace domain
