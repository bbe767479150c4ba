// Every page of the face with invented content: rendered at start to prove that pages and templates agree, and by
// tests.
#pragma once

#include "web/pages/reporter/face.h"

namespace pages {

struct Sample {
    std::string name;
    http::Response answer;
};
std::vector<Sample> reporter_samples(const Site &site, Language language);

} // namespace pages
