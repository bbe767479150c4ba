// Signing in and out, and the page that keeps what was typed when a session has ended meanwhile.
#pragma once

#include "web/http/form.h"
#include "web/pages/officer/frame.h"

namespace pages {

inline constexpr std::string_view session_cookie = "__Host-sucharit", known_cookie = "__Host-sucharit-known";

http::Response login_page(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response login(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response logout(OfficerRequest &page, http::Request &request, const http::Captures &);

enum class LoginSays { nothing, wrong, busy, ended, expired };
http::Response render_login(const Site &site, Frame frame, std::string_view login, LoginSays says,
                            unsigned status = 200);
// The texts of a form that could not be taken, to be copied: 403 when the session has ended, else a failure.
http::Response render_typed(const Site &site, Frame frame, const http::Form &typed, unsigned status);
// 503 for a sign-in that found no place: the login stays typed, the passphrase never comes back in a page.
std::optional<http::Response> login_kept(const Site &site, const http::Request &request, unsigned status);
// 5xx for a form of a case: what was typed, and that nothing was recorded. Nothing when there is no such form.
std::optional<http::Response> case_kept(const Site &site, const http::Request &request, unsigned status);

// For an act that demands a recent sign-in (usecases::RecentlySignedIn) when the last one is too long ago: asks for it again,
// with the form kept.
http::Response ask_to_sign_in_again(OfficerRequest &page, const http::Request &request);

// For a request on an officer's route without a session: the login page, or what was typed.
http::Response not_signed_in(const Site &site, const http::Request &request, bool had_session);

} // namespace pages
