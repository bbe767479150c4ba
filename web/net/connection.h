// One accepted socket, from the handshake to the goodbye, and what all connections of a server share. Internal to
// web/net.
#pragma once

#include "web/http/head_guard.h"
#include "web/net/connections.h"
#include "web/net/server.h"
#include "web/net/sources.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/strand.hpp>

#include <atomic>
#include <optional>
#include <shared_mutex>

namespace net {

namespace asio = boost::asio;

// Closed when the io threads are gone: a reply that comes later must not touch them. Outlives the server.
struct Gate {
    std::shared_mutex mutex;
    bool open = true;
};

struct Shared {
    std::shared_ptr<Gate> gate = std::make_shared<Gate>();
    std::function<void()> on_bug;
    std::atomic<bool> stopping = false;
    Sources sources;

    void bug() const {
        if (on_bug) on_bug();
    }
};

struct Listener {
    Listener(ListenerConfig config_, asio::io_context &io, ssl_ctx_st *tls_context)
        : config(std::move(config_)), policy{config.allowed_hosts, config.drop_cookies}, tls(tls_context),
          acceptor(std::in_place, asio::make_strand(io)),
          connections(config.limits.connections, config.limits.body_bytes, config.limits.streams) {}

    ListenerConfig config;
    http::GuardPolicy policy;
    asio::ssl::context tls;                          // owns the context given
    std::optional<asio::ip::tcp::acceptor> acceptor; // must go before the io context, the rest after it
    Connections connections;
};

struct Arrival {
    asio::ip::tcp::socket socket; // its executor must be a strand
    std::unique_ptr<Connections::Place> place;
    std::chrono::steady_clock::duration delay; // before the handshake
};

// Ends when the connection does.
asio::awaitable<void> serve(Arrival arrival, Listener &listener, Shared &shared);

} // namespace net
