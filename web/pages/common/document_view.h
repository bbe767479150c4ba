// A document as a part of a page, for templates/parts/document.html: what a print says, a page says in the same words.
#pragma once

#include "web/pages/common/view.h"
#include "web/print/document.h"

namespace pages {

// Everything but the heading of the whole, which the page's own template has.
void show_document(View &view, const print::Document &document);

} // namespace pages
