// Many TLS connections in one thread, kept alive, each sending the next prepared request as soon as its answer is whole:
// a client that takes as little as it can of the processors that it shares with the server.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

// Each connection comes from another address of 127.0.0.0/8: the server lets one source that opens very many wait.
using Clock = std::chrono::steady_clock;

struct Load {
    std::size_t asked = 0, failed = 0;
    double seconds = 0;
    double server_cpu = 0; // milliseconds of the server's processor time for each; 0: not counted
    std::vector<double> milliseconds; // of each answer that was right, sorted

    double rate() const { return seconds > 0 ? static_cast<double>(milliseconds.size()) / seconds : 0; }
    double percentile(double part) const;
};

struct Script {
    std::uint16_t port = 0;
    std::size_t clients = 1;
    std::function<std::string()> request;            // the next whole request; empty: no more
    std::function<bool(std::string_view)> is_right;  // asked of each whole answer, head and body
    std::chrono::milliseconds duration{5'000};       // no request begins later
};

// The time counted ends with the last answer.
Load drive(const Script &script);

// New connections, `clients` at a time, each closed after its handshake.
Load connect_often(std::uint16_t port, std::size_t clients, std::chrono::milliseconds duration);

// Connections with a finished handshake that ask for nothing, until the object goes. size() counts those that stand.
class Idle {
public:
    Idle(std::uint16_t port, std::size_t count);
    ~Idle();
    Idle(const Idle &) = delete;
    Idle &operator=(const Idle &) = delete;
    std::size_t size() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

// One request on a connection of its own; empty when no whole answer came.
std::string ask(std::uint16_t port, const std::string &request);

std::string get_request(std::string_view path, std::string_view fields = "");
std::string post_request(std::string_view path, std::string_view body, std::string_view fields = "");
std::string urlencoded(std::string_view text);

} // namespace bench
