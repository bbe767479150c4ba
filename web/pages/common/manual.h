// What the complaint manual says, for every page and print that shows it.
#pragma once

#include "web/pages/common/site.h"
#include "web/pages/common/workflow_diagram.h"

namespace pages {

inline constexpr double diagram_width = 288; // what a telephone of 320 pixels has between its margins

Diagram manual_diagram(const Site &site, const Frame &frame, double width = diagram_width);

} // namespace pages
