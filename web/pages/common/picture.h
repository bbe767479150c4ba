// A picture as SVG, for templates/parts/document.html.
#pragma once

#include "web/pages/common/view.h"
#include "web/print/picture.h"

namespace pages {

// In parts that paper may part, one below the other: a browser cuts through the middle of one that is longer than a page.
void show_picture(View &view, const print::Picture &picture);

} // namespace pages
