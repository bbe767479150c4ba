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

// What a person chose or typed, to be shown: not a token, nor which case a box of the pile stands for.
bool is_text(const http::Form::Field &field);

// The form of a POST to an officer's address; nothing for others, and for a form that cannot be read.
std::optional<Kept> kept_from(const http::Request &request);
// The one that came along with a sign-in.
std::optional<Kept> kept_with(const http::Request &request, const http::Form &sign_in);

// Section KEPT: its path and fields as hidden inputs (parts/kept-fields), its texts to be read (parts/kept-texts).
void show_kept(View &view, const std::optional<Kept> &kept);

// After the sign-in: the case's own page with everything typed in its form, where the officer may see it; for other addresses
// the texts and a button that sends the form. Nothing is carried out here.
// `sendable`: with the button; else the texts are there to be copied.
http::Response render_given_back(const Site &site, Frame frame, const Viewer &viewer, const Kept &kept, bool sendable);
http::Response give_back(OfficerRequest &page, http::Request &request, const Kept &kept);

} // namespace pages
