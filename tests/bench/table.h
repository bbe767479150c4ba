// The figures of one run, as the Markdown table that README.md shows.
#pragma once

#include <string>
#include <vector>

namespace bench {

struct Figure {
    std::string what, measured, limit; // limit: what it is compared with; may be empty
    double ratio = 0;                  // of the measured to the limit; 0: none
};

class Table {
public:
    void add(Figure figure);            // printed at once
    void demand(bool kept, std::string goal); // one that is not kept fails the run
    int end() const;                    // prints the goals; the program's status

private:
    struct Goal {
        std::string text;
        bool kept;
    };
    bool begun_ = false;
    std::vector<Goal> goals_;
};

std::string number(double value, int digits = 0);

} // namespace bench
