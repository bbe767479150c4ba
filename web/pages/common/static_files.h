// Style sheet, typeface and script, read into memory at start, and the agency's emblem. Each address carries a hash of
// its content, so that browsers keep it for a year and still see every change: /static/style.5f1c….css.
#pragma once

#include "web/http/message.h"
#include "web/pages/common/catalogue.h"

#include <map>
#include <memory>
#include <optional>

namespace pages {

class StaticFiles {
public:
    // `colour`: #rrggbb of the agency's header; white text on it must reach a contrast of 4.5.
    static Loaded<StaticFiles> load(const std::string &share_folder, const std::string &colour);

    std::string url(std::string_view name) const; // a name that is not there is a bug
    bool has(std::string_view name) const { return urls_.contains(name); }
    // What stands under the address, or nothing.
    std::optional<http::Response> answer(std::string_view path) const;
    std::size_t size(std::string_view name) const;
    // The same files with the style sheet in another colour (of sufficient contrast), or with this picture (".png", bytes)
    // as "emblem", or none. What went before is still answered: a page that was sent a moment ago asks for it.
    StaticFiles coloured(const std::string &colour) const;
    StaticFiles with_emblem(std::string_view ending, std::optional<std::string> picture) const;

private:
    struct File {
        std::string type, body;
    };
    std::string style(const std::string &colour) const;
    void add(const std::string &name, std::string body) { add(name, name, std::move(body)); }
    void add(const std::string &name, const std::string &file_name, std::string body);
    void replace(const std::string &name, const std::string &file_name, std::optional<std::string> body);
    std::map<std::string, std::string, std::less<>> urls_, before_; // name → address: now, and before the last change
    std::map<std::string, std::shared_ptr<const File>, std::less<>> files_; // by address
    std::shared_ptr<const std::string> style_; // without the colour
};

} // namespace pages
