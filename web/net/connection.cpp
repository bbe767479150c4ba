#include "web/net/connection.h"

#include "web/http/answer.h"
#include "web/http/language.h"
#include "web/http/wipe.h"
#include "web/net/pending.h"
#include "web/net/second_reading.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/tcp_stream.hpp>

namespace net {
namespace {

namespace beast = boost::beast;
using asio::awaitable;
using std::chrono::steady_clock;
constexpr auto token = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t first_read_bytes = 2048, body_step_bytes = 64 * 1024, long_body_bytes = 4 * 1024 * 1024;

// At a whole number of steps after `arrived`; at once without a step.
struct Leaving {
    steady_clock::time_point arrived{};
    std::chrono::milliseconds step{0};
};

class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(Arrival &&arrival, Listener &listener, Shared &shared)
        : place_(std::move(arrival.place)), stream_(beast::tcp_stream(std::move(arrival.socket)), listener.tls),
          delay_(stream_.get_executor(), arrival.delay), config_(listener.config), listener_(listener),
          shared_(shared) {}
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;
    ~Connection() { forget_input(); }

    void enlist() {
        place_->listen([weak = weak_from_this(), executor = stream_.get_executor()](Notice notice) {
            asio::post(executor, [weak, notice] {
                if (auto self = weak.lock()) self->obey(notice);
            });
        });
    }

    awaitable<void> run() {
        co_await delay_.async_wait(token);
        if (shared_.stopping || !place_->enter(Phase::waiting) || !co_await handshake()) co_return;
        for (std::size_t count = 1;; ++count) {
            const auto kept = co_await one_request(count);
            forget_input();
            if (kept != After::next) co_return co_await goodbye(kept == After::drain);
        }
    }

private:
    enum class After { next, close, drain };

    enum class Body { whole, broken, no_room, answered };

    beast::tcp_stream &tcp() { return stream_.next_layer(); }

    void obey(Notice notice) {
        if (notice == Notice::close) {
            delay_.cancel();
            tcp().close();
        } else if (notice == Notice::stop_when_idle ? idle_ : reading_body_) {
            delay_.cancel();
            tcp().cancel();
        }
    }

    awaitable<bool> handshake() {
        tcp().expires_after(config_.limits.handshake);
        const auto [ec] = co_await stream_.async_handshake(asio::ssl::stream_base::server, token);
        co_return !ec;
    }

    // How far input_ is a head; 0 when the other side has gone or took too long.
    awaitable<std::expected<std::size_t, http::Refusal>> read_head(bool first) {
        const Limits &limits = config_.limits;
        input_.resize(first_read_bytes);
        used_ = 0;
        idle_ = true;
        if (!place_->enter(Phase::waiting)) co_return 0;
        tcp().expires_after(first ? limits.header : limits.idle);
        for (;;) {
            if (used_ == input_.size()) {
                http::grow(input_, 2 * used_);
                input_.resize(2 * used_);
            }
            if (idle_ && shared_.stopping) co_return 0;
            const auto [ec, size] =
                co_await stream_.async_read_some(asio::buffer(input_.data() + used_, input_.size() - used_), token);
            if (ec) co_return 0;
            if (idle_ && !first) tcp().expires_after(limits.header);
            idle_ = false;
            used_ += size;
            const auto end = http::head_end(std::string_view(input_).substr(0, used_), used_ - size);
            if (!end || *end != 0) co_return end;
        }
    }

    steady_clock::duration at_min_rate(std::size_t bytes) const {
        const std::size_t rate = config_.limits.min_rate == 0 ? 1 : config_.limits.min_rate;
        return config_.limits.grace + std::chrono::milliseconds(bytes * 1000 / rate);
    }

    // Memory that is not there is answered like memory that is not granted.
    bool make_room(std::string &body, std::size_t size) {
        const std::size_t room = std::min(size, std::max(body_step_bytes, 2 * body.size()));
        const bool grows = room > body.capacity();
        if (!place_->hold(grows ? std::max(room, 2 * body.capacity()) : body.capacity())) return false;
        try {
            http::grow(body, room);
            body.resize(room);
        } catch (const std::bad_alloc &) {
            return false;
        }
        return true;
    }

    // `body` begins with what came together with the head.
    awaitable<Body> read_body(std::string &body, std::size_t size) {
        if (!place_->enter(Phase::body)) co_return Body::broken;
        const auto start = steady_clock::now();
        std::size_t got = body.size();
        if (!place_->hold(got)) co_return Body::no_room;
        while (got < size) {
            if (got == body.size() && !make_room(body, size)) co_return Body::no_room;
            tcp().expires_at(start + at_min_rate(got));
            reading_body_ = true;
            const auto [ec, more] =
                co_await stream_.async_read_some(asio::buffer(body.data() + got, body.size() - got), token);
            reading_body_ = false;
            if (ec) co_return place_->gives_way() ? Body::no_room : Body::broken;
            got += more;
            place_->received(got);
        }
        co_return Body::whole;
    }

    awaitable<After> one_request(std::size_t count) {
        rest_ = 0;
        const auto end = co_await read_head(count == 1);
        if (!end) co_return co_await refuse(end.error().status, nullptr);
        if (*end == 0) co_return After::close;
        const std::span<char> head_bytes(input_.data(), *end);
        const auto head = http::guard(head_bytes, listener_.policy);
        if (!head) co_return co_await refuse(head.error().status, nullptr);
        http::Request request;
        if (!parse_head({head_bytes.data(), head_bytes.size()}, *head, config_.drop_cookies, request))
            co_return co_await refuse(400, nullptr);
        if (config_.thai_only) http::ask_for_thai(request);
        hsts_ = !config_.public_name.empty() &&
                std::string_view(request.host).substr(0, request.host.find(':')) == config_.public_name;
        const std::size_t limit = from_table(config_.body_limit, request);
        const bool streamed = from_table(config_.streamed, request);
        if (head->content_length > limit) {
            if (streamed) rest_ = limit;
            co_return co_await refuse(413, &request);
        }
        if (used_ - *end > head->content_length)
            co_return co_await refuse(400, &request); // a second request before the answer to the first
        const bool last = count >= config_.limits.requests_per_connection;
        if (streamed) co_return co_await streamed_request(std::move(request), *head, *end, last);
        request.body.assign(input_, *end, used_ - *end);
        if (head->content_length != 0) {
            const Body body = co_await read_body(request.body, head->content_length);
            if (body == Body::broken) co_return After::close;
            if (body == Body::no_room) co_return co_await refuse(503, &request);
        }
        if (SSL_pending(stream_.native_handle()) > 0) co_return co_await refuse(400, &request);
        forget_input();
        if (!place_->enter(Phase::working)) {
            if (place_->gives_way()) co_return co_await refuse(503, &request);
            co_return After::close;
        }
        const Leaving leaving{steady_clock::now(), from_table(config_.answer_step, request)};
        const auto pending = std::make_shared<Pending>(stream_.get_executor());
        const http::Request outline = ask(std::move(request), pending);
        co_return co_await answer(*pending, outline, *head, last, leaving);
    }

    // The handler works while the body comes. When this ends in any way, the handler gets no more of it.
    awaitable<After> streamed_request(http::Request request, http::Head head, std::size_t head_size, bool last) {
        const auto pending = std::make_shared<Pending>(stream_.get_executor());
        if (!place_->enter(Phase::body)) co_return After::close;
        rest_ = head.content_length;
        const auto pipe = place_->begin_stream() && place_->hold(Pipe::capacity) ? make_pipe(pending) : nullptr;
        if (!pipe) co_return co_await refuse(503, &request);
        const PipeHold hold(pipe);
        request.stream = make_reader(pipe, head.content_length);
        std::ranges::copy(std::string_view(input_).substr(head_size, used_ - head_size), pipe->space().begin());
        pipe->wrote(used_ - head_size);
        rest_ -= used_ - head_size;
        forget_input();
        const auto step = step_of(request, head.content_length);
        const http::Request outline = ask(std::move(request), pending);
        const Body body = co_await pass_on(*pipe, *pending, head.content_length);
        if (body == Body::broken) co_return After::close;
        if (body == Body::no_room) co_return co_await refuse(503, &outline);
        if (body == Body::whole) {
            if (SSL_pending(stream_.native_handle()) > 0) co_return co_await refuse(400, &outline);
            pipe->finish();
            if (!place_->enter(Phase::working)) {
                if (place_->gives_way()) co_return co_await refuse(503, &outline);
                co_return After::close;
            }
        }
        co_return co_await answer(*pending, outline, head, last, {steady_clock::now(), step});
    }

    std::shared_ptr<Pipe> make_pipe(const std::shared_ptr<Pending> &pending) const {
        try {
            return std::make_shared<Pipe>(waker(pending, shared_.gate));
        } catch (const std::bad_alloc &) {
            return nullptr;
        }
    }

    // Ends early when the answer is there. While the handler is the slower one, no time counts against the sender.
    awaitable<Body> pass_on(Pipe &pipe, Pending &pending, std::size_t size) {
        auto start = steady_clock::now();
        const Interrupt interrupt(pending, [this, &pending] { // news of room in the pipe may come late
            if (reading_body_ && pending.is_given()) tcp().cancel();
        });
        while (rest_ != 0) {
            if (pending.is_given()) co_return Body::answered;
            if (place_->gives_way()) co_return Body::no_room;
            const auto space = pipe.space();
            if (space.empty()) {
                start += co_await wait_for_news(pending);
                continue;
            }
            tcp().expires_at(deadline(start, size - rest_));
            reading_body_ = true;
            const auto [ec, more] =
                co_await stream_.async_read_some(asio::buffer(space.data(), std::min(space.size(), rest_)), token);
            reading_body_ = false;
            rest_ -= more;
            pipe.wrote(more);
            place_->received(size - rest_);
            if (ec && !pending.is_given()) co_return place_->gives_way() ? Body::no_room : Body::broken;
        }
        co_return Body::whole;
    }

    steady_clock::time_point deadline(steady_clock::time_point start, std::size_t bytes) const {
        return std::min(start + at_min_rate(bytes), steady_clock::now() + config_.limits.stall);
    }

    awaitable<steady_clock::duration> wait_for_news(Pending &pending) {
        const auto from = steady_clock::now();
        pending.news.expires_after(Pending::look_again);
        co_await pending.news.async_wait(token);
        co_return steady_clock::now() - from;
    }

    // While a long body comes, its pace shows on a fast line what is done with it: a long step behind its end would hide nothing.
    std::chrono::milliseconds step_of(const http::Request &request, std::size_t body) const {
        const auto step = from_table(config_.answer_step, request);
        return body > long_body_bytes ? step / 10 : step;
    }

    // What the tables of the face say of a request; nothing where there is no table, or a bug in it.
    template <class Table>
    typename Table::result_type from_table(const Table &table, const http::Request &request) const {
        try {
            if (table) return table(request.method, request.path);
        } catch (...) {
            shared_.bug();
        }
        return {};
    }

    // What is left of the request is what an error page needs to speak the person's language.
    http::Request ask(http::Request &&request, const std::shared_ptr<Pending> &pending) {
        http::Request outline;
        outline.method = request.method;
        outline.path = request.path;
        outline.lang_query = request.lang_query;
        outline.accept_language = request.accept_language;
        outline.host = request.host;
        tcp().expires_never();
        try {
            config_.dispatch(std::move(request), place_->source(), make_reply(pending, shared_.gate));
        } catch (...) {
            shared_.bug(); // the reply went unused, so it answers 500
        }
        return outline;
    }

    awaitable<After> answer(Pending &pending, const http::Request &outline, http::Head head, bool last,
                            Leaving leaving) {
        tcp().expires_never();
        while (!pending.is_given())
            co_await wait_for_news(pending);
        Pending::Given given = std::move(*pending.answer);
        http::Response response = given.answer ? std::move(*given.answer) : error_page(given.answer.error(), &outline);
        const bool keep = head.keep_alive && !shared_.stopping && response.status < 500 && !last && rest_ == 0;
        const http::HeaderOptions options{keep, hsts_, !config_.drop_cookies};
        const bool without_body = head.method == http::Method::head;
        const bool written = given.stream ? co_await write_stream(std::move(response), given, pending, without_body,
                                                                  options, leaving)
                                          : co_await write(std::move(response), without_body, options, leaving);
        co_return !written ? After::close : keep ? After::next : rest_ != 0 ? After::drain : After::close;
    }

    http::Response error_page(unsigned status, const http::Request *request) const {
        http::Response response;
        try {
            if (config_.error_page) response = config_.error_page(status, request);
        } catch (...) {
            shared_.bug();
            response = {};
        }
        if (response.body.empty()) {
            response.content_type = "text/plain; charset=utf-8";
            response.body.append(std::to_string(status)).append(" ").append(http::reason(status)).append("\n");
        }
        response.status = status;
        if (status == 405 && response.allow.empty()) response.allow = "GET, HEAD, POST";
        if (status == 503 && response.retry_after == 0) response.retry_after = 1;
        return response;
    }

    awaitable<After> refuse(unsigned status, const http::Request *request) {
        const bool without_body = request != nullptr && request->method == http::Method::head;
        const bool written = co_await write(error_page(status, request), without_body, {false, hsts_, false});
        co_return written ? After::drain : After::close;
    }

    awaitable<void> wait(Leaving leaving) {
        if (leaving.step.count() <= 0) co_return;
        const auto steps = (steady_clock::now() - leaving.arrived) / leaving.step + 1;
        asio::steady_timer timer(stream_.get_executor(), leaving.arrived + steps * leaving.step);
        co_await timer.async_wait(token);
    }

    awaitable<bool> write(http::Response response, bool without_body, http::HeaderOptions options, Leaving leaving = {}) {
        std::string bytes = http::answer_bytes(response, options, without_body);
        for (std::string *text : {&response.body, &response.location})
            http::wipe(*text);
        for (std::string &cookie : response.set_cookies)
            http::wipe(cookie);
        response = {}; // a reader may take minutes
        co_await wait(leaving); // with everything made: what is left to do is the same for all answers of one size
        if (!place_->enter(Phase::answer) || !place_->hold(bytes.capacity())) {
            http::wipe(bytes);
            co_return false;
        }
        tcp().expires_after(at_min_rate(bytes.size()));
        const auto [ec, size] = co_await asio::async_write(stream_, asio::buffer(bytes), token);
        http::wipe(bytes);
        co_return !ec;
    }

    // A stream that cannot go on ends the connection, without a goodbye that would pass for its end.
    awaitable<bool> write_stream(http::Response response, const Pending::Given &given, Pending &pending,
                                 bool without_body, http::HeaderOptions options, Leaving leaving) {
        const std::string head = http::answer_head(response, options, given.length);
        response = {};
        co_await wait(leaving);
        if (!place_->enter(Phase::answer) || !place_->hold(Pipe::capacity)) co_return false;
        auto start = steady_clock::now();
        tcp().expires_at(deadline(start, 0));
        const auto [failed, size] = co_await asio::async_write(stream_, asio::buffer(head), token);
        if (failed || without_body) co_return !failed;
        for (std::size_t sent = 0; sent < given.length;) {
            const auto ready = given.stream->ready();
            if (ready.empty()) {
                if (!given.stream->is_open() && given.stream->ready().empty()) {
                    tcp().close();
                    co_return false;
                }
                start += co_await wait_for_news(pending);
                continue;
            }
            const auto piece = ready.first(std::min(ready.size(), body_step_bytes));
            tcp().expires_at(deadline(start, sent));
            const auto [ec, written] =
                co_await asio::async_write(stream_, asio::buffer(piece.data(), piece.size()), token);
            if (ec) co_return false;
            given.stream->took(written);
            sent += written;
        }
        co_return true;
    }

    // After TLS has said goodbye, what a refused sender still sends is thrown away undeciphered: closing at once would
    // reset the connection, and the browser would lose the answer it has not read yet.
    awaitable<void> goodbye(bool drain) {
        auto &socket = tcp().socket();
        if (!socket.is_open() || !place_->enter(Phase::waiting)) co_return;
        tcp().expires_after(config_.limits.closing);
        co_await stream_.async_shutdown(token);
        beast::error_code ignored;
        socket.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
        if (drain && socket.is_open()) {
            tcp().expires_after(rest_ != 0 ? config_.limits.stream_drain : config_.limits.drain);
            const std::size_t most = std::max(config_.limits.drain_bytes, rest_ + rest_ / 16); // records have headers
            std::array<char, 4096> waste;
            for (std::size_t drained = 0; drained < most;) {
                const auto [ec, size] = co_await tcp().async_read_some(asio::buffer(waste), token);
                if (ec) break;
                drained += size;
            }
        }
        tcp().close();
    }

    void forget_input() {
        if (input_.empty()) return;
        http::wipe(input_);
        std::string().swap(input_);
        used_ = 0;
    }

    const std::unique_ptr<Connections::Place> place_; // given back last, when nothing of a request is left
    asio::ssl::stream<beast::tcp_stream> stream_;
    asio::steady_timer delay_;
    const ListenerConfig &config_;
    Listener &listener_;
    Shared &shared_;
    std::string input_; // the head of the request being read, and what came with it
    std::size_t used_ = 0;
    std::size_t rest_ = 0; // of a streamed body: has not come yet
    bool idle_ = true; // nothing of a request has come yet
    bool reading_body_ = false;
    bool hsts_ = false; // the last request named the public host
};

} // namespace

awaitable<void> serve(Arrival arrival, Listener &listener, Shared &shared) {
    beast::error_code ignored;
    arrival.socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    const auto connection = std::make_shared<Connection>(std::move(arrival), listener, shared);
    connection->enlist();
    co_await connection->run();
}

} // namespace net
