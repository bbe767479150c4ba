// An officer at the door, as a browser comes there.
#pragma once

#include "tests/bench/agency.h"

#include <string>
#include <string_view>

namespace bench {

std::string sign_in_request(const Agency &agency, const std::string &login); // whole; good for many times
std::string cookie_of(std::string_view answer);                              // "name=value"
std::string text_between(std::string_view text, std::string_view before, std::string_view behind); // throws when it is not there

} // namespace bench
