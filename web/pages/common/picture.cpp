#include "web/pages/common/picture.h"

#include <algorithm>
#include <charconv>

namespace pages {
namespace {

using print::Picture;

constexpr double longest_part = 560;

std::string number(double value) {
    char text[32];
    const auto [end, error] = std::to_chars(std::begin(text), std::end(text), value, std::chars_format::fixed, 1);
    std::string out(text, error == std::errc{} ? end : text);
    return out.ends_with(".0") ? out.substr(0, out.size() - 2) : out;
}

std::string path(std::span<const Picture::Point> points) {
    std::string out;
    for (const auto &[x, y] : points)
        out += (out.empty() ? "M" : "L") + number(x) + " " + number(y);
    return out;
}

std::string hex(unsigned colour) { return std::string(print::colours()[colour].hex); }

void show_line(View &part, const Picture::Line &line) {
    part.row("LINE")
        .set("LINE_D", path(line.points))
        .set("LINE_COLOUR", hex(line.colour))
        .set("LINE_WIDTH", number(line.strong ? print::strong_width : print::line_width));
    if (!line.arrow) return;
    const auto [left, right] = print::arrow_head(line);
    part.row("HEAD").set("HEAD_D", path(std::vector{line.points.back(), left, right}) + "Z").set("HEAD_COLOUR", hex(line.colour));
}

} // namespace

void show_picture(View &view, const Picture &picture) {
    const auto edges = print::cuts(picture, longest_part);
    for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
        const double top = edges[i], bottom = edges[i + 1];
        const auto within = [&](double y) { return y >= top && y < bottom; };
        View &part = view.row("PICTURE_PART");
        part.set("PICTURE_WIDTH", number(picture.width)).set("PICTURE_HEIGHT", number(bottom - top)).set("PICTURE_TOP", number(top));
        part.list("LINE").list("HEAD").list("BOX").list("DOT").list("WORDS");
        for (const Picture::Line &line : picture.lines) {
            const auto [up, down] = std::ranges::minmax(line.points, {}, &Picture::Point::y);
            if (up.y < bottom && down.y >= top) show_line(part, line);
        }
        for (const Picture::Box &box : picture.boxes)
            if (within(box.at.y))
                part.row("BOX")
                    .set("BOX_X", number(box.at.x))
                    .set("BOX_Y", number(box.at.y))
                    .set("BOX_WIDTH", number(box.width))
                    .set("BOX_HEIGHT", number(box.height))
                    .set("BOX_EDGE", number(box.strong ? print::strong_width : print::line_width))
                    .set("BOX_DASH", box.strong ? "none" : number(print::dash));
        for (const Picture::Dot &dot : picture.dots)
            if (within(dot.at.y))
                part.row("DOT").set("DOT_X", number(dot.at.x)).set("DOT_Y", number(dot.at.y)).set("DOT_COLOUR", hex(dot.colour));
        for (const Picture::Words &words : picture.words)
            if (within(words.at.y))
                part.row("WORDS")
                    .set("WORDS_X", number(words.at.x))
                    .set("WORDS_Y", number(words.at.y))
                    .set("WORDS_SIZE", number(picture.text_size))
                    .set("WORDS_WEIGHT", words.strong ? "700" : "400")
                    .set("WORDS_TEXT", words.text);
    }
}

} // namespace pages
