// The picture by which citizens recognise the agency: where its sealed file lies, and what opens it. One line of the
// table of agency_profile.h, so that check, stored document, differences and the second person are those of every other
// field. The key stands in the document because everybody may see the picture: it is sealed so that nothing on the disk
// tells its file from a reporter's.
#pragma once

#include "crypto/base/ids.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace domain {

struct Emblem {
    base::ObjectId id; // of its file, on the disk as well
    base::Array<32> key{}, digest{}; // digest: of the stored bytes
    std::string type;                // one that emblem_ending() knows
    std::uint64_t length = 0;        // 1 to max_emblem
    bool operator==(const Emblem &) const = default;
};
inline constexpr std::uint64_t max_emblem = 256 * 1024;

// The ending of a type that an emblem may have, empty for every other: pictures that a browser draws without running
// anything of them, and that can be cleaned. Never SVG.
std::string_view emblem_ending(std::string_view type);

std::string to_line(const Emblem &emblem);
std::optional<Emblem> emblem_from(std::string_view line); // what to_line() gives, and nothing else

} // namespace domain
