#include "service/domain/mail_address.h"

#include "service/domain/text.h"

#include <algorithm>

namespace domain {
namespace {

constexpr std::size_t most_local = 64, most_host = 253, most_label = 63,
                      most_address = 254; // RFC 5321, 4.5.3.1, and RFC 1035

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_label(std::string_view label) {
    return !label.empty() && label.size() <= most_label && label.front() != '-' && label.back() != '-' &&
           std::ranges::all_of(label, [](char c) { return is_letter(c) || is_digit(c) || c == '-'; });
}

// The number of its labels; 0: no name of a host.
std::size_t labels_of(std::string_view host) {
    if (host.size() > most_host) return 0;
    for (std::size_t count = 1;; ++count) {
        const auto dot = host.find('.');
        if (!is_label(host.substr(0, dot))) return 0;
        if (dot == host.npos) return count;
        host.remove_prefix(dot + 1);
    }
}

bool is_local(std::string_view local) {
    return !local.empty() && local.size() <= most_local && local.front() != '.' && local.back() != '.' &&
           local.find("..") == local.npos && std::ranges::all_of(local, [](char c) {
               return is_letter(c) || is_digit(c) || std::string_view("._+-").contains(c);
           });
}

std::string small(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

} // namespace

std::optional<std::string> mail_address(std::string_view typed) {
    const std::string line = clean_line(typed);
    const auto at = line.find('@');
    if (at == line.npos || line.size() > most_address) return std::nullopt;
    const std::string_view local = std::string_view(line).substr(0, at), host = std::string_view(line).substr(at + 1);
    const bool is_machine = is_digit(host.empty() ? '0' : host.back()); // no domain of the internet ends with a digit
    if (!is_local(local) || labels_of(host) < 2 || is_machine) return std::nullopt;
    return std::string(local) + "@" + small(host);
}

std::string_view mail_domain(std::string_view address) { return address.substr(address.find('@') + 1); }

std::optional<std::string> mail_host(std::string_view typed) {
    const std::string line = clean_line(typed);
    return labels_of(line) > 0 ? std::optional(small(line)) : std::nullopt;
}

} // namespace domain
