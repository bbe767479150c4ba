#include "web/print/picture.h"

#include <array>
#include <cmath>

namespace print {

std::span<const Colour> colours() {
    static constexpr std::array known = {
        Colour{"#0b0c0c", 0.043, 0.047, 0.047}, Colour{"#1d4f91", 0.114, 0.310, 0.569},
        Colour{"#00573f", 0.0, 0.341, 0.247},   Colour{"#8c2d19", 0.549, 0.176, 0.098},
        Colour{"#5b3a8c", 0.357, 0.227, 0.549}, Colour{"#7a5c00", 0.478, 0.361, 0.0},
        Colour{"#8f1d5d", 0.561, 0.114, 0.365}, Colour{"#0f6674", 0.059, 0.4, 0.455},
    };
    return known;
}

std::pair<Picture::Point, Picture::Point> arrow_head(const Picture::Line &line) {
    constexpr double length = 9, half = 4.5;
    const Picture::Point tip = line.points.back(), before = line.points[line.points.size() - 2];
    const double dx = tip.x - before.x, dy = tip.y - before.y, size = std::hypot(dx, dy);
    const double x = dx / size, y = dy / size;
    const Picture::Point foot{tip.x - length * x, tip.y - length * y};
    return {{foot.x - half * y, foot.y + half * x}, {foot.x + half * y, foot.y - half * x}};
}

std::vector<double> cuts(const Picture &picture, double height) {
    std::vector<double> out{0};
    double last = 0; // the last break that still fits
    const auto reach = [&](double next) {
        if (next - out.back() > height && last > out.back()) out.push_back(last);
        last = next;
    };
    for (const double at : picture.breaks)
        reach(at);
    reach(picture.height);
    out.push_back(picture.height);
    return out;
}

} // namespace print
