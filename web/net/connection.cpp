#include "web/net/connection.h"

#include "web/http/answer.h"
#include "web/http/language.h"
#include "web/http/request_parts.h"
#include "web/http/wipe.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>

namespace net {
namespace {

namespace beast = boost::beast;
using asio::awaitable;
using std::chrono::steady_clock;
constexpr auto token = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t first_read_bytes = 2048, body_step_bytes = 64 * 1024;

// Beast copies header fields into memory of its own.
template <class T> struct WipingAllocator {
    using value_type = T;
    WipingAllocator() = default;
    template <class U> WipingAllocator(const WipingAllocator<U> &) {}
    T *allocate(std::size_t count) { return std::allocator<T>().allocate(count); }
    void deallocate(T *memory, std::size_t count) {
        http::wipe(memory, count * sizeof(T));
        std::allocator<T>().deallocate(memory, count);
    }
    template <class U> bool operator==(const WipingAllocator<U> &) const { return true; }
};

// The second reading of a head that the guard let through. False when the two readings differ anywhere that matters.
bool parse_head(std::string_view bytes, const http::Head &guarded, bool drop_cookies, http::Request &out) {
    beast::http::request_parser<beast::http::empty_body, WipingAllocator<char>> parser;
    parser.header_limit(http::max_head_bytes + 1);
    parser.body_limit(boost::none);
    beast::error_code ec;
    const std::size_t used = parser.put(asio::buffer(bytes), ec);
    const auto &message = parser.get();
    const auto length = parser.content_length();
    if (ec || used != bytes.size() || !parser.is_header_done() || parser.chunked() || parser.upgrade() ||
        length.has_value() != (guarded.method == http::Method::post) || (length && *length != guarded.content_length) ||
        std::string_view(message.method_string()) != name(guarded.method) ||
        static_cast<std::size_t>(std::distance(message.begin(), message.end())) != guarded.fields)
        return false;

    const auto text = [&](beast::string_view name) { return std::string_view(message[name]); };
    out.method = guarded.method;
    http::set_target(out, message.target());
    out.host = http::lower(text("Host"));
    out.accept_language = text("Accept-Language");
    out.content_type = text("Content-Type");
    if (!drop_cookies) out.cookie = text("Cookie");
    out.same_origin = http::same_origin(text("Sec-Fetch-Site"), text("Origin"), out.host);
    return true;
}

// Where a worker's answer meets the coroutine that waits for it. Without memory the news of it cannot be posted: who waits
// looks again by itself.
struct Pending {
    using Answer = std::expected<http::Response, unsigned>;
    static constexpr auto look_again = std::chrono::seconds(1);

    explicit Pending(const asio::any_io_executor &executor) : arrived(executor) {}
    void give(Answer &&given) {
        std::lock_guard lock(mutex);
        answer = std::move(given);
    }
    bool is_given() {
        std::lock_guard lock(mutex);
        return answer.has_value();
    }

    asio::steady_timer arrived; // cancelled when the answer is there
    std::mutex mutex;
    std::optional<Answer> answer;
};

Reply make_reply(const std::shared_ptr<Pending> &pending, const std::shared_ptr<Gate> &gate) {
    return Reply([weak = std::weak_ptr(pending), gate](Pending::Answer answer) {
        std::shared_lock lock(gate->mutex);
        if (!gate->open) return;
        if (auto waiting = weak.lock()) {
            waiting->give(std::move(answer));
            const auto executor = waiting->arrived.get_executor();
            try { // a Reply answers in its destructor too
                asio::post(executor, [waiting = std::move(waiting)] { waiting->arrived.cancel(); });
            } catch (const std::bad_alloc &) {
            }
        }
    });
}

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

    enum class Body { whole, broken, no_room };

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
        if (head->content_length > limit_for(request)) co_return co_await refuse(413, &request);
        if (used_ - *end > head->content_length)
            co_return co_await refuse(400, &request); // a second request before the answer to the first
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

        const Leaving leaving{steady_clock::now(), step_for(request)};
        const bool without_body = head->method == http::Method::head;
        auto response = co_await answer(std::move(request));
        const bool keep = head->keep_alive && !shared_.stopping && response.status < 500 &&
                          count < config_.limits.requests_per_connection;
        const bool written = co_await write(std::move(response), without_body, {keep, hsts_, !config_.drop_cookies}, leaving);
        co_return written &&keep ? After::next : After::close;
    }

    std::size_t limit_for(const http::Request &request) const {
        try {
            return config_.body_limit ? config_.body_limit(request.method, request.path) : 0;
        } catch (...) {
            shared_.bug();
            return 0;
        }
    }

    std::chrono::milliseconds step_for(const http::Request &request) const {
        try {
            return config_.answer_step ? config_.answer_step(request.method, request.path) : std::chrono::milliseconds{0};
        } catch (...) {
            shared_.bug();
            return {};
        }
    }

    awaitable<http::Response> answer(http::Request &&request) {
        http::Request outline; // what an error page needs to speak the person's language
        outline.method = request.method;
        outline.path = request.path;
        outline.lang_query = request.lang_query;
        outline.accept_language = request.accept_language;
        outline.host = request.host;

        const auto pending = std::make_shared<Pending>(stream_.get_executor());
        tcp().expires_never();
        try {
            config_.dispatch(std::move(request), place_->source(), make_reply(pending, shared_.gate));
        } catch (...) {
            shared_.bug(); // the reply went unused, so it answers 500
        }
        while (!pending->is_given()) {
            pending->arrived.expires_after(Pending::look_again);
            co_await pending->arrived.async_wait(token);
        }
        if (!*pending->answer) co_return error_page(pending->answer->error(), &outline);
        co_return std::move(**pending->answer);
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
            tcp().expires_after(config_.limits.drain);
            std::array<char, 4096> waste;
            for (std::size_t drained = 0; drained < config_.limits.drain_bytes;) {
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
