// The transition table as a picture, from the top down: the main path along one line, the states beside it set in, and at the right a
// lane for each state that others lead to. Made for a telephone of 320 pixels.
#pragma once

#include "service/domain/workflow.h"
#include "web/print/picture.h"

#include <functional>

namespace pages {

struct DiagramWords {
    std::function<std::string(domain::State)> state;
    std::function<std::string(const domain::Transition &)> step;    // what its line is called
    std::function<std::string(const domain::Transition &)> returns; // of one that leads back to where the case was
    std::function<std::string(const domain::Transition &)> stays;   // of one that stays in its state
};

struct Diagram {
    struct Edge {
        domain::State from, to; // `to` is `from` where it returns or stays
        std::string_view event;
        auto operator<=>(const Edge &) const = default;
    };
    print::Picture picture;
    std::vector<Edge> edges; // each that was drawn
};

// Throws std::logic_error when a state or a row has no place in it: what the table says is shown whole or not at all.
Diagram draw_workflow(std::span<const domain::Transition> table, const DiagramWords &words, double width);

// The words in lines of at most `width`, as the picture sets them: broken where a Thai reader would, and measured generously.
std::vector<std::string> lines_of(const std::string &text, double width);

} // namespace pages
