// A TLS server without anything behind it, in a thread of this program: what the same client reaches where no byte is looked at or kept.
#pragma once

#include <cstdint>
#include <filesystem>
#include <thread>

namespace bench {

class PlainTls {
public:
    // Reads each request to its end and answers it with `answer` bytes.
    PlainTls(const std::filesystem::path &certificate, const std::filesystem::path &key, std::size_t answer);
    ~PlainTls();
    PlainTls(const PlainTls &) = delete;
    PlainTls &operator=(const PlainTls &) = delete;
    std::uint16_t port() const { return port_; }

private:
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::thread thread_;
};

} // namespace bench
