// An old register with its texts, taken in by an officer: sent, looked at, taken in piece by piece. The file travels from page to page and
// is stored nowhere.
#pragma once

#include "service/usecases/officer/register_intake.h"
#include "web/pages/officer/frame.h"

namespace pages {

http::Response register_form(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response register_template(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response register_look(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response register_take(OfficerRequest &page, http::Request &request, const http::Captures &);

struct RegisterPage {
    std::string file{};                             // base64url: what the next step takes; empty: none is offered
    std::vector<usecases::IntakeFault> faults{};
    std::vector<usecases::IntakeRow> rows{};        // of a file without a fault
    std::optional<usecases::IntakeDone> done{};     // what was taken in so far
    std::string_view notice{};                      // catalogue key, or empty
};
http::Response render_register(const Site &site, Frame frame, const Viewer &viewer, const RegisterPage &shown, unsigned status = 200);

} // namespace pages
