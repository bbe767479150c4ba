// Accounts and posts: what admins propose and vouchers sign.
#pragma once

#include "service/usecases/officer/joining.h"
#include "service/usecases/officer/roster_notice.h"
#include "service/usecases/officer/vouching.h"
#include "web/pages/officer/frame.h"

namespace pages {

http::Response officers_page(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response officer_new_page(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response officer_new(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response officer_one_page(OfficerRequest &page, http::Request &request, const http::Captures &captures);
http::Response officer_act(OfficerRequest &page, http::Request &request, const http::Captures &captures);
http::Response officer_done(OfficerRequest &page, http::Request &request, const http::Captures &captures);
http::Response officers_seen(OfficerRequest &page, http::Request &request, const http::Captures &);

// What was typed into a form of one person, and what is wrong with it.
struct OfficerForm {
    std::map<std::string, std::string, std::less<>> typed;
    std::vector<domain::Fault> faults;
    std::string notice, done; // catalogue keys
    std::string get(std::string_view name) const;
};
// Who looks: what stands on the page is what they may do.
struct OfficersViewer {
    Viewer viewer;
    base::OfficerId officer;
    bool proposes = false, vouches = false;
};
// Not before there are keys to lose.
bool has_joined(const usecases::AccountView &account);
OfficersViewer officers_viewer(const usecases::OfficerSession &session);

http::Response render_officers(const Site &site, const Frame &frame, const OfficersViewer &who,
                               const usecases::AccountsView &accounts);
http::Response render_officer(const Site &site, Frame frame, const OfficersViewer &who,
                              const usecases::AccountView &account, const OfficerForm &form, unsigned status = 200);
http::Response render_officer_new(const Site &site, Frame frame, const Viewer &viewer, const OfficerForm &form,
                                  unsigned status = 200);
http::Response render_invitation(const Site &site, Frame frame, const Viewer &viewer, std::string_view name,
                                 const usecases::Invitation &invitation, std::string_view host);

std::string rights_names(const Site &site, const Frame &frame, const domain::Certified &rights);
// Sections ROSTER_NOTICE … of parts/roster-notice.html.
void show_roster_notice(View &view, const Site &site, const Frame &frame, const Viewer &viewer,
                        const usecases::RosterNotice &notice);

} // namespace pages
