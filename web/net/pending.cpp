#include "web/net/pending.h"

#include <boost/asio/post.hpp>

#include <utility>

namespace net {
namespace {

// Puts the whole stream into the pipe, on the thread that answers.
void pump(http::BodySource &source, Pipe &pipe) {
    for (std::size_t left = source.length(); left != 0;) {
        auto space = pipe.wait_for_space();
        if (space.empty()) return;
        const auto made = source.read(space.first(std::min(left, space.size())));
        if (!made || *made == 0 || *made > left) return;
        left -= *made;
        pipe.wrote(*made);
    }
    pipe.finish();
}

class Reader : public http::BodyReader {
public:
    Reader(const std::shared_ptr<Pipe> &pipe, std::size_t length) : pipe_(pipe), length_(length) {}
    std::size_t length() const override { return length_; }
    std::expected<std::size_t, http::BodyCut> read(std::span<char> out) override {
        if (const auto got = pipe_->read(out)) return *got;
        return std::unexpected(http::BodyCut{});
    }

private:
    const PipeHold pipe_;
    const std::size_t length_;
};

} // namespace

std::function<void()> waker(const std::shared_ptr<Pending> &pending, const std::shared_ptr<Gate> &gate) {
    return [weak = std::weak_ptr(pending), gate] {
        std::shared_lock lock(gate->mutex);
        if (!gate->open) return;
        auto waiting = weak.lock();
        if (!waiting) return;
        const auto executor = waiting->news.get_executor();
        try { // a Reply answers in its destructor too
            asio::post(executor, [waiting = std::move(waiting)] {
                waiting->news.cancel();
                if (waiting->interrupt) waiting->interrupt();
            });
        } catch (const std::bad_alloc &) {
        }
    };
}

Reply make_reply(const std::shared_ptr<Pending> &pending, const std::shared_ptr<Gate> &gate) {
    return Reply([weak = std::weak_ptr(pending), gate, wake = waker(pending, gate)](Pending::Answer answer) {
        const auto source = answer ? std::move(answer->stream) : nullptr;
        std::shared_ptr<Pipe> pipe;
        try {
            if (source) pipe = std::make_shared<Pipe>(wake);
        } catch (const std::bad_alloc &) {
            answer = std::unexpected(503u);
        }
        const PipeHold hold(pipe);
        {
            std::shared_lock lock(gate->mutex); // as long as the timer in it is held here
            const auto waiting = gate->open ? weak.lock() : nullptr;
            if (!waiting) return;
            waiting->give({std::move(answer), PipeHold(pipe), source ? source->length() : 0});
        }
        wake();
        if (pipe) pump(*source, *pipe);
    });
}

std::unique_ptr<http::BodyReader> make_reader(const std::shared_ptr<Pipe> &pipe, std::size_t length) {
    return std::make_unique<Reader>(pipe, length);
}

} // namespace net
