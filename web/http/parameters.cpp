#include "web/http/parameters.h"

#include "web/http/request_parts.h"
#include "web/http/text.h"

namespace http {
namespace {

constexpr std::size_t most_parameters = 8;

bool is_value(std::string_view text) {
    const auto slash = text.find('/');
    return slash == text.npos ? is_token(text) : is_token(text.substr(0, slash)) && is_token(text.substr(slash + 1));
}

// Takes the value at the front, quoted or not.
std::optional<std::string_view> take_value(std::string_view &text) {
    std::string_view out;
    if (text.starts_with('"')) {
        const auto end = text.find('"', 1);
        if (end == text.npos) return std::nullopt;
        out = text.substr(1, end - 1);
        text.remove_prefix(end + 1);
    } else {
        out = text.substr(0, text.find_first_of("; \t"));
        if (!is_token(out)) return std::nullopt;
        text.remove_prefix(out.size());
    }
    text = trimmed(text);
    return out;
}

} // namespace

std::optional<std::string_view> Parameters::get(std::string_view name) const {
    for (const auto &[its_name, its_value] : named)
        if (lower(its_name) == name) return its_value;
    return std::nullopt;
}

std::optional<Parameters> parse_parameters(std::string_view text) {
    Parameters out;
    const auto end = text.find(';');
    out.value = trimmed(text.substr(0, end));
    if (!is_value(out.value)) return std::nullopt;
    text = end == text.npos ? std::string_view{} : trimmed(text.substr(end));
    while (!text.empty()) {
        if (!text.starts_with(';')) return std::nullopt;
        text = trimmed(text.substr(1));
        const auto name = text.substr(0, text.find('='));
        if (!is_token(name) || name.size() == text.size() || out.get(lower(name)) || out.named.size() == most_parameters)
            return std::nullopt;
        text.remove_prefix(name.size() + 1);
        const auto value = take_value(text);
        if (!value) return std::nullopt;
        out.named.emplace_back(name, *value);
    }
    return out;
}

} // namespace http
