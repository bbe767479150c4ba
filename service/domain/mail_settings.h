// By which server and when reminders are sent, as an admin types it and as it is stored.
#pragma once

#include "crypto/base/result.h"
#include "service/domain/fault.h"

#include <expected>
#include <optional>
#include <vector>

namespace domain {

// There is no third: nothing is ever sent without TLS.
enum class MailTls : std::uint8_t {
    implicit = 1, // TLS from the first byte (RFC 8314), port 465
    starttls = 2, // asked for before anything else is said, port 587; a server that does not offer it gets nothing
};

struct MailServer {
    std::string host; // as mail_host() gives it
    std::uint16_t port = 465;
    MailTls tls = MailTls::implicit;
    std::string user, password; // no user: the server asks for none
    bool operator==(const MailServer &) const = default;
};

struct MailSettings {
    bool on = false;
    MailServer server;
    std::string sender; // as mail_address() gives it
    int hour = 8;       // of each working day
    bool operator==(const MailSettings &) const = default;
};

inline constexpr int first_mail_hour = 6, last_mail_hour = 16;
inline constexpr std::size_t most_mail_user = 128, most_mail_password = 128; // characters, bytes

// As typed; `tls` is "implicit" or "starttls".
struct MailForm {
    bool on = false;
    std::string host, port, tls, user, password, sender, hour;
};
MailForm form_of(const MailSettings &settings); // without the password

// Every fault at once. An empty password stays the present one, where host, port and user are the present ones: an
// admin who points the program at another server must know the password to have it sent there. Fields: mail_host,
// mail_port, mail_tls, mail_user, mail_secret (the password), mail_sender, mail_hour. Keys: fault.mail.host,
// fault.mail.port, fault.mail.tls, fault.mail.secret, fault.mail.secret_again, fault.mail.sender, fault.mail.hour,
// fault.too_long.
std::expected<MailSettings, std::vector<Fault>> check_mail(const MailForm &typed,
                                                           const std::optional<MailSettings> &present);

// The document that is sealed. Strict in reading: another shape, or a value that the check would refuse, is
// Code::invalid.
std::string to_json(const MailSettings &settings);
base::Result<MailSettings> mail_settings_from_json(std::string_view json);

} // namespace domain
