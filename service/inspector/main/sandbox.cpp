#include "service/inspector/main/sandbox.h"

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace inspector {
namespace {

constexpr std::uint64_t reading = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
// By the version of the kernel's interface that knows them; headers of Debian 12 know the first two.
constexpr std::uint64_t of_first = (1ull << 13) - 1, with_refer = 1ull << 13, with_truncate = 1ull << 14, with_devices = 1ull << 15;

std::uint64_t handled(long version) {
    std::uint64_t out = of_first;
    if (version >= 2) out |= with_refer;
    if (version >= 3) out |= with_truncate;
    if (version >= 5) out |= with_devices;
    return out;
}

// What is not there needs no rule.
bool allow(int rules, const char *path, std::uint64_t access) {
    const int place = ::open(path, O_PATH | O_CLOEXEC);
    if (place < 0) return errno == ENOENT;
    landlock_path_beneath_attr rule{};
    rule.allowed_access = access;
    rule.parent_fd = place;
    const bool done = ::syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
    ::close(place);
    return done;
}

bool shut_files(const std::string &folder) {
    const long version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1) return false;
    landlock_ruleset_attr all{};
    all.handled_access_fs = handled(version);
    const int rules = static_cast<int>(::syscall(SYS_landlock_create_ruleset, &all, sizeof all.handled_access_fs, 0));
    if (rules < 0) return false;
    bool done = true;
    for (const char *folder_of_programs : {"/usr", "/lib", "/lib64", "/bin", "/etc/alternatives", "/etc/fonts", "/etc/python3.11",
                                           "/etc/python3.13"})
        done = allow(rules, folder_of_programs, reading) && done;
    for (const char *file : {"/etc/ld.so.cache", "/etc/mime.types", "/etc/magic", "/dev/urandom"})
        done = allow(rules, file, LANDLOCK_ACCESS_FS_READ_FILE) && done;
    done = allow(rules, "/dev/null", LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE) && done;
    if (!folder.empty()) done = allow(rules, folder.c_str(), all.handled_access_fs & ~with_devices) && done;
    done = done && ::syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    ::close(rules);
    return done;
}

// By name: a kernel of another release may not know one of them, and then nobody can call it. A new session or group is
// forbidden because it would outlive the end of the group, by which the program ends whatever was started here; memory that is neither in
// a process nor in the folder, because nobody would count it.
constexpr const char *forbidden[] = {
    "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "sendto", "sendmsg", "sendmmsg", "setsid", "setpgid",
    "kill", "tkill", "pidfd_open", "pidfd_getfd", "pidfd_send_signal", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "ptrace",
    "process_vm_readv", "process_vm_writev", "process_madvise", "kcmp", "setpriority", "sched_setaffinity", "sched_setscheduler",
    "sched_setattr", "ioprio_set", "mount", "umount2", "pivot_root", "chroot", "fsopen", "fsmount", "move_mount", "open_tree",
    "unshare", "setns", "keyctl", "add_key", "request_key", "bpf", "perf_event_open", "userfaultfd", "memfd_create", "memfd_secret",
    "io_uring_setup", "io_uring_enter", "io_uring_register", "open_by_handle_at", "name_to_handle_at", "shmget", "shmat", "shmctl", "semget", "semop",
    "msgget", "msgsnd", "msgrcv", "mq_open", "syslog", "personality", "swapon", "reboot", "init_module", "finit_module", "kexec_load"};

bool shut_calls() {
    const scmp_filter_ctx filter = ::seccomp_init(SCMP_ACT_ALLOW);
    if (!filter) return false;
    bool done = true;
    for (const char *name : forbidden)
        if (const int call = ::seccomp_syscall_resolve_name(name); call != __NR_SCMP_ERROR && call >= 0)
            done = ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0) == 0 && done;
    // The C library falls back to clone, whose flags can be looked at.
    done = ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0 && done;
    for (const scmp_datum_t flag : {CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWNET, CLONE_NEWPID, CLONE_NEWIPC, CLONE_NEWUTS, CLONE_NEWCGROUP})
        done = ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
                                  SCMP_A0(SCMP_CMP_MASKED_EQ, flag, flag)) == 0 && done;
    // Who counts what the group takes must see each of its processes.
    done = ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(prctl), 1, SCMP_A0(SCMP_CMP_EQ, PR_SET_DUMPABLE)) == 0 && done;
    // Its own limits only, which it can but lower.
    done = ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(prlimit64), 1, SCMP_A0(SCMP_CMP_NE, 0)) == 0 && done;
    done = done && ::seccomp_load(filter) == 0;
    ::seccomp_release(filter);
    return done;
}

// When memory ends, the kernel takes it from here first, not from the server.
void go_first() {
    const int file = ::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (file < 0) return;
    [[maybe_unused]] const auto written = ::write(file, "1000", 4);
    ::close(file);
}

bool limit(__rlimit_resource_t what, rlim_t most) {
    const rlimit both{most, most};
    return ::setrlimit(what, &both) == 0;
}

} // namespace

bool enter_sandbox(const std::string &folder) {
    go_first();
    return ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && ::prctl(PR_SET_DUMPABLE, 0) == 0 && ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           limit(RLIMIT_CORE, 0) && limit(RLIMIT_CPU, most_seconds) && limit(RLIMIT_AS, most_memory) &&
           limit(RLIMIT_FSIZE, most_file_bytes) && limit(RLIMIT_NOFILE, 128) && shut_files(folder) && shut_calls();
}

} // namespace inspector
