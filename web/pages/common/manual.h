// What the complaint manual says, for every page and print that shows it: the six elements, from the transition table that the server
// enforces and from one version of the agency's profile.
#pragma once

#include "service/domain/manual_versions.h"
#include "web/pages/common/site.h"
#include "web/pages/common/workflow_diagram.h"
#include "web/print/document.h"

namespace pages {

inline constexpr double page_diagram_width = 288;  // what a telephone of 320 pixels has between its margins
inline constexpr double print_diagram_width = 440; // half a page of paper

Diagram manual_diagram(const Site &site, const Frame &frame, double width);

// The fiscal year that its title names: today's, or of the last day on which it was in force.
int manual_year(const domain::ManualVersion &version, base::Day today);
// `home`: where its mention of this site leads; empty: nowhere.
print::Document manual_document(const Site &site, const Frame &frame, const domain::ManualVersion &version, base::Day today,
                                double diagram_width, const std::string &home);
// "ฉบับที่ 3 (ตั้งแต่ 1 ตุลาคม 2569 ถึง 30 กันยายน 2570)"
std::string manual_version_name(const Site &site, const Frame &frame, const domain::ManualVersion &version);

} // namespace pages
