// Signing in and out, and the page that keeps what was typed when a session has ended meanwhile.
#pragma once

#include "web/http/form.h"
#include "web/pages/officer/frame.h"

namespace pages {

inline constexpr std::string_view session_cookie = "__Host-sucharit";

http::Response login_page(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response login(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response logout(OfficerRequest &page, http::Request &request, const http::Captures &);

enum class LoginSays { nothing, wrong, busy, ended, expired };
http::Response render_login(const Site &site, Frame frame, std::string_view login, LoginSays says, unsigned status = 200);
http::Response render_expired(const Site &site, const Frame &frame, const http::Form &typed);

// For a request on an officer's route without a session: the login page, or what was typed.
http::Response not_signed_in(const Site &site, const http::Request &request, bool had_session);

} // namespace pages
