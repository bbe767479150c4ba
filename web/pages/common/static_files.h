// Style sheet, typeface, script and emblem, read into memory at start. Each name carries a hash of its content, so that
// browsers keep it for a year and still see every change: /static/style.5f1c….css.
#pragma once

#include "web/http/message.h"
#include "web/pages/common/catalogue.h"

#include <map>
#include <memory>
#include <optional>

namespace pages {

struct StaticOptions {
    std::string colour;      // #rrggbb of the agency's header; white text on it must reach a contrast of 4.5
    std::string emblem_file; // .svg or .png; may be empty
};

class StaticFiles {
public:
    static Loaded<StaticFiles> load(const std::string &share_folder, const StaticOptions &options);

    std::string url(std::string_view name) const; // a name that is not there is a bug
    bool has(std::string_view name) const { return urls_.contains(name); }
    // What stands under the address, or nothing.
    std::optional<http::Response> answer(std::string_view path) const;
    std::size_t size(std::string_view name) const;
    // The same files with the style sheet in another colour (of sufficient contrast). The sheet that went before is still
    // answered: a page that was sent a moment ago asks for it.
    StaticFiles coloured(const std::string &colour) const;

private:
    struct File {
        std::string type, body;
    };
    void add_style(const std::string &colour);
    void add(const std::string &name, std::string body);
    std::map<std::string, std::string, std::less<>> urls_; // name → address
    std::map<std::string, std::shared_ptr<const File>, std::less<>> files_; // by address
    std::shared_ptr<const std::string> style_; // without the colour
    std::string style_before_;                 // address
};

} // namespace pages
