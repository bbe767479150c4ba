#include "web/net/server.h"

#include "web/http/request_parts.h"
#include "web/http/wipe.h"
#include "web/net/connection.h"
#include "web/net/tls.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <thread>

namespace net {
namespace {

using asio::ip::tcp;

std::string sentence_for(const boost::system::error_code &ec, const ListenerConfig &config) {
    const std::string port = std::to_string(config.port);
    if (ec == asio::error::address_in_use) return "port " + port + " is in use on " + config.address;
    if (ec == asio::error::access_denied) return "the system does not let this program use port " + port;
    if (ec == boost::system::errc::address_not_available) return config.address + " is not an address of this machine";
    return "cannot listen on " + config.address + " port " + port + ": " + ec.message();
}

std::expected<void, StartError> bind(Listener &listener) {
    const ListenerConfig &config = listener.config;
    boost::system::error_code ec;
    const auto address = asio::ip::make_address(config.address, ec);
    if (ec) return std::unexpected(StartError{"not a numeric address to listen on: " + config.address});
    const tcp::endpoint endpoint(address, config.port);
    tcp::acceptor &acceptor = *listener.acceptor;
    acceptor.open(endpoint.protocol(), ec);
    if (!ec) acceptor.set_option(tcp::acceptor::reuse_address(true), ec);
    if (!ec) acceptor.bind(endpoint, ec);
    if (!ec) acceptor.listen(asio::socket_base::max_listen_connections, ec);
    if (ec) return std::unexpected(StartError{sentence_for(ec, config)});
    return {};
}

// Not in the coroutine: its memory is used again without being overwritten, and would keep the last caller's address. A
// thread's stack is cleared within a few steps. Nothing: the caller has gone already.
[[gnu::noinline]] std::optional<Source> source_of(const tcp::socket &socket, Sources &sources) {
    boost::system::error_code ec;
    const auto client = socket.remote_endpoint(ec);
    if (ec) return std::nullopt;
    return sources.of(client.address());
}

// Waits for the next connection and starts it. False: the listener has been closed.
asio::awaitable<bool> accept_one(Listener &listener, Shared &shared, asio::io_context &io) {
    constexpr auto token = asio::as_tuple(asio::use_awaitable);
    auto [ec, socket] = co_await listener.acceptor->async_accept(asio::any_io_executor(asio::make_strand(io)), token);
    if (ec == asio::error::operation_aborted) co_return false;
    if (ec) { // out of descriptors, most likely, which Linux says also when nobody comes
        co_await listener.acceptor->async_wait(asio::socket_base::wait_read, token);
        listener.connections.drop_one();
        asio::steady_timer until_it_is_closed(listener.acceptor->get_executor(), std::chrono::milliseconds(10));
        co_await until_it_is_closed.async_wait(token);
        co_return true;
    }
    const auto source = source_of(socket, shared.sources);
    if (!source) co_return true;
    auto place = listener.connections.admit(*source);
    if (!place) co_return true; // closed: to say more would take a handshake, and memory, for each
    const auto delay = shared.sources.admit(*source);
    const auto executor = socket.get_executor();
    asio::co_spawn(executor, serve({std::move(socket), std::move(place), delay}, listener, shared),
                   [&shared](const std::exception_ptr &error) {
                       if (error) shared.bug();
                   });
    co_return true;
}

asio::awaitable<void> accept(Listener &listener, Shared &shared, asio::io_context &io) {
    for (bool more = true; more && listener.acceptor->is_open();) {
        try {
            more = co_await accept_one(listener, shared, io);
        } catch (const std::bad_alloc &) { // that one is not served; the listener goes on
        }
    }
}

} // namespace

Reply::Reply(Reply &&other) noexcept : sink_(std::exchange(other.sink_, nullptr)), status_(other.status_) {}

Reply::~Reply() {
    if (sink_) std::exchange(sink_, nullptr)(std::unexpected(status_));
}

void Reply::operator()(http::Response &&response) {
    if (sink_) std::exchange(sink_, nullptr)(std::move(response));
}

struct Server::State {
    std::vector<ListenerConfig> configs;
    ServerOptions options;
    Shared shared;
    std::unique_ptr<asio::io_context> io;
    std::vector<std::unique_ptr<Listener>> listeners;
    std::vector<std::thread> threads;

    std::expected<void, StartError> prepare(ListenerConfig &config);
    void run();
};

std::expected<void, StartError> Server::State::prepare(ListenerConfig &config) {
    if (config.allowed_hosts.empty() || !config.dispatch)
        return std::unexpected(StartError{"a listener needs at least one host name"});
    for (std::string &host : config.allowed_hosts)
        host = http::lower(host);
    config.public_name = http::lower(config.public_name);
    const auto tls = make_tls_context(config.certificate);
    http::wipe(config.certificate.key_pem);
    if (!tls) return std::unexpected(tls.error());
    listeners.push_back(std::make_unique<Listener>(std::move(config), *io, *tls));
    return bind(*listeners.back());
}

// What waits already is done first: clearing takes as long as a record of a file does. Before a thread waits, its stack is clear.
constexpr int steps_between_wipes = 16;

void Server::State::run() {
    for (bool more = true; more;) {
        try {
            more = io->run_one() != 0;
            for (int step = 1; step < steps_between_wipes && io->poll_one() != 0; ++step) {
            }
        } catch (...) {
            shared.bug();
        }
        http::wipe_stack();
    }
}

Server::Server(std::vector<ListenerConfig> listeners, ServerOptions options) : state_(std::make_unique<State>()) {
    state_->configs = std::move(listeners);
    state_->options = std::move(options);
    state_->shared.on_bug = state_->options.on_bug;
}

Server::~Server() { stop(); }

std::expected<std::vector<std::uint16_t>, StartError> Server::start() {
    State &state = *state_;
    state.io = std::make_unique<asio::io_context>();
    std::vector<std::uint16_t> ports;
    for (ListenerConfig &config : state.configs) {
        if (auto prepared = state.prepare(config); !prepared) {
            state.listeners.clear();
            state.io.reset();
            return std::unexpected(prepared.error());
        }
        ports.push_back(state.listeners.back()->acceptor->local_endpoint().port());
    }
    for (auto &listener : state.listeners)
        asio::co_spawn(listener->acceptor->get_executor(), accept(*listener, state.shared, *state.io),
                       [&state](const std::exception_ptr &error) {
                           if (error) state.shared.bug();
                       });
    for (unsigned i = 0; i < std::max(1u, state.options.io_threads); ++i)
        state.threads.emplace_back([&state] { state.run(); });
    return ports;
}

std::size_t Server::connections() const {
    std::size_t sum = 0;
    for (const auto &listener : state_->listeners)
        sum += listener->connections.size();
    return sum;
}

void Server::stop() {
    State &state = *state_;
    if (!state.io || state.shared.stopping.exchange(true)) return;
    for (auto &listener : state.listeners)
        asio::post(listener->acceptor->get_executor(), [&listener] {
            boost::system::error_code ignored;
            listener->acceptor->close(ignored);
        });
    const auto until = std::chrono::steady_clock::now() + state.options.stop_grace;
    for (auto &listener : state.listeners)
        listener->connections.stop_when_idle();
    for (auto &listener : state.listeners)
        listener->connections.wait_until_empty(until);
    state.io->stop();
    for (std::thread &thread : state.threads)
        thread.join();
    {
        std::unique_lock lock(state.shared.gate->mutex);
        state.shared.gate->open = false;
    }
    state.threads.clear();
    for (auto &listener : state.listeners)
        listener->acceptor.reset();
    // Connections that did not end in time are destroyed with the io context, and refer to their listeners.
    state.io.reset();
    state.listeners.clear();
}

} // namespace net
