// What is measured, one section after the other; README.md says how each is meant.
#pragma once

#include "tests/bench/agency.h"
#include "tests/bench/table.h"

#include <chrono>

namespace bench {

struct Options {
    Paths paths;
    std::filesystem::path folder;              // where the stores are made: on the disk to measure
    std::chrono::milliseconds duration{5'000}; // of one figure
    std::size_t cases = 100'000, cases_of_the_day = 300;
    std::size_t listed_cases = 50'000; // that one officer reads
    std::size_t most_idle = 10'000;
    std::size_t file_megabytes = 100, file_rounds = 7;
    bool whole_cost = true; // sign-in at the full Argon2id cost too
    bool strict = true;     // the goals in figures count; that nothing fails always does
};

void measure_filing(const Options &options, Table &table); // with tracking, connections and memory on the same agency
void measure_sign_in(const Options &options, Table &table, unsigned operations, unsigned memory_mib);
void measure_files(const Options &options, Table &table);
void measure_queue(const Options &options, Table &table);
void measure_start(const Options &options, Table &table);

} // namespace bench
