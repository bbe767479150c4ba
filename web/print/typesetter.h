// Lines of text on the pages of a PDF, so that what is copied out of it, or read aloud, is what was written. The only place that knows Pango
// and Cairo.
#pragma once

#include "web/print/picture.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace print {

struct Style {
    double size; // points
    bool strong = false;
    double line_height() const { return size * 1.5; } // room for a vowel and a tone mark above, and a vowel below
};

inline constexpr double page_width = 595.28, page_height = 841.89; // A4 in points

class Typesetter {
public:
    // Nothing when the typeface is missing. `out` grows while pages are drawn.
    static std::optional<Typesetter> start(std::string &out, const std::string &title, const std::string &language);
    Typesetter(Typesetter &&) noexcept;
    ~Typesetter();

    class Lines { // a text, broken at a width
    public:
        std::size_t count() const;
        double width(std::size_t line) const;

    private:
        friend class Typesetter;
        struct Data;
        std::shared_ptr<const Data> data_;
    };
    // `begins`: how far in its first line begins.
    Lines lines(const std::string &text, Style style, double width, double begins = 0);
    void draw(const Lines &lines, std::size_t line, double x, double top);

    void rule(double left, double top, double right, double bottom, double grey = 0); // a thin line
    void dots(double left, double right, double y); // to write on
    void frame(double left, double top, double width, double height);
    // What of the picture stands from `from` to `to`, its upper left corner at x, y, one unit of it `scale` points.
    void picture(const Picture &picture, double from, double to, double x, double y, double scale);
    void bookmark(const std::string &text, int level, double top); // to this place of this page
    void end_page();
    bool finish(); // whether everything went well

    std::size_t unknown() const;

private:
    struct Machine;
    explicit Typesetter(std::unique_ptr<Machine> machine);
    std::unique_ptr<Machine> machine_;
};

} // namespace print
