// What a page function hands to a template: named texts, and named sections that are shown any number of times.
#pragma once

#include <list>
#include <map>
#include <string>
#include <string_view>

namespace pages {

class View {
public:
    // Texts are plain; the template escapes them. A name twice in one scope is a bug.
    View &set(std::string_view name, std::string value);
    // A section that is there once or not at all; sees the names of the scopes around it.
    View &show(std::string_view section, bool shown = true);
    // One more repetition of a section; the reference stays valid.
    View &row(std::string_view section);
    // The section exists, with no repetition so far.
    View &list(std::string_view section);

    const std::map<std::string, std::string, std::less<>> &values() const { return values_; }
    const std::map<std::string, std::list<View>, std::less<>> &sections() const { return sections_; }

private:
    std::map<std::string, std::string, std::less<>> values_;
    std::map<std::string, std::list<View>, std::less<>> sections_;
};

} // namespace pages
