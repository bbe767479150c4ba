// The listeners: TLS, framing, deadlines and limits. Behind it there are only plain requests and answers. Nothing about
// a request is ever logged, and what it held is cleared from memory once it is answered.
#pragma once

#include "web/http/message.h"
#include "web/net/certificate.h"
#include "web/net/source.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

namespace net {

// Answers one request, from any thread, once. When it goes unused, the person gets an error page: 500 (a handler
// threw), or what otherwise() says. So a lane is used like this, and a full one answers 503 (with Retry-After: 1) by
// itself:
//   reply.otherwise(503);
//   lane.post([request = std::move(request), reply = std::move(reply)](Context *context) mutable {
//       if (context == nullptr) return;
//       reply.otherwise(500);
//       reply(handle(*context, request));
//   }, source);
// After the server has stopped it does nothing.
class Reply {
public:
    // Gets the answer, or the status of the error page to send instead.
    using Sink = std::move_only_function<void(std::expected<http::Response, unsigned>)>;
    explicit Reply(Sink sink) : sink_(std::move(sink)) {}
    Reply(Reply &&other) noexcept;
    Reply &operator=(Reply &&) = delete;
    ~Reply();
    void otherwise(unsigned status) { status_ = status; }
    void operator()(http::Response &&response); // calls after the first do nothing

private:
    Sink sink_;
    unsigned status_ = 500;
};

// Called on an io thread once the whole request is there (its head, where the body is streamed): it must hand the work over and return at once. The source is
// for the lanes alone.
using Dispatch = std::function<void(http::Request &&request, Source source, Reply reply)>;
// Called after the head: how many body bytes this address takes. More is answered 413.
using BodyLimit = std::function<std::size_t(http::Method method, std::string_view path)>;
// Called after the head: whether the body goes to the handler while it comes, as Request::stream. Then Dispatch is called
// when the head is there; the thread that reads has to be one that may block. An answer may be given before the body was
// read to its end: the rest is thrown away within bounds. So may an answer with a stream of its own only be given on
// such a thread: Reply returns when it was sent, or cannot be.
using Streamed = std::function<bool(http::Method method, std::string_view path)>;
// Called after the head: the answer leaves at a whole multiple of this after the request was there, so that how long the
// work took cannot be seen; 0: at once. No worker waits meanwhile.
using AnswerStep = std::function<std::chrono::milliseconds(http::Method method, std::string_view path)>;
// The page for a status, made on an io thread. The request is null when it was refused before it could be read; else it
// has no body and no cookie any more.
using ErrorPage = std::function<http::Response(unsigned status, const http::Request *request)>;

// Each deadline covers its phase as a whole; there is none while a handler works.
struct Limits {
    std::chrono::milliseconds handshake{10'000};
    std::chrono::milliseconds header{
        10'000};                            // from the first byte of a head (for the first request: from the handshake)
    std::chrono::milliseconds idle{15'000}; // kept alive without a request
    // Body and answer: from its start, `grace` plus the time that the bytes so far take at `min_rate`. A sender at
    // 20 kB/s stays ahead; one that stops is cut off.
    std::chrono::milliseconds grace{20'000};
    std::size_t min_rate = 8 * 1024;          // bytes per second
    std::chrono::milliseconds stall{60'000};  // and the longest silence within a stream
    std::chrono::milliseconds closing{2'000}; // to say goodbye
    // What a refused sender still sends is thrown away for so long, so that a browser gets to see the refusal.
    std::chrono::milliseconds drain{10'000};
    std::size_t drain_bytes = 8 * 1024 * 1024;
    std::chrono::milliseconds stream_drain{60'000}; // of a streamed body, and at most what its address takes
    // Most connections open at once: for one more, one of the source with most of them is closed that does not wait for
    // the answer to a whole request.
    std::size_t connections = 1'000;
    // Memory for bodies, from their first byte to their answer. Beyond it, the slowest body of the source with most of
    // it is answered 503.
    std::size_t body_bytes = 64 * 1024 * 1024;
    // Bodies that are streamed at once: for one more, the slowest of the source with most of them is answered 503.
    std::size_t streams = 32;
    std::size_t requests_per_connection = 1'000;
};

struct ListenerConfig {
    std::string address = "127.0.0.1"; // numeric
    std::uint16_t port = 0;            // 0: any free one
    Certificate certificate{};
    std::vector<std::string> allowed_hosts{}; // see http::GuardPolicy; not empty
    std::string public_name{};                // HSTS for this host only; empty: none
    bool drop_cookies = true;                 // reporter face: none read, none set
    bool thai_only = false;                   // every request counts as one for Thai
    Limits limits{};
    Dispatch dispatch{};
    BodyLimit body_limit{};
    Streamed streamed{}; // may be empty: every body is read whole
    AnswerStep answer_step{}; // may be empty: every answer at once
    ErrorPage error_page{}; // may be empty: one plain line
};

struct ServerOptions {
    unsigned io_threads = 2;
    std::chrono::milliseconds stop_grace{10'000}; // for requests that have begun when stop() is called
    std::function<void()> on_bug{};               // an exception reached the edge; called from any thread
};

class Server {
public:
    explicit Server(std::vector<ListenerConfig> listeners, ServerOptions options = {});
    ~Server(); // stops
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

    // Binds every listener, then serves on its own threads. The bound ports, in the order of the listeners. If one
    // cannot be bound, none is served.
    std::expected<std::vector<std::uint16_t>, StartError> start();

    // Accepts no more, closes idle connections, answers the requests that have begun, for at most stop_grace. Safe to
    // call twice. Not from an io thread.
    void stop();

    std::size_t connections() const; // open now; 0: no request is held in memory here

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace net
