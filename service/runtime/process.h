// What the process itself must be before it reads a key: no core dump, freed memory overwritten, files private, and one
// clean way to end.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>

namespace runtime {

// glibc reads its tunables when a program starts, so the program starts itself again with them: freed memory is then
// overwritten at once and no per-thread cache keeps whole texts. Returns when they are in force (also when another C
// library ignores them).
void ensure_freed_memory_is_overwritten(char **argv);

// Threads started later get a small stack: there are many of them, which mostly wait.
void keep_stacks_small();

// Core dumps off, not traceable by other processes of the same user, new files private, memory locked where allowed.
// Returns whether all memory is locked.
bool harden_process();

// Gives what was freed back to the system: after a flood the program would else keep, locked, what the flood took. To be
// called when no request is held. `locked`: what harden_process() said.
void give_back_memory(bool locked);
std::size_t resident_memory(); // bytes; 0 without /proc

// Raises the limit of open files as far as the system lets it: what it is then.
std::size_t raise_descriptor_limit();

// How many connections each face may have, as many as wanted where that many files may be open. The reporter face gets
// three quarters of what there is. Nothing when even a few would leave too little for the database and the log.
struct ConnectionCaps {
    std::size_t reporter, officer;
};
std::optional<ConnectionCaps> connection_caps(std::size_t descriptors, std::size_t workers, std::size_t wanted);

// Blocks SIGTERM, SIGINT and SIGUSR1 in every thread started later; call first.
void block_signals();
// Lets them through again: one that came meanwhile then ends the process, as if it came now.
void unblock_signals();
// Has SIGTERM or SIGINT come since they were blocked?
bool end_asked();
// Waits until SIGTERM or SIGINT arrives or the deadline (seconds since 1970) passes. Calls on_ask for every SIGUSR1.
enum class Woken { end, deadline };
Woken wait_for_signal(long long deadline, const std::function<void()> &on_ask);

} // namespace runtime
