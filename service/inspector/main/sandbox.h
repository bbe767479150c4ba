// Shuts this process in for good, with whatever it starts: no file outside of what the parsers are made of, nothing to write but one
// folder, no socket, no other process. Without namespaces, so that it works for every user, in a container and under the
// service's own restrictions.
#pragma once

#include <string>

namespace inspector {

// How much one file may cost.
inline constexpr unsigned most_seconds = 60;                  // of processor time
inline constexpr unsigned long most_memory = 1024ul << 20;    // of addresses, each process
inline constexpr unsigned long most_file_bytes = 128ul << 20; // each file that is written

// False: the kernel has no Landlock, or refuses. Nothing hostile may be read then. `folder` may be empty: nothing can be written.
bool enter_sandbox(const std::string &folder);

} // namespace inspector
