#include "tests/bench/table.h"

#include <cstdio>

namespace bench {

void Table::add(Figure figure) {
    if (!begun_) std::printf("| what | measured | limit in the same run | ratio |\n|---|---|---|---|\n");
    begun_ = true;
    std::printf("| %s | %s | %s | %s |\n", figure.what.c_str(), figure.measured.c_str(), figure.limit.c_str(),
                figure.ratio > 0 ? (number(figure.ratio * 100) + " %").c_str() : "");
    std::fflush(stdout);
}

void Table::demand(bool kept, std::string goal) { goals_.push_back({std::move(goal), kept}); }

int Table::end() const {
    int status = 0;
    std::printf("\n");
    for (const Goal &goal : goals_) {
        std::printf("%s: %s\n", goal.kept ? "kept" : "MISSED", goal.text.c_str());
        if (!goal.kept) status = 1;
    }
    return status;
}

std::string number(double value, int digits) {
    char out[64];
    std::snprintf(out, sizeof out, "%.*f", digits, value);
    return out;
}

} // namespace bench
