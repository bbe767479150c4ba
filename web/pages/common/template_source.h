// Turns a template file into what the engine compiles, for one language:
//   [[>parts/input name=facts key=report.facts]]   another file, with %name% and %key% replaced in it
//   [[report.facts.label]]                         a sentence of the catalogue, HTML-escaped
//   {{FACTS}}  {{#ERRORS}}…{{/ERRORS}}             values and sections of the view; {{FACTS:pre_escape}} keeps line
//   breaks
// Everything else that the engine knows (other modifiers, includes, comments, pragmas) is refused.
#pragma once

#include "web/pages/common/catalogue.h"

#include <functional>
#include <map>
#include <memory>
#include <set>

namespace pages {

// What names a template uses, scope by scope.
struct Shape {
    std::set<std::string, std::less<>> values;
    std::map<std::string, Shape, std::less<>> sections;
    bool uses(std::string_view name) const; // here or in a section inside
};

using ReadFile = std::function<Loaded<std::string>(const std::string &name)>;

// Includes and their arguments resolved; catalogue keys still stand.
Loaded<std::string> expand_includes(const std::string &source, const std::string &name, const ReadFile &read);
Loaded<std::string> fill_texts(const std::string &source, const std::string &name, Language language,
                               const Catalogue &catalogue);
Loaded<Shape> shape_of(const std::string &source, const std::string &name);

std::string escape_html(std::string_view text);

} // namespace pages
