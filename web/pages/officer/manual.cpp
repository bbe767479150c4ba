#include "web/pages/officer/manual.h"

#include "service/usecases/officer/agency_settings.h"
#include "web/pages/common/document_view.h"
#include "web/pages/common/manual.h"

namespace pages {

http::Response render_officer_manual(const Site &site, const Frame &frame, const Viewer &viewer,
                                     const domain::ManualVersions &versions, const domain::ManualVersion &version, base::Day today) {
    View view;
    view.set("YEAR", std::to_string(manual_year(version, today)));
    show_manual_versions(view, site, frame, versions, version, today);
    show_document(view, manual_document(site, frame, version, today, on_page("")));
    return officer_page(site, "officer-manual", frame, std::move(view), &viewer);
}

http::Response officer_manual(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const auto versions = page.use.profile.manuals();
    const base::Day today = page.use.clock.today();
    return render_officer_manual(page.site, frame_of(request, "page.manual.title"), viewer_of(*page.session), *versions,
                                 versions->on(today), today);
}

http::Response officer_manual_version(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    const Viewer viewer = viewer_of(*page.session);
    const auto versions = page.use.profile.manuals();
    const auto *version = find_manual(*versions, captures[0]);
    if (!version) return officer_error_page(page.site, 404, &request, &viewer);
    return render_officer_manual(page.site, frame_of(request, "page.manual.title"), viewer, *versions, *version, page.use.clock.today());
}

} // namespace pages
