// Signing in and out, signing in again for an act that demands it, and what keeps a form meanwhile (see kept.h).
#pragma once

#include "web/pages/officer/kept.h"

namespace pages {

inline constexpr std::string_view session_cookie = "__Host-sucharit", known_cookie = "__Host-sucharit-known";

std::string session_cookie_field(std::string_view value); // the whole Set-Cookie of a session

http::Response login_page(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response login(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response login_again(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response logout(OfficerRequest &page, http::Request &request, const http::Captures &);

enum class LoginSays { nothing, wrong, busy, ended, expired, kept, files, stale };
struct LoginForm {
    LoginSays says = LoginSays::nothing;
    std::string login{}, door{}; // as typed; the hidden field of door.h
    std::optional<Kept> kept{};
};
http::Response render_login(const Site &site, Frame frame, const LoginForm &form, unsigned status = 200);
http::Response render_again(const Site &site, Frame frame, const Viewer &viewer, LoginSays says,
                            const std::optional<Kept> &kept, unsigned status = 403);
// The texts of a form that could not be taken because of a failure, to be copied.
http::Response render_typed(const Site &site, Frame frame, const http::Form &typed, unsigned status);
// 503 for a sign-in that found no place: the login stays typed, the passphrase never comes back in a page.
std::optional<http::Response> login_kept(const Site &site, const http::Request &request, unsigned status);
// 5xx for a form of a case: what was typed, and that nothing was recorded. Nothing when there is no such form.
std::optional<http::Response> case_kept(const Site &site, const http::Request &request, unsigned status);

// For an act that demands a recent sign-in (usecases::RecentlySignedIn) when the last one is too long ago: asks for passphrase
// and code above the form that was sent. Afterwards the form is given back, not carried out.
http::Response ask_to_sign_in_again(OfficerRequest &page, const http::Request &request);

// For a request on an officer's route without a session: the sign-in, above what was typed.
http::Response not_signed_in(OfficerRequest &page, const http::Request &request);

} // namespace pages
