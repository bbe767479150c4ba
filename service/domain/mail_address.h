// Addresses of electronic mail and names of mail servers: the one reader of both. What it lets through stands in
// headers and commands as it is, so nothing in it can end a line or begin another header.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace domain {

// "nitikorn@example.go.th": letters, digits and ._+- before the @, a name of at least two parts behind it, in small
// letters there. Narrower than RFC 5321 allows: no quotes, no comments, no addresses of machines. Blanks around it are
// dropped.
std::optional<std::string> mail_address(std::string_view typed);
std::string_view mail_domain(std::string_view address); // what stands behind the @

// "mail.example.go.th", "localhost", "192.0.2.1": a host's name or numeric address, in small letters.
std::optional<std::string> mail_host(std::string_view typed);

} // namespace domain
