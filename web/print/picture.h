// A drawing of boxes, lines and words. Pages show it as SVG, a print sets it among its text; both cut it where it may be cut. In units
// of its own: y goes down, and `text_size` is the height of its words, by which who shows it chooses the scale.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace print {

struct Picture {
    struct Point {
        double x, y;
    };
    struct Box {
        Point at; // its upper left corner
        double width, height;
        bool strong; // else dashed
    };
    struct Line {
        std::vector<Point> points; // joined by straight lines, at least two
        bool arrow = false;        // ends in a head
        unsigned colour = 0;       // one of colours()
        bool strong = false;
    };
    struct Dot {
        Point at; // its middle
        unsigned colour = 0;
    };
    struct Words { // one line
        Point at;  // where the line of writing begins
        std::string text;
        bool strong = false;
    };
    double width = 0, height = 0, text_size = 0;
    std::vector<Box> boxes;
    std::vector<Line> lines;
    std::vector<Dot> dots;
    std::vector<Words> words;
    std::vector<double> breaks; // where it may be cut across, from the top down; only lines go on over a cut
};

struct Colour {
    std::string_view hex; // #rrggbb, dark enough for a line on white
    double red, green, blue;
};
std::span<const Colour> colours();
inline constexpr double line_width = 1.5, strong_width = 2.5, dot_radius = 4;
inline constexpr double dash = 5; // of the edge of a box that is not strong

// The head of an arrow: the two corners behind its tip, which is the line's last point.
std::pair<Picture::Point, Picture::Point> arrow_head(const Picture::Line &line);

// Parts of at most `height`, cut at breaks: where each begins, and last where the picture ends. A part between two breaks that are
// further apart is as high as it is.
std::vector<double> cuts(const Picture &picture, double height);

} // namespace print
