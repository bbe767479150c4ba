#include "tests/bench/client.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <optional>
#include <stdexcept>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace bench {
namespace {

constexpr std::chrono::seconds patience{60}; // for the answers that are still awaited when the time is over

sockaddr_in loopback(std::uint32_t host, std::uint16_t port) {
    sockaddr_in out{};
    out.sin_family = AF_INET;
    out.sin_port = htons(port);
    out.sin_addr.s_addr = htonl(0x7f000000 | host);
    return out;
}

SSL_CTX *context() { // lives as long as the program
    static SSL_CTX *const made = [] {
        SSL_CTX *out = SSL_CTX_new(TLS_client_method());
        SSL_CTX_set_verify(out, SSL_VERIFY_NONE, nullptr); // the server is the one that was just started
        SSL_CTX_set_mode(out, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                  SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
        return out;
    }();
    return made;
}

// Where an answer ends: 0 while it is not whole.
std::size_t answer_size(std::string_view bytes) {
    const auto end = bytes.find("\r\n\r\n");
    if (end == bytes.npos) return 0;
    constexpr std::string_view field = "\r\nContent-Length: ";
    const auto at = bytes.substr(0, end).find(field);
    std::size_t length = 0;
    if (at != bytes.npos) std::from_chars(bytes.data() + at + field.size(), bytes.data() + end, length);
    return bytes.size() >= end + 4 + length ? end + 4 + length : 0;
}

class Poll {
public:
    Poll() : file_(::epoll_create1(EPOLL_CLOEXEC)) {}
    ~Poll() { ::close(file_); }
    Poll(const Poll &) = delete;
    Poll &operator=(const Poll &) = delete;
    int file() const { return file_; }

private:
    int file_;
};

class Connection {
public:
    enum class Step { waiting, idle, answered, lost };

    Connection(std::uint16_t port, const Poll &poll) : file_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        static std::uint32_t next = 0x10000; // 127.1.0.0
        const sockaddr_in from = loopback(next++, 0), to = loopback(1, port);
        const int yes = 1;
        ::setsockopt(file_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        lost_ = file_ < 0 || ::bind(file_, reinterpret_cast<const sockaddr *>(&from), sizeof from) != 0 ||
                ::connect(file_, reinterpret_cast<const sockaddr *>(&to), sizeof to) != 0 ||
                ::fcntl(file_, F_SETFL, O_NONBLOCK) != 0;
        tls_ = SSL_new(context());
        SSL_set_fd(tls_, file_);
        SSL_set_connect_state(tls_);
        epoll_event event{};
        event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
        event.data.ptr = this;
        ::epoll_ctl(poll.file(), EPOLL_CTL_ADD, file_, &event);
    }
    ~Connection() {
        SSL_free(tls_);
        if (file_ >= 0) ::close(file_);
    }
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    void send(std::string request) {
        request_ = std::move(request);
        sent_ = 0;
        answer_.clear();
        began = Clock::now();
    }

    // Goes on until it would block. idle: the handshake is done and nothing is asked.
    Step advance() {
        ERR_clear_error();
        if (lost_) return Step::lost;
        if (!SSL_is_init_finished(tls_))
            if (const int done = SSL_do_handshake(tls_); done != 1) return blocked(done);
        while (sent_ < request_.size()) {
            const int done = SSL_write(tls_, request_.data() + sent_, static_cast<int>(request_.size() - sent_));
            if (done <= 0) return blocked(done);
            sent_ += static_cast<std::size_t>(done);
        }
        for (;;) {
            char part[16 * 1024];
            const int got = SSL_read(tls_, part, sizeof part);
            if (got <= 0) {
                const Step step = blocked(got);
                return step == Step::waiting && request_.empty() ? Step::idle : step;
            }
            answer_.append(part, static_cast<std::size_t>(got));
            if (!request_.empty() && answer_size(answer_) == answer_.size()) {
                request_.clear();
                return Step::answered;
            }
        }
    }
    const std::string &answer() const { return answer_; }
    bool last() const { return answer_.substr(0, answer_.find("\r\n\r\n")).find("\r\nConnection: close") != answer_.npos; }

    Clock::time_point began;

private:
    Step blocked(int result) {
        const int why = SSL_get_error(tls_, result);
        if (why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE) return Step::waiting;
        lost_ = true;
        return Step::lost;
    }

    int file_;
    SSL *tls_ = nullptr;
    bool lost_ = false;
    std::string request_, answer_;
    std::size_t sent_ = 0;
};

class Driver {
public:
    explicit Driver(const Script &script) : script_(script), start_(Clock::now()) {}

    Load run() {
        for (std::size_t i = 0; i < script_.clients; ++i)
            connections_.push_back(std::make_unique<Connection>(script_.port, poll_));
        for (auto &connection : connections_)
            next(connection);
        while (busy_ > 0 && Clock::now() < start_ + script_.duration + patience)
            wait();
        load_.failed += busy_;
        load_.seconds = std::chrono::duration<double>(Clock::now() - start_).count();
        std::ranges::sort(load_.milliseconds);
        return std::move(load_);
    }

private:
    using Step = Connection::Step;

    void wait() {
        epoll_event events[64];
        const int count = ::epoll_wait(poll_.file(), events, 64, 1000);
        for (int i = 0; i < count; ++i) {
            const auto found = std::ranges::find(connections_, static_cast<Connection *>(events[i].data.ptr),
                                                 &std::unique_ptr<Connection>::get);
            if (found != connections_.end()) advance(*found);
        }
    }

    void next(std::unique_ptr<Connection> &connection) {
        if (Clock::now() >= start_ + script_.duration) return;
        std::string request = script_.request();
        if (request.empty()) return;
        ++load_.asked;
        connection->send(std::move(request));
        ++busy_;
        advance(connection);
    }

    void advance(std::unique_ptr<Connection> &connection) {
        const Step step = connection->advance();
        if (step == Step::waiting || step == Step::idle) return;
        if (step == Step::lost && connection->began == Clock::time_point{}) return; // ended while nothing was asked
        --busy_;
        if (step == Step::answered && script_.is_right(connection->answer()))
            load_.milliseconds.push_back(
                std::chrono::duration<double, std::milli>(Clock::now() - connection->began).count());
        else
            ++load_.failed;
        connection->began = {};
        if (step == Step::lost || connection->last()) connection = std::make_unique<Connection>(script_.port, poll_);
        next(connection);
    }

    const Script &script_;
    const Clock::time_point start_;
    Poll poll_;
    std::vector<std::unique_ptr<Connection>> connections_;
    std::size_t busy_ = 0;
    Load load_;
};

} // namespace

double Load::percentile(double part) const {
    if (milliseconds.empty()) return 0;
    const auto at = static_cast<std::size_t>(part * static_cast<double>(milliseconds.size()));
    return milliseconds[std::min(at, milliseconds.size() - 1)];
}

Load drive(const Script &script) { return Driver(script).run(); }

Load connect_often(std::uint16_t port, std::size_t clients, std::chrono::milliseconds duration) {
    const auto start = Clock::now(), end = start + duration;
    Load load;
    Poll poll;
    std::vector<std::unique_ptr<Connection>> open(clients);
    const auto renew = [&](std::unique_ptr<Connection> &connection) {
        connection.reset();
        if (Clock::now() >= end) return;
        const auto began = Clock::now();
        connection = std::make_unique<Connection>(port, poll);
        connection->began = began;
        ++load.asked;
    };
    for (auto &connection : open)
        renew(connection);
    while (std::ranges::any_of(open, [](auto &one) { return one != nullptr; }) && Clock::now() < end + patience) {
        epoll_event events[64];
        const int ready = ::epoll_wait(poll.file(), events, 64, 1000);
        for (int i = 0; i < ready; ++i) {
            const auto found = std::ranges::find(open, static_cast<Connection *>(events[i].data.ptr),
                                                 &std::unique_ptr<Connection>::get);
            if (found == open.end() || !*found) continue;
            const auto step = (*found)->advance();
            if (step == Connection::Step::waiting) continue;
            if (step == Connection::Step::idle)
                load.milliseconds.push_back(
                    std::chrono::duration<double, std::milli>(Clock::now() - (*found)->began).count());
            else
                ++load.failed;
            renew(*found);
        }
    }
    load.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    std::ranges::sort(load.milliseconds);
    return load;
}

struct Idle::State {
    Poll poll;
    std::vector<std::unique_ptr<Connection>> connections;
};

// A few at a time: the server's queue of connections that it has not accepted yet is short.
Idle::Idle(std::uint16_t port, std::size_t count) : state_(std::make_unique<State>()) {
    const auto end = Clock::now() + patience;
    std::size_t waiting = 0;
    while ((state_->connections.size() < count || waiting > 0) && Clock::now() < end) {
        for (; waiting < 64 && state_->connections.size() < count; ++waiting) {
            state_->connections.push_back(std::make_unique<Connection>(port, state_->poll));
            state_->connections.back()->began = Clock::now();
        }
        epoll_event events[64];
        const int ready = ::epoll_wait(state_->poll.file(), events, 64, 1000);
        for (int i = 0; i < ready; ++i) {
            auto &connection = *static_cast<Connection *>(events[i].data.ptr);
            if (connection.advance() == Connection::Step::waiting || connection.began == Clock::time_point{}) continue;
            connection.began = {};
            --waiting;
        }
    }
}

Idle::~Idle() = default;

std::size_t Idle::size() const {
    return static_cast<std::size_t>(std::ranges::count_if(
        state_->connections, [](auto &connection) { return connection->advance() == Connection::Step::idle; }));
}

std::string ask(std::uint16_t port, const std::string &request) {
    std::string out;
    bool asked = false;
    const Script script{.port = port,
                        .request = [&] { return std::exchange(asked, true) ? std::string() : request; },
                        .is_right =
                            [&](std::string_view answer) {
                                out = answer;
                                return true;
                            }};
    drive(script);
    return out;
}

std::string get_request(std::string_view path, std::string_view fields) {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + std::string(fields) + "\r\n";
}

std::string post_request(std::string_view path, std::string_view body, std::string_view fields) {
    return "POST " + std::string(path) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + std::string(fields) +
           "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + std::string(body);
}

std::string urlencoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if (std::isalnum(byte))
            out += letter;
        else
            (((out += '%') += digits[byte >> 4]) += digits[byte & 15]);
    }
    return out;
}

} // namespace bench
