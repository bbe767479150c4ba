#include "service/runtime/terminal.h"

#include "service/runtime/process.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

namespace runtime {
namespace {

constexpr std::size_t longest_line = 4096;

std::optional<termios> mode_before;

void set_echo(bool on) {
    if (!mode_before)
        return;
    termios mode = *mode_before;
    if (!on)
        mode.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &mode);
}

void write_all(std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
        if (written <= 0 && errno != EINTR)
            return;
        text.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
    }
}

} // namespace

bool english_locale() {
    for (const char *name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const char *value = std::getenv(name); value && *value)
            return std::string_view(value).starts_with("en");
    return false;
}

Terminal::Terminal() {
    termios mode{};
    if (::tcgetattr(STDIN_FILENO, &mode) == 0)
        mode_before = mode;
}

Terminal::~Terminal() {
    set_echo(true);
    mode_before.reset();
}

bool Terminal::is_there() { return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDOUT_FILENO) == 1; }

void Terminal::say(std::string_view text) {
    write_all(text);
    write_all("\n");
}

std::expected<std::string, Unanswered> Terminal::line(std::string_view prompt, bool hidden) {
    if (hidden)
        set_echo(false); // before anybody is asked to type
    write_all(prompt);
    std::string out;
    out.reserve(longest_line); // a secret is not copied about while it grows
    std::optional<Unanswered> stopped;
    while (!stopped) {
        pollfd input{STDIN_FILENO, POLLIN, 0};
        const int ready = ::poll(&input, 1, 200); // milliseconds: signals are blocked, so that they are asked for
        if (end_asked()) {
            stopped = Unanswered::interrupted;
            break;
        }
        if (ready <= 0)
            continue;
        char c = 0;
        const ssize_t got = ::read(STDIN_FILENO, &c, 1);
        if (got <= 0)
            stopped = Unanswered::ended;
        else if (c == '\n')
            break;
        else if (out.size() < longest_line)
            out.push_back(c);
    }
    if (hidden) {
        set_echo(true);
        write_all("\n");
    }
    if (stopped) {
        explicit_bzero(out.data(), out.size());
        return std::unexpected(*stopped);
    }
    return out;
}

void Terminal::clear() { write_all("\x1b[H\x1b[2J\x1b[3J"); }

} // namespace runtime
