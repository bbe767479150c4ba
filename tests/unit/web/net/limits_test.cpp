#include "tests/unit/web/net/server_fixture.h"
#include "web/net/lanes.h"

#include <latch>
#include <thread>

namespace net {
namespace {

class Refused : public ServerTest {
protected:
    // What raw bytes are answered with; the connection must end after it.
    unsigned status_of(std::string_view bytes) {
        TlsClient client(port);
        client.send(bytes);
        const auto answer = client.read_answer(bytes.starts_with("HEAD"));
        if (!answer) return 0;
        EXPECT_EQ(answer->header("connection"), "close");
        if (answer->status == 200) return 200;
        EXPECT_TRUE(client.closed());
        EXPECT_FALSE(handled);
        return answer->status;
    }
    std::uint16_t start() {
        auto listener = config();
        listener.dispatch = [this](http::Request &&request, Source source, Reply reply) {
            handled = true;
            echo(std::move(request), source, std::move(reply));
        };
        return serve(std::move(listener));
    }
    std::atomic<bool> handled = false;
    std::uint16_t port = start();
};

TEST_F(Refused, IsABodyAboveTheLimitOfItsAddress) {
    const std::string head = "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: ";
    EXPECT_EQ(status_of(head + "1001\r\n\r\n"), 413u); // before any of it came
    EXPECT_EQ(status_of(head + "9999999999\r\n\r\n"), 413u);
    EXPECT_EQ(status_of(head + "1000\r\nConnection: close\r\n\r\n" + std::string(1000, 'x')), 200u);
}

TEST_F(Refused, GetsItsAnswerAlsoWhileItStillSends) {
    TlsClient client(port);
    const auto answer = client.post("/report", std::string(4 * 1024 * 1024, 'x'));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 413u);
    EXPECT_EQ(answer->body, "error 413 at /report");
}

TEST_F(Refused, NamesTheMethodsThatThereAre) {
    TlsClient client(port);
    client.send("DELETE / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    EXPECT_EQ(client.read_answer()->header("allow"), "GET, HEAD, POST");
}

using Deadline = ServerTest;

TEST_F(Deadline, CutsOffAHeadThatDoesNotEnd) {
    auto listener = config();
    listener.limits.header = 50ms;
    TlsClient client(serve(std::move(listener)));
    client.send("GET / HTTP/1.1\r\nHost: ");
    EXPECT_TRUE(client.closed());
}

TEST_F(Deadline, CutsOffAHeadThatDripsHoweverSteadily) {
    auto listener = config();
    listener.limits.header = 50ms;
    const auto port = serve(std::move(listener));
    TlsClient dripping(port), other(port);
    dripping.send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ");
    int drops = 0;
    for (; dripping.send("a") && drops < 10'000; ++drops) // a whole request of somebody else lies between two of them
        if (!other.get("/")) other = TlsClient(port);
    EXPECT_LT(drops, 10'000);
    EXPECT_EQ(dripping.read_to_end(), "");
}

TEST_F(Deadline, CutsOffAHandshakeThatDoesNotEnd) {
    auto listener = config();
    listener.limits.handshake = 50ms;
    const auto port = serve(std::move(listener));
    testing_support::RawSocket silent(port);
    EXPECT_TRUE(silent.closed());
}

TEST_F(Deadline, CutsOffABodyThatStops) {
    auto listener = config();
    listener.limits.grace = 50ms;
    TlsClient client(serve(std::move(listener)));
    client.send("POST /files HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 20000000\r\n\r\nabc");
    EXPECT_TRUE(client.closed());
}

TEST_F(Deadline, MovesOnWithTheBytesOfABody) {
    auto listener = config();
    listener.limits.grace = 0ms;
    listener.limits.min_rate = 1; // byte per second: the first kilobyte alone pays for a quarter of an hour
    TlsClient client(serve(std::move(listener)));
    const std::string body(1000, 'x');
    client.send("POST /files HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1001\r\n\r\n" + body);
    client.send("y");
    EXPECT_EQ(client.read_answer()->body, "POST /files - ||" + body + "y");
}

TEST_F(Deadline, EndsAKeptConnectionThatAsksNothing) {
    auto listener = config();
    listener.limits.idle = 50ms;
    TlsClient client(serve(std::move(listener)));
    EXPECT_EQ(client.get("/")->status, 200u);
    EXPECT_TRUE(client.closed());
}

// A byte now and then must not renew it.
TEST_F(Deadline, OfABodyCountsFromItsBeginning) {
    auto listener = config();
    listener.limits.grace = 300ms;
    listener.limits.min_rate = 1'000'000'000;
    TlsClient client(serve(std::move(listener)));
    ASSERT_TRUE(client.send("POST /files HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 30000000\r\n\r\n"));
    const auto give_up = std::chrono::steady_clock::now() + 15s;
    while (client.send("x") && std::chrono::steady_clock::now() < give_up) {
    }
    EXPECT_LT(std::chrono::steady_clock::now(), give_up);
}

TEST_F(Deadline, OfAHeadHoldsOnAKeptConnectionToo) {
    auto listener = config();
    listener.limits.header = 500ms;
    listener.limits.idle = 60s;
    TlsClient client(serve(std::move(listener)));
    EXPECT_EQ(client.get("/")->status, 200u);
    ASSERT_TRUE(client.send("G"));
    EXPECT_TRUE(client.closed());
}

TEST_F(Deadline, DoesNotRunWhileAHandlerWorks) {
    std::promise<Reply> waiting;
    auto listener = config();
    listener.limits.header = listener.limits.idle = listener.limits.grace = 500ms;
    listener.dispatch = [&](http::Request &&, Source, Reply reply) { waiting.set_value(std::move(reply)); };
    const auto port = serve(std::move(listener));
    TlsClient client(port);
    client.send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    Reply reply = waiting.get_future().get();
    // Another connection lives through all of these deadlines meanwhile.
    EXPECT_TRUE(TlsClient(port).closed());
    EXPECT_TRUE(TlsClient(port).closed());
    reply(page("at last"));
    EXPECT_EQ(client.read_answer()->body, "at last");
}

using Stop = ServerTest;

TEST_F(Stop, AnswersWhatHasBegunAndClosesWhatIsIdle) {
    std::promise<Reply> waiting;
    auto listener = config();
    listener.dispatch = [&](http::Request &&request, Source source, Reply reply) {
        if (request.path == "/wait") return waiting.set_value(std::move(reply));
        echo(std::move(request), source, std::move(reply));
    };
    const auto port = serve(std::move(listener), {.stop_grace = 20s});
    TlsClient idle(port), busy(port);
    EXPECT_EQ(idle.get("/")->status, 200u);
    busy.send("GET /wait HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    Reply reply = waiting.get_future().get();
    std::thread stopping([this] { server->stop(); });
    EXPECT_TRUE(idle.closed());
    reply(page("still answered"));
    const auto answer = busy.read_answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "still answered");
    EXPECT_EQ(answer->header("connection"), "close");
    busy.close();
    idle.close();
    stopping.join();
    EXPECT_FALSE(TlsClient(port).ok());
}

TEST_F(Stop, WaitsNoLongerThanItsGraceAndALateReplyDoesNothing) {
    std::promise<Reply> waiting;
    auto listener = config();
    listener.dispatch = [&](http::Request &&, Source, Reply reply) { waiting.set_value(std::move(reply)); };
    TlsClient client(serve(std::move(listener), {.stop_grace = 50ms}));
    client.send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    Reply late = waiting.get_future().get();
    const auto before = std::chrono::steady_clock::now();
    server->stop();
    EXPECT_LT(std::chrono::steady_clock::now() - before, 10s);
    EXPECT_TRUE(client.closed());
    late(page("too late"));
    server.reset();
}

// Clients that ask as fast as they can, some in the middle of a head or a body: what is answered is answered whole.
TEST_F(Stop, UnderBusyClientsCutsNoAnswer) {
    constexpr int clients = 64;
    WorkerLane<int> lane({2, clients}, [] { return std::make_unique<int>(); });
    auto listener = config();
    listener.dispatch = [&](http::Request &&request, Source source, Reply reply) {
        lane.post(
            [request = std::move(request), reply = std::move(reply)](int *context) mutable {
                if (context != nullptr) reply(page(std::move(request.body)));
            },
            source);
    };
    const auto port = serve(std::move(listener), {.stop_grace = 20s});
    std::latch all_answered(clients);
    std::atomic<int> cut = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < clients; ++i)
        threads.emplace_back([&, i] {
            const std::string body(static_cast<std::size_t>(i) * 10, 'x');
            TlsClient client(port);
            bool counted = false;
            for (;;) {
                const auto answer = client.post("/files", body);
                if (answer && answer->body != body) ++cut;
                if (!std::exchange(counted, true)) {
                    if (!answer) ++cut; // nobody stops before everybody has been served once
                    all_answered.count_down();
                }
                if (!answer || answer->header("connection") == "close") break;
            }
        });
    all_answered.wait();
    server->stop();
    for (auto &thread : threads)
        thread.join();
    EXPECT_EQ(cut, 0);
    EXPECT_EQ(server->connections(), 0u);
    EXPECT_EQ(bugs, 0);
}

} // namespace
} // namespace net
