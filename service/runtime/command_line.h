// The program's commands: `sucharit init | serve`, each with --help. Exit status 0 only on success; messages for people
// on stderr, data on stdout.
#pragma once

namespace runtime {

int run(int argc, char **argv);

} // namespace runtime
