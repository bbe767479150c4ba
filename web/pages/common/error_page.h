// The page for what cannot be answered otherwise. Says what a person can do; never a path, a version or a cause.
#pragma once

#include "web/pages/common/site.h"

namespace pages {

// The face must have loaded the page "error". A status that has no words of its own gets those of its kind.
http::Response error_page(const Site &site, unsigned status, const http::Request *request);

} // namespace pages
