#include "web/pages/common/view.h"

#include <stdexcept>

namespace pages {

View &View::set(std::string_view name, std::string value) {
    if (!values_.emplace(name, std::move(value)).second)
        throw std::logic_error("a name set twice: " + std::string(name));
    return *this;
}

View &View::show(std::string_view section, bool shown) {
    list(section);
    if (shown) row(section);
    return *this;
}

View &View::row(std::string_view section) { return list(section).sections_.find(section)->second.emplace_back(); }

View &View::list(std::string_view section) {
    if (!sections_.contains(section)) sections_.emplace(section, std::list<View>{});
    return *this;
}

} // namespace pages
