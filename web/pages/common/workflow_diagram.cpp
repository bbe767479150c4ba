#include "web/pages/common/workflow_diagram.h"

#include "web/print/whole_words.h"

#include <unicode/brkiter.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <stdexcept>

namespace pages {
namespace {

using domain::State;
using domain::Transition;

constexpr double text_size = 18, line_height = 27, padding = 10, gap = 14;
constexpr double lane_pitch = 10, slot = 13;             // between lanes, and between lines that meet one box
constexpr double spine = 10, set_in = 18, hook = 9;      // the main path, and how far what is beside it stands in
constexpr std::size_t few = 3;                           // of a step from fewer states each has its own line with words

struct Place {
    State state;
    bool main; // on the path that the manual tells first
};
constexpr Place places[] = {
    {State::submitted, true},  {State::registered, true},      {State::screening, true},
    {State::set_aside, false}, {State::awaiting_information, false},
    {State::pending_order, true},  {State::paper_recorded, false}, {State::referred, false},
    {State::fact_finding, true},   {State::pending_decision, true}, {State::action, true},
    {State::closing, true},        {State::closed, true},          {State::suspended, false},
};

std::size_t place_of(State state) {
    const auto found = std::ranges::find(places, state, &Place::state);
    if (found == std::end(places)) throw std::logic_error("state " + std::to_string(static_cast<int>(state)) + " has no place in the diagram");
    return static_cast<std::size_t>(found - std::begin(places));
}

// Places inside a word that is not parted.
std::set<int32_t> kept_together(const icu::UnicodeString &text) {
    std::set<int32_t> out;
    for (const std::string_view word : print::whole_words) {
        const auto whole = icu::UnicodeString::fromUTF8(icu::StringPiece(word.data(), static_cast<int32_t>(word.size())));
        for (int32_t at = text.indexOf(whole); at >= 0; at = text.indexOf(whole, at + 1))
            for (int32_t inside = 1; inside < whole.length(); ++inside)
                out.insert(at + inside);
    }
    return out;
}

bool is_mark(UChar32 c) { // stands above or below the letter before it
    return c == 0xe31 || (c >= 0xe34 && c <= 0xe3a) || (c >= 0xe47 && c <= 0xe4e);
}

double width_of(const icu::UnicodeString &text) {
    double em = 0;
    for (int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
        const UChar32 c = text.char32At(at);
        em += is_mark(c) ? 0 : c == ' ' ? 0.3 : c >= 0xe00 && c < 0xe80 ? 0.62 : 0.57;
    }
    return em * text_size;
}

// One line at the right from the states that lead to `to`, by steps that neither return nor stay nor go along the main path.
struct Lane {
    State to;
    std::set<std::size_t> shared;          // places whose box it touches: a step from many states
    std::size_t first = 0, last = 0;       // positions: a box at twice its place, what stands below it one further
    std::size_t column = 0;
    std::vector<double> ends;              // heights at which it is met
};

// What stands below a box: one step of its own.
struct Exit {
    const Transition *step;
    bool leaves; // through a lane
};

class Drawing {
public:
    Drawing(std::span<const Transition> table, const DiagramWords &words, double width) : words_(words) {
        out_.picture.width = width;
        out_.picture.text_size = text_size;
        sort(table);
        lay_lanes();
    }

    Diagram draw() {
        for (std::size_t at = 0; at < std::size(places); ++at)
            draw_place(at);
        for (const Lane &lane : lanes_) {
            const auto [top, bottom] = std::ranges::minmax(lane.ends);
            line({{x_of(lane), top}, {x_of(lane), bottom}}, colour_of(lane));
        }
        out_.picture.height = y_ + 2;
        return std::move(out_);
    }

private:
    void sort(std::span<const Transition> table) {
        std::map<std::string_view, std::set<std::size_t>> sources;
        for (const Transition &step : table)
            sources[step.event].insert(place_of(step.from));
        for (const Transition &step : table) {
            const std::size_t from = place_of(step.from), to = place_of(step.to);
            const bool stays = step.from == step.to;
            if (step.by_hand) {
                begins_[to].push_back(step);
            } else if (step.main) {
                if (next_main(from) != to) throw std::logic_error("a main step that leaves the path: " + std::string(step.event));
                along_[from].push_back(&step);
            } else if (step.returns || stays) {
                exits_[from].push_back({&step, false});
            } else {
                const bool shared = sources[step.event].size() >= few;
                Lane &lane = lane_to(step.to);
                if (!shared) exits_[from].push_back({&step, true});
                if (shared && std::ranges::find(entries_[to], step.event, &Transition::event) == entries_[to].end())
                    entries_[to].push_back(step);
                if (shared) lane.shared.insert(from);
                const std::size_t position = 2 * from + (shared ? 0 : 1);
                lane.first = std::min(lane.first, position);
                lane.last = std::max(lane.last, position);
            }
            out_.edges.push_back({step.from, step.returns ? step.from : step.to, step.event});
        }
    }

    static std::size_t next_main(std::size_t from) {
        if (!places[from].main) return std::size(places);
        for (std::size_t at = from + 1; at < std::size(places); ++at)
            if (places[at].main) return at;
        return std::size(places);
    }

    Lane &lane_to(State to) {
        const auto found = std::ranges::find(lanes_, to, &Lane::to);
        if (found != lanes_.end()) return *found;
        const std::size_t own = 2 * place_of(to);
        return lanes_.emplace_back(Lane{to, {}, own, own, 0, {}});
    }

    // The shorter ones nearer to the boxes; two that do not meet share a column.
    void lay_lanes() {
        std::ranges::sort(lanes_, {}, [](const Lane &lane) { return std::pair(lane.last - lane.first, lane.to); });
        for (Lane &lane : lanes_) {
            const auto taken = [&](const Lane &other) {
                return other.column == lane.column && other.first <= lane.last && lane.first <= other.last;
            };
            while (std::any_of(lanes_.data(), &lane, taken))
                ++lane.column;
            columns_ = std::max(columns_, lane.column + 1);
        }
        right_ = out_.picture.width - lane_pitch * static_cast<double>(columns_) - lane_pitch / 2;
    }

    double x_of(const Lane &lane) const { return right_ + lane_pitch * static_cast<double>(lane.column + 1); }
    unsigned colour_of(const Lane &lane) const {
        return static_cast<unsigned>(static_cast<std::size_t>(&lane - lanes_.data()) % print::colours().size());
    }

    void draw_place(std::size_t at) {
        const Place &place = places[at];
        const double left = place.main ? 1 : set_in;
        if (at > 0) out_.picture.breaks.push_back(y_);
        for (const Transition &step : begins_[at])
            begin(step);
        for (const Transition &step : entries_[at])
            enter(step, place.main ? spine : left);
        if (place.main) arrive(at);
        box(at, left);
        double from = y_;
        for (const Exit &exit : exits_[at])
            from = leave(exit, left + set_in, from);
        y_ += exits_[at].empty() ? gap : gap / 2;
    }

    // The main path as far as the box that follows, with the step's words beside its end.
    void arrive(std::size_t at) {
        for (const auto &[from, steps] : along_)
            for (const Transition *step : steps)
                if (next_main(from) == at) write(words_.step(*step), spine + padding + 4, right_, true);
        if (path_from_ > 0) {
            y_ += gap / 2;
            out_.picture.lines.push_back({{{spine, path_from_}, {spine, y_}}, true, 0, true});
        }
    }

    // A case that begins here: no line leads from anywhere.
    void begin(const Transition &step) {
        y_ += padding / 2;
        out_.picture.dots.push_back({{spine + padding + 4, y_ + line_height / 2}, 0});
        write(words_.step(step), spine + padding + 14, right_, false);
        y_ += padding / 2;
    }

    // A step from many states: told once, where it leads to. The dot says which of the lines.
    void enter(const Transition &step, double left) {
        const auto lane = std::ranges::find(lanes_, step.to, &Lane::to);
        y_ += padding / 2;
        out_.picture.dots.push_back({{left + 10, y_ + line_height / 2}, colour_of(*lane)});
        write(words_.step(step), left + 20, right_, false);
        y_ += padding / 2;
    }

    void box(std::size_t at, double left) {
        const State state = places[at].state;
        std::vector<Lane *> met; // its own first, then those to which it leads as one of many
        for (Lane &lane : lanes_)
            if (lane.to == state) met.insert(met.begin(), &lane);
            else if (lane.shared.contains(at)) met.push_back(&lane);
        const auto text = lines_of(words_.state(state), right_ - left - 2 * padding);
        const double height = std::max(line_height * static_cast<double>(text.size()) + padding,
                                       slot * static_cast<double>(met.size()) + padding);
        out_.picture.boxes.push_back({{left, y_}, right_ - left, height, places[at].main});
        double line_y = y_ + (height - line_height * static_cast<double>(text.size())) / 2;
        for (const std::string &words : text) {
            out_.picture.words.push_back({{left + padding, line_y + base_line}, words, true});
            line_y += line_height;
        }
        for (std::size_t i = 0; i < met.size(); ++i)
            meet(*met[i], y_ + height * static_cast<double>(i + 1) / static_cast<double>(met.size() + 1), met[i]->to == state);
        y_ += height;
        if (places[at].main) path_from_ = y_;
    }

    void meet(Lane &lane, double y, bool arrives) {
        lane.ends.push_back(y);
        if (arrives) {
            line({{x_of(lane), y}, {right_, y}}, colour_of(lane), true);
        } else {
            line({{right_, y}, {x_of(lane), y}}, colour_of(lane));
            out_.picture.dots.push_back({{x_of(lane), y}, colour_of(lane)});
        }
    }

    // Words hung below their box, and from them the line to the lane. Returns where the next one hangs.
    double leave(const Exit &exit, double left, double from) {
        const Transition &step = *exit.step;
        const double hang = left - hook;
        const auto text = exit.leaves ? words_.step(step) : step.returns ? words_.returns(step) : words_.stays(step);
        y_ += padding / 2;
        const double middle = y_ + line_height / 2;
        write(text, left + 2, right_, false);
        const auto lane = exit.leaves ? std::ranges::find(lanes_, step.to, &Lane::to) : lanes_.end();
        const unsigned colour = lane == lanes_.end() ? 0 : colour_of(*lane);
        line({{hang, from}, {hang, middle}, {left - 2, middle}}, 0);
        if (lane != lanes_.end()) {
            lane->ends.push_back(y_ - line_height / 2);
            line({{right_, lane->ends.back()}, {x_of(*lane), lane->ends.back()}}, colour);
            out_.picture.dots.push_back({{x_of(*lane), lane->ends.back()}, colour});
        }
        return middle;
    }

    void write(const std::string &text, double left, double right, bool strong) {
        for (const std::string &words : lines_of(text, right - left)) {
            out_.picture.words.push_back({{left, y_ + base_line}, words, strong});
            y_ += line_height;
        }
    }

    void line(std::vector<print::Picture::Point> points, unsigned colour, bool arrow = false) {
        out_.picture.lines.push_back({std::move(points), arrow, colour, false});
    }

    static constexpr double base_line = 19; // below the top of a line of words
    const DiagramWords &words_;
    Diagram out_;
    std::map<std::size_t, std::vector<const Transition *>> along_; // by place
    std::map<std::size_t, std::vector<Exit>> exits_;
    std::map<std::size_t, std::vector<Transition>> entries_, begins_;
    std::vector<Lane> lanes_;
    std::size_t columns_ = 0;
    double right_ = 0; // of the boxes
    double y_ = 2, path_from_ = 0;
};

} // namespace

std::vector<std::string> lines_of(const std::string &text, double width) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::BreakIterator> breaks(icu::BreakIterator::createLineInstance(icu::Locale("th"), status));
    if (U_FAILURE(status)) throw std::logic_error("no rules for breaking lines");
    const auto whole = icu::UnicodeString::fromUTF8(text);
    breaks->setText(whole);
    std::vector<std::string> out;
    const auto take = [&](int32_t from, int32_t to) {
        whole.tempSubStringBetween(from, to).trim().toUTF8String(out.emplace_back());
    };
    const auto together = kept_together(whole);
    int32_t line = 0, last = 0;
    for (int32_t at = breaks->next(); at != icu::BreakIterator::DONE; at = breaks->next()) {
        if (together.contains(at)) continue;
        if (last > line && width_of(whole.tempSubStringBetween(line, at).trim()) > width) {
            take(line, last);
            line = last;
        }
        last = at;
    }
    if (last > line) take(line, last);
    return out;
}

Diagram draw_workflow(std::span<const domain::Transition> table, const DiagramWords &words, double width) {
    return Drawing(table, words, width).draw();
}

} // namespace pages
