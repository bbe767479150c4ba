// Starts service/inspector for each file: a process of its own without a key, fed and read through memory that has no name.
#pragma once

#include "service/ports/file_inspector.h"
#include "service/runtime/watched_process.h"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <semaphore>

namespace runtime {

class FileInspector final : public ports::FileInspector {
public:
    static constexpr std::ptrdiff_t most_at_once = 2;  // files that are cleaned: each may take what sandbox.h says
    static constexpr std::ptrdiff_t most_waiting = 4;  // for that: whoever waits holds a thread that others need for their files

    struct Paths {
        std::filesystem::path program, script;          // sucharit-inspector, clean.py
        std::filesystem::path memory = "/dev/shm";      // a file system in memory
        Bounds bounds{};                                // of one file
        std::chrono::milliseconds longest_wait{20'000}; // for a place
    };
    // Beside the program, and among what the pages need.
    static Paths installed(const std::filesystem::path &share);

    // Removes what a killed program left in memory.
    explicit FileInspector(Paths paths);

    base::Result<std::string> media_type(base::View first_bytes) override;
    bool can_clean(std::string_view media_type) const override;
    base::Result<std::optional<base::Bytes>> without_metadata(const Whole &file, std::string_view media_type) override;

    // From any thread: what is being looked into ends, and everything afterwards is Code::unavailable.
    void stop() { ended_ = true; }

private:
    int run(const std::vector<std::string> &words, int input, int output) const;

    Paths paths_;
    std::counting_semaphore<most_at_once> places_{most_at_once};
    std::counting_semaphore<most_waiting> waiting_{most_waiting};
    std::atomic<bool> ended_ = false;
};

} // namespace runtime
