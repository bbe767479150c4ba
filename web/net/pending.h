// Where a worker's answer meets the coroutine that waits for it. Internal to web/net.
#pragma once

#include "web/net/connection.h"
#include "web/net/pipe.h"

#include <boost/asio/steady_timer.hpp>

namespace net {

struct Pending {
    // Without memory the news of an answer cannot be posted: who waits looks again by itself.
    static constexpr auto look_again = std::chrono::seconds(1);
    using Answer = std::expected<http::Response, unsigned>;
    struct Given {
        Answer answer;
        PipeHold stream{}; // where its body comes from, unless the answer has it
        std::size_t length = 0;
    };

    explicit Pending(const asio::any_io_executor &executor) : news(executor) {}
    void give(Given &&given) {
        std::lock_guard lock(mutex);
        if (!answer) answer.emplace(std::move(given));
    }
    bool is_given() {
        std::lock_guard lock(mutex);
        return answer.has_value();
    }

    asio::steady_timer news; // cancelled when there is some, like what `interrupt` stops
    std::function<void()> interrupt{};
    std::mutex mutex;
    std::optional<Given> answer;
};

// While it lives, news interrupts what `stop` stops.
class Interrupt {
public:
    Interrupt(Pending &pending, std::function<void()> stop) : pending_(pending) { pending_.interrupt = std::move(stop); }
    ~Interrupt() { pending_.interrupt = {}; }
    Interrupt(const Interrupt &) = delete;
    Interrupt &operator=(const Interrupt &) = delete;

private:
    Pending &pending_;
};

// To be called from any thread. Both outlive what they speak of.
std::function<void()> waker(const std::shared_ptr<Pending> &pending, const std::shared_ptr<Gate> &gate);
Reply make_reply(const std::shared_ptr<Pending> &pending, const std::shared_ptr<Gate> &gate);

// What the handler reads from; the pipe breaks when it is destroyed.
std::unique_ptr<http::BodyReader> make_reader(const std::shared_ptr<Pipe> &pipe, std::size_t length);

} // namespace net
