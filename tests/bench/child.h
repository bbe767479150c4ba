// Programs that the benchmark runs beside itself.
#pragma once

#include <string>
#include <sys/types.h>
#include <vector>

namespace bench {

// `output`: where stdout goes; -1: nowhere. stderr is the benchmark's own.
pid_t run(const std::vector<std::string> &words, int output);
int ended(pid_t process);       // waits; the status as waitpid() tells it
std::string read_all(int file); // until the other end is closed

} // namespace bench
