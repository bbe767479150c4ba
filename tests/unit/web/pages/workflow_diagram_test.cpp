// The diagram of the manual shows what the transition table says, all of it and nothing else.
#include "tests/unit/web/pages/fixture.h"
#include "web/pages/common/manual.h"
#include "web/pages/reporter/face.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace {

using domain::State;
using domain::Transition;
using pages::Diagram;
using Edge = Diagram::Edge;

class WorkflowDiagram : public testing::TestWithParam<pages::Language> {
protected:
    WorkflowDiagram() : site(pages_test::load(pages::reporter_page_files())) {
        frame.language = GetParam();
        diagram = pages::manual_diagram(site, frame, pages::on_page("").diagram_width);
    }
    std::string written() const { // blanks fall away where a line ends
        std::string out;
        for (const auto &words : diagram.picture.words)
            out += words.text;
        return without_blanks(out);
    }
    static std::string without_blanks(std::string text) {
        std::erase(text, ' ');
        return text;
    }
    pages::Site site;
    pages::Frame frame;
    Diagram diagram;
};

TEST_P(WorkflowDiagram, HasEveryRowOfTheTableAndNoOther) {
    std::multiset<Edge> wanted;
    for (const Transition &row : domain::transitions())
        wanted.insert({row.from, row.returns ? row.from : row.to, row.event});
    EXPECT_EQ(std::multiset<Edge>(diagram.edges.begin(), diagram.edges.end()), wanted);
}

TEST_P(WorkflowDiagram, WritesEveryStateAndEveryStep) {
    const std::string all = written();
    for (int number = 1; number <= static_cast<int>(domain::last_state); ++number) {
        const std::string name = site.text(frame, "state." + std::string(domain::id(static_cast<State>(number))));
        EXPECT_NE(all.find(without_blanks(name)), std::string::npos) << name;
    }
    EXPECT_EQ(diagram.picture.boxes.size(), static_cast<std::size_t>(domain::last_state));
    for (const Transition &row : domain::transitions()) {
        const std::string name = site.text(frame, "move." + std::string(row.event) + ".title");
        EXPECT_NE(all.find(without_blanks(name)), std::string::npos) << name;
    }
}

// An arrow for each state that others lead to off the main path, an arrow into each state on it but the first, and a dot for each
// source of each lane and each step told above its target. What is entered by hand begins at its state, without a line.
TEST_P(WorkflowDiagram, DrawsALineForEveryEdge) {
    std::set<State> targets;
    std::set<std::pair<State, State>> shared;
    std::set<std::string_view> told_once;
    std::size_t main = 0, own = 0, begun = 0;
    for (const Transition &row : domain::transitions()) {
        const auto sources = std::ranges::count(domain::transitions(), row.event, &Transition::event);
        if (row.main) ++main;
        if (row.by_hand) ++begun;
        if (row.main || row.by_hand || row.returns || row.from == row.to) continue;
        targets.insert(row.to);
        if (sources < 3) ++own;
        if (sources >= 3) shared.insert({row.from, row.to});
        if (sources >= 3) told_once.insert(row.event);
    }
    EXPECT_EQ(std::ranges::count(diagram.picture.lines, true, &print::Picture::Line::arrow),
              static_cast<std::ptrdiff_t>(targets.size() + main));
    EXPECT_EQ(diagram.picture.dots.size(), own + shared.size() + told_once.size() + begun);
}

TEST_P(WorkflowDiagram, KeepsEverythingApartAndInside) {
    const auto &picture = diagram.picture;
    for (const auto &words : picture.words) {
        EXPECT_GE(words.at.x, 0);
        EXPECT_LT(words.at.y, picture.height);
    }
    auto sorted = picture.words;
    std::ranges::sort(sorted, {}, [](const auto &words) { return words.at.y; });
    for (std::size_t i = 1; i < sorted.size(); ++i)
        EXPECT_GE(sorted[i].at.y - sorted[i - 1].at.y, 27) << sorted[i].text; // room for two marks above and one below
    for (const auto &box : picture.boxes)
        EXPECT_LE(box.at.x + box.width, picture.width);
    for (const auto &line : picture.lines)
        for (const auto &[x, y] : line.points) {
            EXPECT_LE(x, picture.width);
            EXPECT_LE(y, picture.height);
        }
    EXPECT_GE(picture.text_size, 18);
}

TEST_P(WorkflowDiagram, LanesThatMeetStandApart) {
    const auto &lines = diagram.picture.lines;
    const auto upright = [](const auto &line) { return line.points.size() == 2 && line.points[0].x == line.points[1].x && !line.strong; };
    for (std::size_t i = 0; i < lines.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (upright(lines[i]) && upright(lines[j]) && lines[i].points[0].x == lines[j].points[0].x) {
                EXPECT_TRUE(lines[i].points[1].y < lines[j].points[0].y || lines[j].points[1].y < lines[i].points[0].y);
            }
}

INSTANTIATE_TEST_SUITE_P(Languages, WorkflowDiagram, testing::Values(pages::Language::th, pages::Language::en));

pages::DiagramWords ids() {
    const auto event = [](const Transition &step) { return std::string(step.event); };
    return {[](State state) { return std::string(domain::id(state)); }, event, event, event};
}

TEST(WorkflowDiagramOf, AnotherTableIsAnotherDiagram) {
    std::vector<Transition> table(domain::transitions().begin(), domain::transitions().end());
    Transition more = table.front();
    more.event = "one_more";
    more.from = State::action;
    more.to = State::referred;
    more.main = false;
    table.push_back(more);
    const auto drawn = pages::draw_workflow(table, ids(), pages::on_page("").diagram_width);
    EXPECT_EQ(std::ranges::count(drawn.edges, Edge{State::action, State::referred, "one_more"}), 1);
    EXPECT_EQ(std::ranges::count(drawn.picture.words, "one_more", &print::Picture::Words::text), 1);
}

TEST(WorkflowDiagramOf, AMainStepThatLeavesThePathIsRefused) {
    std::vector<Transition> table(domain::transitions().begin(), domain::transitions().end());
    table.front().to = State::action;
    EXPECT_THROW((void)pages::draw_workflow(table, ids(), pages::on_page("").diagram_width), std::logic_error);
}

TEST(WorkflowDiagramOf, AStateWithoutAPlaceIsRefused) {
    std::vector<Transition> table(domain::transitions().begin(), domain::transitions().end());
    table.front().to = static_cast<State>(static_cast<int>(domain::last_state) + 1);
    EXPECT_THROW((void)pages::draw_workflow(table, ids(), pages::on_page("").diagram_width), std::logic_error);
}

TEST(DiagramLines, BreakThaiBetweenWords) {
    const auto lines = pages::lines_of("อยู่ระหว่างสืบสวนข้อเท็จจริง", 150);
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_EQ(lines[1], "ข้อเท็จจริง");
    EXPECT_EQ(pages::lines_of("Closed", 150), std::vector<std::string>{"Closed"});
}

} // namespace
