#include "service/runtime/process.h"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <malloc.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace runtime {
namespace {

constexpr const char *all_by_malloc = "always-malloc";
constexpr const char *tunables = "glibc.malloc.perturb=165:glibc.malloc.tcache_count=0";

// Nothing recurses by what is sent. With the C library's 8 MiB seventy threads would map half a gigabyte.
constexpr std::size_t thread_stack_bytes = std::size_t{1} << 20;

sigset_t handled_signals() {
    sigset_t set;
    sigemptyset(&set);
    for (int signal : {SIGTERM, SIGINT, SIGUSR1})
        sigaddset(&set, signal);
    return set;
}

} // namespace

void ensure_freed_memory_is_overwritten(char **argv) {
    const char *now = std::getenv("GLIBC_TUNABLES"), *bound = std::getenv("LD_BIND_NOW"), *slices = std::getenv("G_SLICE");
    if (now && std::strcmp(now, tunables) == 0 && bound && *bound && slices && std::strcmp(slices, all_by_malloc) == 0)
        return;
    ::setenv("G_SLICE", all_by_malloc, 1); // else GLib, by which Pango sets prints, keeps freed blocks to itself as they are
    ::setenv("GLIBC_TUNABLES", tunables, 1);
    ::setenv("LD_BIND_NOW", "1", 1); // binding at the first call saves registers, and parts of a text in them, on the stack
    ::execv("/proc/self/exe", argv);
    // Without /proc the program goes on: the texts are cleared by their owners as well.
}

void keep_stacks_small() {
    pthread_attr_t attributes;
    ::pthread_attr_init(&attributes);
    ::pthread_attr_setstacksize(&attributes, thread_stack_bytes);
    ::pthread_setattr_default_np(&attributes);
    ::pthread_attr_destroy(&attributes);
}

bool harden_process() {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0);
    ::umask(077);
    // With a finite limit later allocations would fail instead of going unlocked.
    rlimit locked{};
    if (::geteuid() != 0 && (::getrlimit(RLIMIT_MEMLOCK, &locked) != 0 || locked.rlim_cur != RLIM_INFINITY))
        return false;
    return ::mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) == 0;
}

void give_back_memory(bool locked) {
    // Pages cannot be given back while they are locked: for these few milliseconds they are not.
    if (locked)
        ::munlockall();
    ::malloc_trim(0);
    if (locked)
        ::mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT);
}

std::size_t resident_memory() {
    std::size_t all = 0, resident = 0;
    std::ifstream("/proc/self/statm") >> all >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

std::size_t raise_descriptor_limit() {
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0)
        return 256; // POSIX promises less; Linux gives at least 1024 where nobody asks for another number
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
    ::getrlimit(RLIMIT_NOFILE, &files);
    return static_cast<std::size_t>(files.rlim_cur);
}

std::optional<ConnectionCaps> connection_caps(std::size_t descriptors, std::size_t workers, std::size_t wanted) {
    // A worker's database connection holds the file, its log and their index; connections that were dropped are closed a
    // moment later than they stop counting.
    const std::size_t reserve = 48 + 4 * workers;
    constexpr std::size_t fewest = 8; // of the officers
    if (descriptors < reserve + 4 * fewest)
        return std::nullopt;
    const std::size_t quarter = (descriptors - reserve) / 4;
    return ConnectionCaps{std::min(wanted, 3 * quarter), std::min(wanted, quarter)};
}

void block_signals() {
    const sigset_t set = handled_signals();
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
}

void unblock_signals() {
    const sigset_t set = handled_signals();
    ::pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

bool end_asked() {
    sigset_t come;
    return ::sigpending(&come) == 0 && (sigismember(&come, SIGTERM) == 1 || sigismember(&come, SIGINT) == 1);
}

Woken wait_for_signal(long long deadline, const std::function<void()> &on_ask) {
    const sigset_t set = handled_signals();
    for (;;) {
        const long long left = deadline - static_cast<long long>(std::time(nullptr));
        if (left <= 0)
            return Woken::deadline;
        const timespec wait{static_cast<time_t>(left), 0};
        const int signal = ::sigtimedwait(&set, nullptr, &wait);
        if (signal == SIGTERM || signal == SIGINT)
            return Woken::end;
        if (signal == SIGUSR1)
            on_ask();
    }
}

} // namespace runtime
