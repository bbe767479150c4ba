// Every page of the face with invented content: rendered at start to prove that pages and templates agree, and by
// tests.
#pragma once

#include "web/pages/officer/face.h"

namespace pages {

struct OfficerSample {
    std::string name;
    http::Response answer;
};
std::vector<OfficerSample> officer_samples(const Site &site, Language language);

} // namespace pages
