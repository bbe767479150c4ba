// Asking somebody at a terminal. A secret is typed without echo; Ctrl-C ends the asking, not the program, so that whoever asks
// can clean up first.
#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace runtime {

enum class Unanswered { interrupted, ended };

bool english_locale(); // LANG and its like say so; else people are spoken to in Thai

class Terminal {
public:
    // Standard input and output. Signals must be blocked already (block_signals).
    Terminal();
    ~Terminal(); // as it was before
    Terminal(const Terminal &) = delete;
    Terminal &operator=(const Terminal &) = delete;

    static bool is_there(); // is somebody there to be asked and shown? Else secrets would go to a file
    void say(std::string_view text);
    // One line without its end. `hidden`: nothing of what is typed shows.
    std::expected<std::string, Unanswered> line(std::string_view prompt, bool hidden = false);
    void clear(); // what stands on the screen, and above it
};

} // namespace runtime
