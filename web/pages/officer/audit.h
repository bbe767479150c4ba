// The audit log for the auditor: a hundred entries on a page, newest first, narrowed by officer, event, days or a case's pseudonym.
#pragma once

#include "service/usecases/officer/audit_log.h"
#include "web/pages/officer/frame.h"

namespace pages {

http::Response audit_page(OfficerRequest &page, http::Request &request, const http::Captures &);
// The same with a filter, or a page further: in a POST, so that no address says whom the auditor looks at.
http::Response audit_search(OfficerRequest &page, http::Request &request, const http::Captures &);

struct AuditForm {
    std::string officer, event, from, until, pseudonym; // as typed
    std::vector<domain::Fault> faults;
};
http::Response render_audit(const Site &site, Frame frame, const Viewer &viewer, const usecases::AuditPage &shown,
                            const AuditForm &form, unsigned status = 200);

} // namespace pages
