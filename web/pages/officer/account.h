// /account: passphrase, second factor, recovery code, sessions and keys of whoever is signed in; /recover for who cannot sign in.
#pragma once

#include "service/usecases/officer/account.h"
#include "web/pages/officer/frame.h"

namespace pages {

http::Response account_page(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response passphrase_page(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response passphrase_change(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response recovery_page(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response recovery_make(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response second_factor_page(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response second_factor_set(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response sessions_end(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response keys_page(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response keys_rotate(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response recover_page(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response recover_send(OfficerRequest &page, http::Request &request, const http::Captures &);

// What the views show; see samples.
struct AccountView {
    bool second_factor = false, recovery = false;
    std::string mail_address{}; // empty: none
    struct Session {
        std::string id; // hex
        base::Seconds started = 0, last_used = 0;
        bool mine = false;
    };
    std::vector<Session> sessions;
    std::string notice;        // catalogue key
    std::string fingerprint{}; // of who is not vouched for yet
};
struct AccountForm {
    std::vector<domain::Fault> faults;
    bool own = false;  // an own passphrase was chosen
    std::string login; // of /recover, as typed
    std::string door;
    std::string notice;    // catalogue key
    bool replaces = false; // there is a second factor already
};
http::Response render_account(const Site &site, Frame frame, const Viewer &viewer, const AccountView &account);
http::Response render_passphrase(const Site &site, Frame frame, const Viewer &viewer, const AccountForm &form, unsigned status = 200);
http::Response render_recovery(const Site &site, Frame frame, const Viewer &viewer, const AccountForm &form, unsigned status = 200);
http::Response render_second_factor(const Site &site, Frame frame, const Viewer &viewer, const crypto::TotpSecret &secret,
                                    std::string_view login, const AccountForm &form, unsigned status = 200);
http::Response render_keys_new(const Site &site, Frame frame, const Viewer &viewer, bool can, const AccountForm &form,
                               unsigned status = 200);
// `viewer`: nobody after a recovery. `done_key`: what was done.
http::Response render_recovery_code(const Site &site, Frame frame, const Viewer *viewer, std::string_view code,
                                    std::string_view done_key);
http::Response render_recover(const Site &site, Frame frame, const AccountForm &form, unsigned status = 200);

} // namespace pages
