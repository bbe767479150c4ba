// Forms that are sent before anybody is signed in (/login, /join, /recover): they show that they came from a page that this
// server gave to this browser. Without it a foreign page could sign somebody in to an account of its own.
#pragma once

#include "web/http/form.h"
#include "web/pages/officer/face.h"

namespace pages {

inline constexpr std::string_view door_cookie = "__Host-sucharit-door";

// The value of the form's hidden field "door". The answer sets the cookie that belongs to it, unless the browser has one: forms
// in several tabs share it.
std::string door_field(OfficerRequest &page, const http::Request &request);
// Whether the form has what door_field() gave to this browser, and no other site sent it.
bool door_is_right(const OfficerRequest &page, const http::Request &request, const http::Form &form);

} // namespace pages
