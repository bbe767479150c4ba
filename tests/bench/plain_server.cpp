#include "tests/bench/plain_server.h"

#include "tests/bench/child.h"

#include <arpa/inet.h>
#include <csignal>
#include <fcntl.h>
#include <regex>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace bench {
namespace {

std::uint16_t port_in(const std::string &text) {
    std::smatch found;
    if (!std::regex_search(text, found, std::regex("ACCEPT [^\n]*:(\\d+)\n"))) return 0;
    return static_cast<std::uint16_t>(std::stoi(found[1].str()));
}

} // namespace

PlainServer::PlainServer(const std::filesystem::path &certificate, const std::filesystem::path &key) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    process_ = run({"openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key", key, "-www",
                    "-num_tickets", "0", "-no_ticket"},
                   ends[1]);
    ::close(ends[1]);
    std::string text;
    char part[1024];
    for (ssize_t size; port_ == 0 && (size = ::read(ends[0], part, sizeof part)) > 0; port_ = port_in(text))
        text.append(part, static_cast<std::size_t>(size));
    if (port_ == 0) throw std::runtime_error("openssl s_server does not start");
}

PlainServer::~PlainServer() {
    ::kill(process_, SIGTERM);
    ended(process_);
}

double PlainServer::s_time(std::chrono::milliseconds duration) const {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    const auto seconds = std::max<long long>(1, duration.count() / 1000);
    const pid_t process = run({"openssl", "s_time", "-connect", "127.0.0.1:" + std::to_string(port_), "-new", "-time",
                               std::to_string(seconds)},
                              ends[1]);
    ::close(ends[1]);
    const std::string text = read_all(ends[0]);
    ::close(ends[0]);
    ended(process);
    std::smatch found; // "1234 connections in 6 real seconds, 0 bytes read per connection"
    if (!std::regex_search(text, found, std::regex("(\\d+) connections in (\\d+) real seconds"))) return 0;
    return std::stod(found[1].str()) / std::max(1.0, std::stod(found[2].str()));
}

} // namespace bench
