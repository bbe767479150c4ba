// Redeeming an invitation: nobody is signed in yet.
#pragma once

#include "service/usecases/officer/joining.h"
#include "web/pages/officer/frame.h"

namespace pages {

inline constexpr std::string_view join_path = "/join";

http::Response join_page(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response join_post(OfficerRequest &page, http::Request &request, const http::Captures &);

struct JoinForm {
    std::string door;
    std::string code; // as typed; it stays typed, a passphrase never does
    std::vector<domain::Fault> faults;
    std::string notice;                     // catalogue key
    std::optional<usecases::Invited> whose; // the code holds: the passphrase is asked for
    bool own = false; // an own passphrase was chosen
    bool joined = false;
};
http::Response render_join(const Site &site, Frame frame, const JoinForm &form, unsigned status = 200);

} // namespace pages
