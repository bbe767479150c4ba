#include "web/http/message.h"

#include "web/http/wipe.h"

namespace http {

std::string_view name(Method method) {
    switch (method) {
    case Method::get:
        return "GET";
    case Method::head:
        return "HEAD";
    case Method::post:
        return "POST";
    }
    return "";
}

Request::~Request() {
    for (std::string *text : {&path, &query, &accept_language, &cookie, &content_type, &body, &range, &host, &given_back})
        wipe(*text);
}

} // namespace http
