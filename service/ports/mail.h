// Mail: its settings, officers' addresses, the day's reminders that are still to be sent, and who sends one.
#pragma once

#include "service/domain/mail_settings.h"
#include "service/ports/rows.h"

namespace ports {

// What went wrong with the sending, as an admin can be told: never a server's words, which may hold an address.
enum class MailFailure : std::uint8_t {
    unreachable = 1, // no such host, or nobody answers there
    timeout = 2,
    no_tls = 3,      // the server offers none, or none that is good enough: nothing was said to it
    certificate = 4, // it is not this server's, or of nobody known: nothing was said to it
    login = 5,       // user or password
    refused = 6,     // this mail or its receiver
    broken = 7,      // the connection ended early, or what was answered is no SMTP
    stopped = 8,     // the program ends
};
inline constexpr MailFailure mail_failures[] = {MailFailure::unreachable, MailFailure::timeout, MailFailure::no_tls,
                                                MailFailure::certificate, MailFailure::login,   MailFailure::refused,
                                                MailFailure::broken,      MailFailure::stopped};
std::string_view id(MailFailure failure); // catalogue key "mail.failure.<id>"

class MailSender {
public:
    virtual ~MailSender() = default;
    // Returns within bounded time. Success: the server has taken the mail.
    virtual std::expected<void, MailFailure> send(const domain::MailServer &server, std::string_view from,
                                                  std::string_view to, std::string_view mail) = 0;
};

struct MailAddressRow {
    base::OfficerId officer;
    Bytes sealed;
};

struct ReminderRow {
    base::OfficerId officer;
    Array<16> message{}; // of its Message-ID, the same at every try
};

// How the sending stands, readable without any key.
struct MailStanding {
    std::optional<Day> last_day;        // whose reminders were begun
    std::uint64_t waiting = 0;          // of them, not sent yet
    std::optional<MailFailure> failure; // of the last round, when it failed
};

class MailReads {
public:
    virtual ~MailReads() = default;
    virtual base::Result<std::optional<Bytes>> settings() = 0; // sealed
    virtual base::Result<std::optional<Bytes>> address(base::OfficerId officer) = 0;
    virtual base::Result<std::vector<MailAddressRow>> addresses() = 0;
    virtual base::Result<MailStanding> standing() = 0;
    virtual base::Result<std::vector<ReminderRow>> waiting() = 0; // in the order of their random ids
};

class MailWrites {
public:
    virtual ~MailWrites() = default;
    // `forget`: what waits to be sent, and how the last round went, are dropped. Code::conflict: the settings are not
    // `as_read` any more.
    virtual base::Result<> set_settings(const std::optional<Bytes> &as_read, Bytes sealed, bool forget,
                                        crypto::AuditEntry entry) = 0;
    virtual base::Result<> set_address(base::OfficerId officer, std::optional<Bytes> sealed,
                                       crypto::AuditEntry entry) = 0;
    // The reminders of a day, in place of what is left of an earlier one. Code::conflict: those of that day were begun
    // before.
    virtual base::Result<> begin_day(Day day, std::vector<ReminderRow> rows) = 0;
    virtual base::Result<> sent(const ReminderRow &row) = 0;
    virtual base::Result<> round_ended(std::optional<MailFailure> failure) = 0;
};

} // namespace ports
