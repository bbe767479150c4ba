// A blocking TLS client for tests, on OpenSSL and a plain socket, so that it shares no code with the server it looks
// at. It can send any bytes. It trusts every certificate: tests check whom they talk to by what is answered.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace testing_support {

struct Answer {
    unsigned status = 0;
    std::vector<std::pair<std::string, std::string>> headers; // names in lower case, in the order sent
    std::string body;

    std::size_t count(std::string_view name) const;  // how often a header stands there
    std::string header(std::string_view name) const; // the first one, or empty
};

struct TlsClientOptions {
    int min_version = 0, max_version = 0; // TLS1_2_VERSION and so on; 0: any
    std::string ciphers{};                // for TLS 1.2, OpenSSL's notation; empty: all
    std::vector<std::string> alpn{};
    std::chrono::milliseconds patience{20'000}; // for one read: a test that waits longer fails instead of hanging
};

class TlsClient {
public:
    // ok() is false when the port does not answer or the handshake is refused.
    explicit TlsClient(std::uint16_t port, const TlsClientOptions &options = {});
    ~TlsClient();
    TlsClient(TlsClient &&) noexcept;
    TlsClient &operator=(TlsClient &&) noexcept;

    bool ok() const;
    bool send(std::string_view bytes); // false: the other side has closed
    // Reads one answer; `head`: it has no body. Nothing: the connection ended before it was whole.
    std::optional<Answer> read_answer(bool head = false);
    bool closed();               // waits until the other side ends the connection (true) or sends a byte (false)
    std::string read_to_end();   // everything until the other side ends the connection
    std::string version() const; // "TLSv1.3"
    std::string cipher() const;
    std::string alpn() const;    // what the server chose
    std::size_t tickets() const; // session tickets that came in so far
    // Sizes of the records that came in since the handshake, as they travel: what an observer of the network sees.
    std::vector<std::size_t> records() const;
    void close();

    // Whole requests with a Host of 127.0.0.1; `extra` are further header lines, each ended by \r\n.
    std::optional<Answer> get(std::string_view target, std::string_view extra = "");
    std::optional<Answer> head(std::string_view target, std::string_view extra = "");
    std::optional<Answer> post(std::string_view target, std::string_view body, std::string_view extra = "",
                               std::string_view content_type = "application/x-www-form-urlencoded");

private:
    struct State;
    std::unique_ptr<State> state_;
};

// A socket without TLS, for what should not be served.
class RawSocket {
public:
    explicit RawSocket(std::uint16_t port, std::chrono::milliseconds patience = std::chrono::milliseconds{20'000});
    ~RawSocket();
    RawSocket(const RawSocket &) = delete;
    RawSocket &operator=(const RawSocket &) = delete;

    bool send(std::string_view bytes);
    bool closed();             // waits until the other side ends the connection (true) or sends a byte (false)
    std::string read_to_end(); // everything until the other side ends the connection

private:
    int fd_;
};

// "a=1&b=%E0%B8%81": a form as a browser encodes it.
std::string form_body(const std::vector<std::pair<std::string, std::string>> &fields);

} // namespace testing_support
