// A form that could not be taken because its sender had to sign in first: it goes along with the sign-in as hidden fields, and
// comes back afterwards. Nothing of it ever stands in an address, and the server keeps nothing.
#pragma once

#include "web/http/form.h"
#include "web/pages/officer/frame.h"

namespace pages {

// Where the form was sent, and what stood in it. No tokens and no secrets: those are given anew.
struct Kept {
    std::string path;
    http::Form form;
};

// The form of a POST to an officer's address; nothing for others, for a form that cannot be read, and for one that the browser
// says another site sent: nobody else's form enters an officer's session.
std::optional<Kept> kept_from(const http::Request &request);
// The one that came along with a sign-in.
std::optional<Kept> kept_with(const http::Request &request, const http::Form &sign_in);

// Section TEXTS: what a person typed, with its labels; no choice, box or id. Left out where there is none.
void show_typed(View &view, const Site &site, const Frame &frame, const http::Form &form);
// Section KEPT: its path and fields as hidden inputs (parts/kept-fields), its texts to be read (parts/kept-texts).
void show_kept(View &view, const Site &site, const Frame &frame, const std::optional<Kept> &kept);

// After the sign-in: the form's own page with everything typed, saying that it is not sent yet. Where there is no such form, or
// this officer may not see it: what the act was, its texts, and where `allowed` a link to the page that offers it. Nothing is
// carried out here, and no page offers to send what it does not show.
http::Response render_given_back(const Site &site, Frame frame, const Viewer &viewer, const Kept &kept, bool allowed);
http::Response give_back(OfficerRequest &page, http::Request &request, const Kept &kept);

} // namespace pages
