// Reminders by mail: the admins' settings with a test, and each officer's own address. No page shows anybody else's
// address, and none the password of the mail server.
#pragma once

#include "service/domain/reminder.h"
#include "service/usecases/officer/mail.h"
#include "web/pages/officer/frame.h"

namespace pages {

http::Response mail_page(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response mail_change(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response mail_test(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response mail_done(OfficerRequest &page, http::Request &request, const http::Captures &captures);
http::Response mail_address_page(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response mail_address_done(OfficerRequest &page, http::Request &request,
                                 const http::Captures &); // the account, saying so
http::Response mail_address_change(OfficerRequest &page, http::Request &request, const http::Captures &);

// In both languages, one below the other: what everybody gets. `address`: of the officers' face.
domain::ReminderText reminder_text(const Site &site, std::string_view address);

// What the views show; see samples.
struct MailFormShown {
    domain::MailForm typed;
    std::vector<domain::Fault> faults{};
    std::string_view notice{}, done{}; // catalogue keys, or empty
};
http::Response render_mail(const Site &site, Frame frame, const Viewer &viewer, const usecases::MailView &shown,
                           const MailFormShown &form, unsigned status = 200);
struct MailAddressForm {
    std::string typed;
    std::vector<domain::Fault> faults{};
};
http::Response render_mail_address(const Site &site, Frame frame, const Viewer &viewer, const MailAddressForm &form,
                                   unsigned status = 200);

} // namespace pages
