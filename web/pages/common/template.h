// The templates, compiled at start once for each language. Escaping is always on and chosen by the place in the HTML;
// a page that gives other names than its template uses is a bug, found by rendering every page with samples at start.
#pragma once

#include "web/pages/common/template_source.h"
#include "web/pages/common/view.h"

#include <span>

namespace pages {

// Which style sheets a page links: style.css is enough to read, forms.css comes on top of it, officer.css on top of both.
enum class Sheets { reading, forms, officer };

struct PageFile {
    std::string_view name;   // "report-form": <share>/templates/report-form.html
    std::string_view layout; // "layout-reporter", which holds [[>page]]
    Sheets sheets = Sheets::reading;
};

class Templates {
public:
    static Loaded<Templates> load(const std::string &share_folder, const Catalogue &catalogue,
                                  std::span<const PageFile> pages);
    Templates(Templates &&) noexcept;
    Templates &operator=(Templates &&) noexcept;
    ~Templates();

    // A value that is missing, or a name that the template does not know, throws std::logic_error.
    std::string render(Language language, std::string_view page, const View &view) const;
    // What the view lacks or has too much, as a sentence; empty when they agree.
    static std::string check(const Shape &shape, const View &view);
    const Shape &shape(std::string_view page) const;
    Sheets sheets(std::string_view page) const;

private:
    struct Compiled;
    Templates();
    const Compiled &found(Language language, std::string_view page) const; // a page that was not loaded is a bug
    std::map<std::string, std::unique_ptr<Compiled>, std::less<>> compiled_; // "th/report-form"
};

} // namespace pages
