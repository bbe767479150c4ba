// openssl s_server with the server's own certificate: what plain OpenSSL reaches on this machine.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <sys/types.h>

namespace bench {

class PlainServer {
public:
    PlainServer(const std::filesystem::path &certificate, const std::filesystem::path &key);
    ~PlainServer();
    PlainServer(const PlainServer &) = delete;
    PlainServer &operator=(const PlainServer &) = delete;
    std::uint16_t port() const { return port_; }
    double s_time(std::chrono::milliseconds duration) const; // new connections a second, of one client

private:
    pid_t process_ = -1;
    std::uint16_t port_ = 0;
};

} // namespace bench
