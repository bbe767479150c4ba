// What the complaint manual says, for every page and print that shows it: the six elements, from the transition table that the server
// enforces and from one version of the agency's profile.
#pragma once

#include "service/domain/manual_versions.h"
#include "web/pages/common/view.h"
#include "web/pages/common/site.h"
#include "web/pages/common/workflow_diagram.h"
#include "web/print/document.h"

namespace pages {

// Where the manual is read, which decides how its diagram is cut and how it speaks of the website.
struct ManualPlace {
    double diagram_width;
    bool paper;
    std::string channel; // a page: where its mention of the website leads; paper: its address in full; either may be empty
};
inline ManualPlace on_page(std::string channel) { return {288, false, std::move(channel)}; } // a telephone of 320 pixels, less its margins
inline ManualPlace on_paper(std::string channel) { return {440, true, std::move(channel)}; } // half a page

Diagram manual_diagram(const Site &site, const Frame &frame, double width);

// The fiscal year that its title names: today's, or of the last day on which it was in force, or of the first on which it will be.
int manual_year(const domain::ManualVersion &version, base::Day today);
print::Document manual_document(const Site &site, const Frame &frame, const domain::ManualVersion &version, base::Day today,
                                const ManualPlace &place);
// "3", or "draft": what stands in its addresses. find: the version of such an address, or null.
std::string manual_address(std::optional<std::uint64_t> number);
const domain::ManualVersion *find_manual(const domain::ManualVersions &versions, std::string_view address);
// "ฉบับที่ 3"
std::string manual_number(const Site &site, const Frame &frame, std::optional<std::uint64_t> number);
// templates/parts/manual-standing.html and manual-versions.html: that it is not in force, and the others: in force, to come, earlier.
void show_manual_versions(View &view, const Site &site, const Frame &frame, const domain::ManualVersions &versions,
                          const domain::ManualVersion &version, base::Day today);

} // namespace pages
