#include "service/domain/emblem.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace domain {
namespace {

struct Type {
    std::string_view type, ending;
};
constexpr std::array types = {Type{"image/png", ".png"}, Type{"image/jpeg", ".jpg"}};

const Type *find_type(std::string_view type) {
    const auto found = std::ranges::find(types, type, &Type::type);
    return found == types.end() ? nullptr : &*found;
}

std::string_view take_word(std::string_view &line) {
    const auto word = line.substr(0, line.find(' '));
    line.remove_prefix(std::min(word.size() + 1, line.size()));
    return word;
}

bool take(std::string_view &line, base::Array<32> &out) {
    const auto bytes = base::from_hex(take_word(line));
    if (!bytes || bytes->size() != out.size())
        return false;
    std::ranges::copy(*bytes, out.begin());
    return true;
}

} // namespace

std::string_view emblem_ending(std::string_view type) {
    const Type *const known = find_type(type);
    return known ? known->ending : "";
}

std::string to_line(const Emblem &emblem) {
    const std::string sealed = emblem.id.text() + ' ' + base::hex(emblem.key) + ' ' + base::hex(emblem.digest);
    return sealed + ' ' + std::string(emblem.type) + ' ' + std::to_string(emblem.length);
}

std::optional<Emblem> emblem_from(std::string_view line) {
    Emblem out;
    std::string_view rest = line;
    const auto id = base::ObjectId::from_text(take_word(rest));
    if (!id || !take(rest, out.key) || !take(rest, out.digest))
        return std::nullopt;
    const Type *const type = find_type(take_word(rest));
    const auto [end, broken] = std::from_chars(rest.data(), rest.data() + rest.size(), out.length);
    if (!type || broken != std::errc{} || out.length < 1 || out.length > max_emblem)
        return std::nullopt;
    out.id = *id;
    out.type = type->type;
    return to_line(out) == line ? std::optional(out) : std::nullopt;
}

} // namespace domain
