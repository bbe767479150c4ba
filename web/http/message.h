// A request and an answer as plain values. What is not needed to answer does not exist here: no address, no user agent,
// no referrer, of the query only the language, and on the officers' face what chooses among a list. A request clears its memory when it goes.
#pragma once

#include "web/http/body.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace http {

enum class Method { get, head, post };

std::string_view name(Method method);

inline constexpr std::size_t most_query = 512;

struct Request {
    Request() = default;
    Request(Request &&) = default;
    Request &operator=(Request &&) = default;
    ~Request(); // clears every field

    Method method = Method::get;
    std::string path;                      // as sent, never percent-decoded: begins with '/', printable ASCII, no query
    std::optional<std::string> lang_query; // "th" or "en" from ?lang=, where a listener keeps no cookies nothing else of a query is kept
    std::string query;                     // as sent; always empty on the reporter face, and where it is longer than most_query
    std::string accept_language;
    std::string cookie; // always empty on the reporter face
    std::string content_type;
    std::string body;
    std::unique_ptr<BodyReader> stream; // instead of `body` where the address takes it piece by piece; else null
    std::string range; // the field; always empty on the reporter face
    std::string host; // one of the listener's allowed hosts, lower case, with the port as sent
    // False when the browser itself says (by Sec-Fetch-Site or by Origin) that another site sent it. True proves
    // nothing: older browsers say nothing, and under no-referrer they say "null". The CSRF token decides.
    bool same_origin = true;
    std::string given_back; // never from the network: id of the form that a page shows again, unsent, after a sign-in
};

struct Response {
    unsigned status = 200;
    std::string content_type = "text/html; charset=utf-8";
    std::string body{};
    std::shared_ptr<BodySource> stream{}; // instead of `body`; sending it takes the thread that answers
    std::vector<std::string> set_cookies{}; // whole Set-Cookie values; ignored on a face that drops cookies
    std::string location{};                 // for 303
    bool immutable = false;                 // a versioned static file, may be cached for a year; all else is no-store
    std::string content_language{};         // "th" or "en"
    std::string download_name{};            // UTF-8; not empty: sent as an attachment of this name
    std::string allow{};                    // for 405
    bool sandboxed = false;                 // a stranger's bytes: a browser that opens them runs and loads nothing
    std::string content_range{};            // for 206 and 416: see range.h
    unsigned retry_after = 0;               // seconds, for 503; 0: not sent
};

} // namespace http
