// More connections, bytes or descriptors than there are: somebody gives way, and whoever comes is served.
#include "tests/support/sanitized.h"
#include "tests/unit/web/net/server_fixture.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <fstream>
#include <thread>
#include <vector>

namespace net {
namespace {

using testing_support::RawSocket;

class Flood : public ServerTest {
protected:
    static ListenerConfig with_connections(std::size_t most) {
        auto out = config();
        out.limits.connections = most;
        out.limits.handshake = out.limits.header = out.limits.idle = 60s; // nothing ends by itself
        return out;
    }
};

TEST_F(Flood, OfSilentSocketsMakesRoomForWhoComes) {
    const auto port = serve(with_connections(20));
    std::vector<std::unique_ptr<RawSocket>> silent;
    for (int i = 0; i < 60; ++i)
        silent.push_back(std::make_unique<RawSocket>(port));
    TlsClient person(port);
    ASSERT_TRUE(person.ok());
    EXPECT_EQ(person.get("/")->status, 200u);
    for (std::size_t i = 0; i < 40; ++i)
        EXPECT_TRUE(silent[i]->closed()) << i;
    // A client sees its end a moment before the server has let go of it.
    for (const auto give_up = std::chrono::steady_clock::now() + 20s;
         server->connections() > 20u && std::chrono::steady_clock::now() < give_up;)
        std::this_thread::yield();
    EXPECT_LE(server->connections(), 20u);
}

TEST_F(Flood, ClosesWhoIsIdleAndNotWhoWaitsForAnAnswer) {
    std::promise<Reply> waiting;
    auto listener = with_connections(2);
    listener.dispatch = [&](http::Request &&request, Source source, Reply reply) {
        if (request.path == "/wait") return waiting.set_value(std::move(reply));
        echo(std::move(request), source, std::move(reply));
    };
    const auto port = serve(std::move(listener));
    TlsClient busy(port);
    busy.send("GET /wait HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    Reply reply = waiting.get_future().get();
    TlsClient idle(port);
    EXPECT_EQ(idle.get("/")->status, 200u);
    EXPECT_EQ(TlsClient(port).get("/")->status, 200u);
    EXPECT_TRUE(idle.closed());
    reply(page("still answered"));
    EXPECT_EQ(busy.read_answer()->body, "still answered");
}

TEST_F(Flood, ClosesTheNewcomerOnlyWhenEveryOtherWaitsForAnAnswer) {
    std::promise<Reply> waiting;
    auto listener = with_connections(1);
    listener.dispatch = [&](http::Request &&, Source, Reply reply) { waiting.set_value(std::move(reply)); };
    const auto port = serve(std::move(listener));
    TlsClient busy(port);
    busy.send("GET /wait HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    Reply reply = waiting.get_future().get();
    EXPECT_FALSE(TlsClient(port).ok());
    reply(page("answered"));
    EXPECT_EQ(busy.read_answer()->body, "answered");
    EXPECT_TRUE(TlsClient(port).ok());
}

TEST_F(Flood, OfConnectionsFromOneSourceDelaysItsHandshakes) {
    const auto port = serve(with_connections(100));
    std::chrono::duration<double> longest{};
    for (int attempt = 0; attempt < 10 && longest < 200ms; ++attempt) { // of the 500 ms; a slow machine floods slowly
        for (int i = 0; i < 600; ++i)
            const RawSocket gone(port);
        const auto before = std::chrono::steady_clock::now();
        EXPECT_TRUE(TlsClient(port).ok());
        longest = std::max<std::chrono::duration<double>>(longest, std::chrono::steady_clock::now() - before);
    }
    EXPECT_GE(longest, 200ms);
}

TEST_F(Flood, OfBodiesLetsTheSlowestBeAnswered503) {
    auto listener = config();
    listener.limits.body_bytes = 300'000; // the larger body's, and less than a step of the other's
    const auto port = serve(std::move(listener));
    const std::string head = "POST /files HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 200000\r\n\r\n";
    TlsClient slow(port), fast(port);
    ASSERT_TRUE(fast.send(head + std::string(150'000, 'y'))); // first, so that it is not its beginning that tells
    ASSERT_TRUE(slow.send(head + std::string(10'000, 'x')));
    const auto given_up = slow.read_answer();
    ASSERT_TRUE(given_up);
    EXPECT_EQ(given_up->status, 503u);
    EXPECT_EQ(given_up->header("retry-after"), "1");
    EXPECT_EQ(given_up->body, "error 503 at /files");
    EXPECT_TRUE(slow.closed());
    ASSERT_TRUE(fast.send(std::string(50'000, 'y')));
    EXPECT_EQ(fast.read_answer()->status, 200u);
}

TEST_F(Flood, OfOneBodyIsAnswered503BeforeItIsWhole) {
    auto listener = config();
    listener.limits.body_bytes = 300'000;
    TlsClient client(serve(std::move(listener)));
    client.send("POST /files HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 30000000\r\n\r\n" + std::string(600'000, 'x'));
    const auto answer = client.read_answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 503u);
}

TEST_F(Flood, OfBodiesLeavesRoomOnceTheyAreAnswered) {
    auto listener = config();
    listener.limits.body_bytes = 300'000;
    TlsClient client(serve(std::move(listener)));
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(client.post("/files", std::string(200'000, 'x'))->status, 200u) << i;
}

TEST_F(Flood, OfADeclaredLengthTakesNoMemory) {
    auto listener = config();
    listener.limits.body_bytes = 300'000;
    const auto port = serve(std::move(listener));
    std::vector<TlsClient> declaring;
    for (int i = 0; i < 4; ++i) {
        declaring.emplace_back(port);
        ASSERT_TRUE(
            declaring.back().send("POST /files HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 30000000\r\n\r\nx"));
    }
    EXPECT_EQ(TlsClient(port).post("/files", std::string(30'000, 'x'))->status, 200u);
}

class Limited : public Flood {
protected:
    void limit(__rlimit_resource which, rlim_t value) {
        rlimit now{};
        ASSERT_EQ(::getrlimit(which, &now), 0);
        which_ = which;
        before_ = now;
        now.rlim_cur = value;
        ASSERT_EQ(::setrlimit(which, &now), 0);
    }
    void lift() { ::setrlimit(which_, &before_); }

private:
    __rlimit_resource which_{};
    rlimit before_{};
};

TEST_F(Limited, ByDescriptorsClosesWhoIsIdleAndTakesWhoComes) {
    SUCHARIT_SKIP_SANITIZED();
    const auto port = serve(with_connections(100));
    TlsClient idle(port);
    EXPECT_EQ(idle.get("/")->status, 200u);
    // The system connects a client before the server accepts it: this one is made while there is a descriptor for each.
    const int lowest = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    limit(RLIMIT_NOFILE, static_cast<rlim_t>(lowest) + 1);
    ::close(lowest);
    TlsClient person(port); // takes the last one
    const bool served = person.ok() && person.get("/").has_value();
    lift();
    EXPECT_TRUE(served);
    EXPECT_TRUE(idle.closed());
    EXPECT_TRUE(TlsClient(port).ok());
}

TEST_F(Limited, ByMemoryAnswers503AndGoesOn) {
    SUCHARIT_SKIP_SANITIZED();
    constexpr std::size_t piece = 8'000'000, more_than_threads_reserve = 160'000'000;
    auto listener = config();
    listener.limits.body_bytes = listener.limits.drain_bytes = 2 * more_than_threads_reserve;
    listener.body_limit = [](http::Method, std::string_view) { return more_than_threads_reserve; };
    const auto port = serve(std::move(listener));
    TlsClient client(port);
    EXPECT_EQ(client.get("/")->status, 200u);
    const std::string body(piece, 'x');
    std::size_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages;
    limit(RLIMIT_AS, pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)) + 4'000'000);
    client.send("POST /files HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 160000000\r\n\r\n");
    for (std::size_t sent = 0; sent < more_than_threads_reserve; sent += piece)
        client.send(body);
    const auto answer = client.read_answer();
    lift();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 503u);
    EXPECT_EQ(TlsClient(port).post("/files", body)->status, 200u);
    EXPECT_EQ(bugs, 0);
}

} // namespace
} // namespace net
