#include "service/domain/mail_settings.h"

#include "service/domain/mail_address.h"
#include "service/domain/text.h"

#include <boost/json.hpp>

#include <algorithm>
#include <charconv>

namespace domain {
namespace {

namespace json = boost::json;

constexpr const char *document_fault = "reading the settings of the mail";

std::optional<int> number_between(int low, int high, const std::string &typed) {
    const std::string line = clean_line(typed);
    int out = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), out);
    const bool whole = error == std::errc{} && end == line.data() + line.size() && !line.empty();
    return whole && out >= low && out <= high ? std::optional(out) : std::nullopt;
}

std::optional<MailTls> tls_from(std::string_view id) {
    if (id == "implicit") return MailTls::implicit;
    return id == "starttls" ? std::optional(MailTls::starttls) : std::nullopt;
}

// As it was chosen, letter by letter; only what a server could take for the end of a line is refused.
bool is_password(std::string_view typed) {
    return typed.size() <= most_mail_password &&
           std::ranges::none_of(typed, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

void check_password(const MailForm &typed, const std::optional<MailSettings> &present, MailServer &server,
                    std::vector<Fault> &faults) {
    const bool same = present && present->server.host == server.host && present->server.port == server.port &&
                      present->server.user == server.user;
    if (server.user.empty()) return; // none is needed, and none is kept
    if (!is_password(typed.password))
        faults.push_back({"mail_secret", "fault.mail.secret"});
    else if (!typed.password.empty())
        server.password = typed.password;
    else if (same)
        server.password = present->server.password;
    else
        faults.push_back({"mail_secret", "fault.mail.secret_again"});
}

} // namespace

MailForm form_of(const MailSettings &settings) {
    const MailServer &server = settings.server;
    return {settings.on,
            server.host,
            std::to_string(server.port),
            server.tls == MailTls::implicit ? "implicit" : "starttls",
            server.user,
            "",
            settings.sender,
            std::to_string(settings.hour)};
}

std::expected<MailSettings, std::vector<Fault>> check_mail(const MailForm &typed,
                                                           const std::optional<MailSettings> &present) {
    std::vector<Fault> faults;
    MailSettings out;
    out.on = typed.on;
    const auto host = mail_host(typed.host), sender = mail_address(typed.sender);
    const auto port = number_between(1, 65535, typed.port),
               hour = number_between(first_mail_hour, last_mail_hour, typed.hour);
    const auto tls = tls_from(typed.tls);
    if (!host) faults.push_back({"mail_host", "fault.mail.host"});
    if (!port) faults.push_back({"mail_port", "fault.mail.port"});
    if (!tls) faults.push_back({"mail_tls", "fault.mail.tls"});
    out.server = {host.value_or(""), static_cast<std::uint16_t>(port.value_or(0)), tls.value_or(MailTls::implicit),
                  clean_line(typed.user), ""};
    if (const std::size_t size = characters(out.server.user); size > most_mail_user)
        faults.push_back({"mail_user", "fault.too_long", most_mail_user, size - most_mail_user});
    check_password(typed, present, out.server, faults);
    if (!sender) faults.push_back({"mail_sender", "fault.mail.sender"});
    if (!hour) faults.push_back({"mail_hour", "fault.mail.hour"});
    if (!faults.empty()) return std::unexpected(std::move(faults));
    out.sender = *sender;
    out.hour = *hour;
    return out;
}

std::string to_json(const MailSettings &settings) {
    const MailForm form = form_of(settings);
    return json::serialize(json::object{{"on", form.on},
                                        {"host", form.host},
                                        {"port", form.port},
                                        {"tls", form.tls},
                                        {"user", form.user},
                                        {"password", settings.server.password},
                                        {"sender", form.sender},
                                        {"hour", form.hour}});
}

base::Result<MailSettings> mail_settings_from_json(std::string_view text) {
    boost::system::error_code broken;
    const json::value parsed = json::parse(text, broken);
    const json::object *object = broken ? nullptr : parsed.if_object();
    if (!object) return base::fail(base::Code::invalid, document_fault);
    MailForm form;
    bool whole = object->size() == 8;
    const auto take = [&](std::string_view key, std::string &out) {
        const json::value *found = object->if_contains(key);
        whole = whole && found && found->is_string();
        if (whole) out.assign(found->get_string().data(), found->get_string().size());
    };
    take("host", form.host);
    take("port", form.port);
    take("tls", form.tls);
    take("user", form.user);
    take("password", form.password);
    take("sender", form.sender);
    take("hour", form.hour);
    const json::value *on = object->if_contains("on");
    if (!whole || !on || !on->is_bool()) return base::fail(base::Code::invalid, document_fault);
    form.on = on->get_bool();
    const auto checked = check_mail(form, std::nullopt);
    if (!checked || to_json(*checked) != text) return base::fail(base::Code::invalid, document_fault);
    return *checked;
}

} // namespace domain
