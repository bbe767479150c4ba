// The frame of a sample page: what a start renders to see that templates, catalogues and code fit together.
#pragma once

#include "web/pages/common/site.h"

namespace pages {

inline Frame sample_frame(Language language, std::string path, std::string title_key) {
    Frame out;
    out.language = language;
    out.language_chosen = true;
    out.path = std::move(path);
    out.title_key = std::move(title_key);
    return out;
}

} // namespace pages
