// A server on 127.0.0.1 with a certificate of its own, whose handlers are given by each test.
#pragma once

#include "tests/support/tls_client.h"
#include "web/net/server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace net {

using testing_support::Answer;
using testing_support::TlsClient;
using testing_support::TlsClientOptions;
using namespace std::chrono_literals;

// Plain text: pages of HTML are filled up.
inline http::Response page(std::string body) {
    http::Response response;
    response.content_type = "text/plain; charset=utf-8";
    response.body = std::move(body);
    return response;
}

// Says what it was asked: "POST /report en th|body".
inline void echo(http::Request &&request, Source, Reply reply) {
    reply(page(std::string(name(request.method)) + " " + request.path + " " + request.lang_query.value_or("-") + " " +
               request.accept_language + "|" + request.cookie + "|" + request.body));
}

inline http::Response plain_error(unsigned status, const http::Request *request) {
    return page("error " + std::to_string(status) + (request != nullptr ? " at " + request->path : ""));
}

class ServerTest : public testing::Test {
protected:
    static ListenerConfig config() {
        ListenerConfig out;
        auto made = self_signed({"localhost", "127.0.0.1"});
        EXPECT_TRUE(made);
        if (made) out.certificate = std::move(*made);
        out.allowed_hosts = {"127.0.0.1", "report.example.go.th"};
        out.dispatch = echo;
        out.body_limit = [](http::Method, std::string_view path) -> std::size_t {
            return path == "/files" ? 32 * 1024 * 1024 : 1000;
        };
        out.error_page = plain_error;
        return out;
    }

    std::uint16_t serve(ListenerConfig listener, ServerOptions options = {}) {
        std::vector<ListenerConfig> listeners;
        listeners.push_back(std::move(listener));
        options.on_bug = [this] { ++bugs; };
        server = std::make_unique<Server>(std::move(listeners), std::move(options));
        const auto ports = server->start();
        EXPECT_TRUE(ports) << ports.error().sentence;
        return ports ? ports->front() : 0;
    }

    std::atomic<int> bugs = 0;
    std::unique_ptr<Server> server;
};

} // namespace net
