#include "tests/bench/sign_in.h"

#include "tests/bench/client.h"

#include <stdexcept>

namespace bench {

std::string text_between(std::string_view text, std::string_view before, std::string_view behind) {
    const auto begin = text.find(before);
    if (begin == text.npos) throw std::runtime_error("a page is not as expected");
    const auto from = begin + before.size();
    return std::string(text.substr(from, text.find(behind, from) - from));
}

std::string cookie_of(std::string_view answer) { return text_between(answer, "Set-Cookie: ", ";"); }

std::string sign_in_request(const Agency &agency, const std::string &login) {
    const std::string page = ask(agency.officers(), get_request("/login")); // its hidden field and its cookie belong together
    return post_request("/login",
                        "door=" + text_between(page, "name=\"door\" value=\"", "\"") + "&login=" + login +
                            "&passphrase=" + urlencoded(agency.passphrase(login)),
                        "Origin: https://127.0.0.1\r\nSec-Fetch-Site: same-origin\r\nCookie: " + cookie_of(page) + "\r\n");
}

} // namespace bench
