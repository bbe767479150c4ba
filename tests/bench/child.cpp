#include "tests/bench/child.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace bench {

pid_t run(const std::vector<std::string> &words, int output) {
    std::vector<char *> arguments;
    for (const std::string &word : words)
        arguments.push_back(const_cast<char *>(word.c_str()));
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    if (output >= 0)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    else
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t process = -1;
    const int fault = ::posix_spawnp(&process, arguments[0], &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (fault != 0) throw std::runtime_error("cannot run " + words[0]);
    return process;
}

int ended(pid_t process) {
    int status = -1;
    ::waitpid(process, &status, 0);
    return status;
}

std::string read_all(int file) {
    std::string out;
    char part[4096];
    for (ssize_t size; (size = ::read(file, part, sizeof part)) > 0;)
        out.append(part, static_cast<std::size_t>(size));
    return out;
}

} // namespace bench
