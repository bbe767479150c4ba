// Addresses that officers type and stand in headers and commands, and the stored settings of the mail: nothing in them
// can end a line, and what is read is what the form would take.
#include "service/domain/mail_address.h"
#include "service/domain/mail_settings.h"
#include "service/domain/reminder.h"
#include "tests/fuzz/target.h"
#include "web/http/text.h"

#include <algorithm>

namespace {

using fuzz::demand;

bool is_plain(std::string_view text, std::string_view marks) {
    return std::ranges::all_of(text, [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               marks.find(c) != marks.npos;
    });
}

void check_address(const std::string &address) {
    demand(address.size() <= 254 && std::ranges::count(address, '@') == 1);
    const auto at = address.find('@');
    const std::string_view local = std::string_view(address).substr(0, at), host = domain::mail_domain(address);
    demand(!local.empty() && local.size() <= 64 && is_plain(local, "._+-"));
    demand(host.find('.') != host.npos && is_plain(host, ".-") && host.find("..") == host.npos && host.front() != '.' &&
           host.back() != '.');
    demand(domain::mail_address(address) == address);
    const std::string mail = domain::reminder_mail({"subject", "body"}, address, address, {20000}, 8, {});
    std::size_t lines = 0;
    for (auto end = mail.find("\r\n"); end != mail.npos; end = mail.find("\r\n", end + 2))
        ++lines;
    demand(lines == 11 &&
           static_cast<std::size_t>(std::ranges::count(mail, '\n')) == lines); // nine headers, a blank line, the body
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string_view typed = fuzz::text(data, size);
    if (!http::is_utf8(typed)) return 0; // a form refuses it
    if (const auto address = domain::mail_address(typed)) check_address(*address);
    if (const auto host = domain::mail_host(typed)) demand(is_plain(*host, ".-") && domain::mail_host(*host) == host);
    if (const auto settings = domain::mail_settings_from_json(typed)) {
        check_address(settings->sender);
        demand(domain::to_json(*settings) == typed && settings->server.port > 0);
        demand(settings->server.password.find_first_of("\r\n") == std::string::npos &&
               settings->server.user.find_first_of("\r\n") == std::string::npos);
        auto form = domain::form_of(*settings);
        demand(form.password.empty());
        const auto again = domain::check_mail(form, *settings);
        demand(again && *again == *settings); // the password stays
    }
    return 0;
}
