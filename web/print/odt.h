// A document to be edited: OpenDocument text, as every office program opens it, with the same words in the same order as its PDF has.
#pragma once

#include "web/print/document.h"

#include <optional>

namespace print {

// The same document is the same bytes. No drawing is in it: prints that have one are made as PDF only. Nothing: memory ended.
std::optional<std::string> to_odt(const Document &document);

} // namespace print
