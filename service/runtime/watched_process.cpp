#include "service/runtime/watched_process.h"

#include "storage/descriptor.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <iterator>
#include <optional>
#include <poll.h>
#include <spawn.h>
#include <sstream>
#include <string_view>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace runtime {
namespace {

namespace fs = std::filesystem;
using storage::Descriptor;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds between_looks{50};

// What /proc/PID/stat says behind the program's name, which may hold anything but ends with the last bracket.
struct Task {
    pid_t group = 0;
    std::size_t threads = 0;
    std::uint64_t resident = 0; // bytes
};
std::optional<Task> task_of(const fs::path &process) {
    // No stream: those throw when a process ends between opening and reading.
    const Descriptor file(::open((process / "stat").c_str(), O_RDONLY | O_CLOEXEC));
    std::string text(1024, '\0');
    const ssize_t size = file ? ::read(file.get(), text.data(), text.size()) : -1;
    text.resize(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
    const auto name = text.rfind(')');
    if (name == std::string::npos) return std::nullopt; // it has ended meanwhile
    std::istringstream behind(text.substr(name + 1));
    const std::vector<std::string> words{std::istream_iterator<std::string>(behind), {}};
    if (words.size() < 22) return std::nullopt;
    return Task{static_cast<pid_t>(std::atol(words[2].c_str())), std::strtoul(words[17].c_str(), nullptr, 10),
                std::strtoull(words[21].c_str(), nullptr, 10) * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE))};
}

// The processes cannot leave their group, nor hide from here: sandbox.h.
bool group_is_within(pid_t group, const Bounds &bounds) {
    Task all{};
    std::error_code fault;
    for (fs::directory_iterator at("/proc", fault), end; !fault && at != end; at.increment(fault)) {
        const std::string name = at->path().filename().string();
        if (!std::isdigit(static_cast<unsigned char>(name.front()))) continue;
        const auto task = task_of(at->path());
        if (!task || task->group != group) continue;
        all.threads += task->threads;
        all.resident += task->resident;
    }
    return all.threads <= bounds.tasks && all.resident <= bounds.memory;
}

struct Filled {
    std::uint64_t bytes = 0, files = 0;
};
Filled filled(const fs::path &folder) {
    struct statvfs state{};
    if (::statvfs(folder.c_str(), &state) != 0) return {};
    return {(state.f_blocks - state.f_bfree) * state.f_frsize, state.f_files - state.f_ffree};
}

bool folder_is_within(const fs::path &folder, const Filled &before, const Bounds &bounds) {
    const Filled now = filled(folder);
    return now.bytes <= before.bytes + bounds.disk && now.files <= before.files + bounds.files;
}

// Not started: -1.
pid_t start(const std::vector<std::string> &words, int input, int output) {
    std::vector<char *> arguments;
    for (const std::string &word : words)
        arguments.push_back(const_cast<char *>(word.c_str()));
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawnattr_init(&attributes);
    sigset_t none;
    ::sigemptyset(&none);
    ::posix_spawnattr_setsigmask(&attributes, &none); // the server's threads block signals
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
    pid_t process = -1;
    char *const nothing[] = {nullptr};
    const int fault = ::posix_spawn(&process, arguments[0], &actions, &attributes, arguments.data(), nothing);
    ::posix_spawn_file_actions_destroy(&actions);
    ::posix_spawnattr_destroy(&attributes);
    return fault == 0 ? process : -1;
}

bool ends_within(pid_t process, const fs::path &folder, const Filled &before, const Bounds &bounds) {
    const Descriptor ended(static_cast<int>(::syscall(SYS_pidfd_open, process, 0)));
    const auto until = Clock::now() + bounds.longest;
    while (ended) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
        pollfd end{ended.get(), POLLIN, 0};
        const int found = ::poll(&end, 1, static_cast<int>(std::clamp(left, left.zero(), between_looks).count()));
        if (found > 0) return true;
        if (found < 0 && errno != EINTR) return false;
        if (bounds.ended && *bounds.ended) return false;
        if (left <= left.zero() || !folder_is_within(folder, before, bounds) || !group_is_within(process, bounds)) return false;
    }
    return false;
}

} // namespace

int run_watched(const std::vector<std::string> &words, int input, int output, const fs::path &folder, const Bounds &bounds) {
    const Filled before = filled(folder);
    const pid_t process = start(words, input, output);
    if (process < 0) return -1;
    bool within = false;
    try {
        within = ends_within(process, folder, before, bounds);
    } catch (const std::exception &) { // no memory to look: then it is not watched, and must not run
    }
    ::kill(-process, SIGKILL); // with whatever it started
    int status = 0;
    while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    return within && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

} // namespace runtime
