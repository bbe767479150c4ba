// Hands one mail to a server by SMTP over TLS, with libcurl: the one file that knows it. The server's certificate is
// checked against its name; without TLS nothing is said to it, not even whose mail it is.
#pragma once

#include "service/ports/mail.h"

#include <atomic>
#include <memory>
#include <string>

namespace runtime {

struct MailLimits {
    long connect_seconds = 10, whole_seconds = 30; // of one mail
};

// One thread sends; any may stop it.
class CurlMail final : public ports::MailSender {
public:
    // `authorities`: a PEM file of the authorities that are believed; empty: the system's.
    explicit CurlMail(std::string authorities, MailLimits limits = {});
    ~CurlMail() override;
    CurlMail(const CurlMail &) = delete;
    CurlMail &operator=(const CurlMail &) = delete;

    // Mails that follow one another to one server go through one connection.
    std::expected<void, ports::MailFailure> send(const domain::MailServer &server, std::string_view from,
                                                 std::string_view to, std::string_view mail) override;
    // What is being sent ends within a second with MailFailure::stopped, and so does everything after it. A look-up of
    // a name that hangs is waited for.
    void stop() { stopped_ = true; }
    void forget_connection(); // nothing more is to be sent for a while

private:
    struct Handle;
    const std::string authorities_;
    const MailLimits limits_;
    std::atomic<bool> stopped_ = false;
    std::unique_ptr<Handle> handle_;
};

} // namespace runtime
