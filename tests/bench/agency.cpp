#include "tests/bench/agency.h"

#include "tests/bench/client.h"
#include "tests/bench/child.h"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <unistd.h>

namespace bench {
namespace {

namespace fs = std::filesystem;

fs::path new_folder(const fs::path &parent) {
    std::string path = (parent / "sucharit-bench-XXXXXX").string();
    if (!::mkdtemp(path.data())) throw std::runtime_error("no folder can be made in " + parent.string());
    return path;
}

} // namespace

Agency::Agency(Paths paths, const fs::path &parent, unsigned password_operations, unsigned password_memory_mib)
    : paths_(std::move(paths)), home_(new_folder(parent)) {
    if (ended(run({paths_.program, "init", "--demo", "--no-second-factor", "--dir", folder(), "--password-operations",
                     std::to_string(password_operations), "--password-memory-mib", std::to_string(password_memory_mib)},
                    -1)) != 0)
        throw std::runtime_error("sucharit init failed");
}

Agency::~Agency() {
    stop();
    std::error_code ignored;
    fs::remove_all(home_, ignored);
}

double Agency::start() {
    const auto begin = Clock::now();
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    process_ = run({paths_.program, "serve", "--dir", folder(), "--share", paths_.share, "--reporter-port", "0",
                      "--officer-port", "0"},
                     ends[1]);
    ::close(ends[1]);
    output_ = ends[0];
    std::string text;
    char part[4096];
    while (text.find("ready\n") == text.npos) {
        const ssize_t size = ::read(output_, part, sizeof part);
        if (size <= 0) throw std::runtime_error("the program did not start");
        text.append(part, static_cast<std::size_t>(size));
    }
    const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    std::smatch found;
    if (!std::regex_search(text, found, std::regex("reporters: https://127\\.0\\.0\\.1:(\\d+)/\n"
                                                   "officers: +https://127\\.0\\.0\\.1:(\\d+)/")))
        throw std::runtime_error("the program does not say where it listens");
    reporters_ = static_cast<std::uint16_t>(std::stoi(found[1].str()));
    officers_ = static_cast<std::uint16_t>(std::stoi(found[2].str()));
    return seconds;
}

double Agency::verify_audit() const {
    const auto begin = Clock::now();
    if (ended(run({paths_.program, "audit", "verify", "--dir", folder()}, STDERR_FILENO)) != 0)
        throw std::runtime_error("audit verify finds something, or fails");
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

void Agency::stop() {
    if (process_ < 0) return;
    ::kill(process_, SIGTERM);
    const int status = ended(process_);
    process_ = -1;
    ::close(output_);
    if (status != 0) throw std::runtime_error("the program ended with a failure");
}

void Agency::kill() {
    ::kill(process_, SIGKILL);
    ended(process_);
    process_ = -1;
    ::close(output_);
}

void Agency::set(const std::string &setting) {
    std::ofstream(folder() / "sucharit.toml", std::ios::app) << setting << '\n';
}

double Agency::status_mib(const std::string &field) const {
    std::ifstream status("/proc/" + std::to_string(process_) + "/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(field)) return std::stod(line.substr(field.size())) / 1024;
    return 0;
}

double Agency::resident_mib() const { return status_mib("VmRSS:"); }

double Agency::forget_peak() const {
    std::ofstream("/proc/" + std::to_string(process_) + "/clear_refs") << "5"; // root only: without it the peak of the start counts
    return resident_mib();
}

double Agency::peak_mib() const { return status_mib("VmHWM:"); }

double Agency::cpu_seconds() const {
    std::ifstream stat("/proc/" + std::to_string(process_) + "/stat");
    const std::string text((std::istreambuf_iterator<char>(stat)), {});
    std::istringstream fields(text.substr(text.rfind(')') + 2));
    std::string skipped;
    for (int field = 3; field < 14; ++field)
        fields >> skipped;
    double user = 0, system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::string Agency::passphrase(const std::string &login) const {
    std::ifstream list(folder() / "demo-officers.tsv");
    for (std::string line; std::getline(list, line);) {
        std::istringstream words(line);
        std::string name, passphrase;
        words >> name >> passphrase;
        if (name == login) return passphrase;
    }
    throw std::runtime_error("no officer " + login);
}

} // namespace bench
