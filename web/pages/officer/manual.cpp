#include "web/pages/officer/manual.h"

#include "service/usecases/officer/agency_settings.h"
#include "web/pages/common/document_view.h"
#include "web/pages/common/manual.h"

namespace pages {

http::Response render_officer_manual(const Site &site, const Frame &frame, const Viewer &viewer,
                                     std::span<const domain::ProfileVersion> profiles, base::Day today) {
    const auto versions = domain::manual_versions(profiles);
    View view;
    view.set("YEAR", std::to_string(manual_year(versions.back(), today)));
    show_document(view, manual_document(site, frame, versions.back(), today, page_diagram_width, ""));
    return officer_page(site, "officer-manual", frame, std::move(view), &viewer);
}

http::Response officer_manual(OfficerRequest &page, http::Request &request, const http::Captures &) {
    return render_officer_manual(page.site, frame_of(request, "page.manual.title"), viewer_of(*page.session),
                                 *page.use.profile.versions(), page.use.clock.today());
}

} // namespace pages
