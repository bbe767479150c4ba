// Who reads which case: those that need another reader, and handing all of one's cases over.
#pragma once

#include "service/usecases/officer/access.h"
#include "service/usecases/officer/handover.h"
#include "web/pages/officer/frame.h"

namespace pages {

http::Response access_page(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response access_grant(OfficerRequest &page, http::Request &request, const http::Captures &captures);
http::Response handover_choose(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response handover_page(OfficerRequest &page, http::Request &request, const http::Captures &captures);
http::Response handover_go_on(OfficerRequest &page, http::Request &request, const http::Captures &captures);

struct AccessSays {
    std::string_view notice; // catalogue key, or empty
    bool unchosen = false;   // the form of the handover named nobody
};
http::Response render_access(const Site &site, const Frame &frame, const Viewer &viewer,
                             std::span<const usecases::AccessRow> rows, std::span<const domain::Person> successors,
                             AccessSays says, unsigned status = 200);
http::Response render_handover(const Site &site, const Frame &frame, const Viewer &viewer,
                               const usecases::Handover &handover, base::Day today, unsigned status = 200);

} // namespace pages
