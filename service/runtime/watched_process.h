// A program that handles what strangers sent: started, watched while it runs, and ended with whatever it started when it takes too much.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace runtime {

// Of the process and all that it starts together; what one process may take alone, it is told by sandbox.h.
struct Bounds {
    std::chrono::milliseconds longest{120'000};
    std::size_t tasks = 128;                       // processes and threads
    std::uint64_t memory = std::uint64_t{1} << 30; // resident bytes
    std::uint64_t disk = std::uint64_t{512} << 20; // by how much what lies on `folder`'s file system may grow; also what has no name there
    std::uint64_t files = 10'000;                  // the same, in files
    const std::atomic<bool> *ended = nullptr;      // when it becomes true: at once
};

// The exit status; -1 when it did not end by itself within its bounds. `words`: the program and its arguments; it has no environment, and
// `input` and `output` as its standard ones.
int run_watched(const std::vector<std::string> &words, int input, int output, const std::filesystem::path &folder, const Bounds &bounds);

} // namespace runtime
