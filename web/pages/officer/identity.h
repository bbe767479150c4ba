// Who the reporter is: asking on a case, deciding as a custodian, and seeing it once.
#pragma once

#include "service/usecases/officer/identity.h"
#include "web/pages/officer/frame.h"

namespace pages {

http::Response case_identity(OfficerRequest &page, http::Request &request, const http::Captures &captures);
http::Response case_identity_ask(OfficerRequest &page, http::Request &request, const http::Captures &captures);
http::Response case_identity_show(OfficerRequest &page, http::Request &request, const http::Captures &captures);
http::Response identity_page(OfficerRequest &page, http::Request &request, const http::Captures &captures);
http::Response identity_decide(OfficerRequest &page, http::Request &request, const http::Captures &captures);

// What a form had in it when it could not be carried out, and what to say.
struct IdentityForm {
    std::string request;          // of a decision
    std::string decision, reason; // as typed
    std::vector<domain::Fault> faults;
    std::string_view notice; // catalogue key, or empty
    std::optional<usecases::DecidedIdentity> done;
};

http::Response render_case_identity(const Site &site, Frame frame, const Viewer &viewer, const usecases::IdentityOfCase &shown,
                                    const IdentityForm &form, unsigned status = 200);
http::Response render_shown_identity(const Site &site, Frame frame, const Viewer &viewer, const usecases::ShownIdentity &shown);
http::Response render_identities(const Site &site, Frame frame, const Viewer &viewer,
                                 std::span<const usecases::WaitingIdentity> waiting, const IdentityForm &form,
                                 unsigned status = 200);
// How a request stands, in one sentence; empty when nothing was asked.
std::string standing_text(const Site &site, const Frame &frame, const usecases::IdentityStanding &standing);

} // namespace pages
