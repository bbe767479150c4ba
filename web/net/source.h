// Whom a connection comes from, as far as taking turns needs it.
#pragma once

#include <cstdint>

namespace net {

// A keyed hash of the client's network (its address; the first 56 bits of an IPv6 one), under a key that lives in
// memory for an hour. It tells only whether two connections come from one network, and is never logged, stored or shown
// to a handler.
enum class Source : std::uint64_t {};

} // namespace net
