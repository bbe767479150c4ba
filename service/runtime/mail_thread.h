// The thread that sends mail, beside all lanes: nothing that a page does waits for a mail server.
#pragma once

#include "service/runtime/curl_mail.h"
#include "service/runtime/settings.h"
#include "service/usecases/officer/reminders.h"
#include "storage/store.h"

#include <filesystem>
#include <thread>

namespace runtime {

// The file that mail.authorities names, relative to the data folder; empty: the system's authorities.
std::string mail_authorities(const std::filesystem::path &folder, const Settings &settings);
// Where officers sign in, as the reminder says it.
std::string officers_address(const Settings &settings, std::uint16_t port);

class MailThread {
public:
    struct Uses {
        storage::Store &store;
        const crypto::InstanceKeys &keys;
        const base::Clock &clock;
        usecases::Agency &agency;
        const usecases::CurrentProfile &profile;
        usecases::MailDesk &desk;
        std::function<domain::ReminderText()> text;
    };
    MailThread(Uses uses, std::string authorities);
    ~MailThread(); // ends what is being sent; it is sent again after the next start
    MailThread(const MailThread &) = delete;
    MailThread &operator=(const MailThread &) = delete;

private:
    void run();
    const Uses uses_;
    CurlMail sender_;
    std::thread thread_;
};

} // namespace runtime
