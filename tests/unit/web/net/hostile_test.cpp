// Clients that have been let in and then hang, or go on for ever.
#include "tests/unit/web/net/server_fixture.h"

#include <limits>
#include <thread>

namespace net {
namespace {

class Hostile : public ServerTest {
protected:
    // Whether the server lets go of every connection by itself, long before any of its usual deadlines.
    bool lets_go() const {
        const auto until = std::chrono::steady_clock::now() + 15s;
        while (server->connections() != 0 && std::chrono::steady_clock::now() < until)
            std::this_thread::yield();
        return server->connections() == 0;
    }
    // As many bytes of a body as the server takes, at most `most`, in pieces of `step`.
    static std::size_t send_while_taken(TlsClient &client, std::size_t step, std::size_t most) {
        const std::string piece(step, 'x');
        const auto until = std::chrono::steady_clock::now() + 15s;
        std::size_t sent = 0;
        while (sent < most && std::chrono::steady_clock::now() < until && client.send(piece))
            sent += step;
        return sent;
    }
    static ListenerConfig refusing(std::chrono::milliseconds drain, std::size_t drain_bytes) {
        auto out = config();
        out.limits.closing = 50ms;
        out.limits.drain = drain;
        out.limits.drain_bytes = drain_bytes;
        return out;
    }
};

constexpr std::size_t MiB = 1024 * 1024;
constexpr std::string_view too_large = "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9000000000\r\n\r\n";

TEST_F(Hostile, WhoReadsNothingOfTheAnswerIsCutOff) {
    auto listener = config();
    listener.limits.grace = 50ms;
    listener.limits.min_rate = 1024 * MiB;
    listener.dispatch = [](http::Request &&, Source, Reply reply) { reply(page(std::string(64 * MiB, 'x'))); }; // above all buffers
    TlsClient client(serve(std::move(listener)));
    ASSERT_TRUE(client.send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"));
    ASSERT_TRUE(client.ok());
    EXPECT_TRUE(lets_go());
    EXPECT_FALSE(client.read_answer()) << "it was whole";
}

TEST_F(Hostile, ASlowReaderIsNotTakenForOne) {
    auto listener = config();
    listener.limits.grace = 0ms;
    listener.limits.min_rate = 1; // byte per second
    listener.dispatch = [](http::Request &&, Source, Reply reply) { reply(page(std::string(64 * MiB, 'x'))); };
    TlsClient client(serve(std::move(listener)));
    const auto answer = client.get("/");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body.size(), 64 * MiB);
}

TEST_F(Hostile, ASecondRequestInTheRecordOfTheBodysEndIsRefused) {
    std::atomic<int> handled = 0;
    auto listener = config();
    listener.dispatch = [&](http::Request &&request, Source source, Reply reply) {
        ++handled;
        echo(std::move(request), source, std::move(reply));
    };
    TlsClient client(serve(std::move(listener)));
    // Each send is one record, and one reading of the server.
    client.send("POST /first HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4\r\n\r\nab");
    client.send("cdPOST /second HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n");
    const auto answer = client.read_answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 400u);
    EXPECT_EQ(answer->header("connection"), "close");
    EXPECT_TRUE(client.closed());
    EXPECT_EQ(handled, 0);
}

TEST_F(Hostile, ARefusedSenderIsListenedToOnlyForSoManyBytes) {
    TlsClient client(serve(refusing(1h, 64 * 1024)));
    ASSERT_TRUE(client.send(too_large));
    EXPECT_LT(send_while_taken(client, 64 * 1024, 256 * MiB), 64 * MiB); // what buffers hold counts as sent
    EXPECT_TRUE(lets_go());
}

TEST_F(Hostile, ARefusedSenderIsListenedToOnlyForSoLong) {
    TlsClient client(serve(refusing(50ms, std::numeric_limits<std::size_t>::max())));
    ASSERT_TRUE(client.send(too_large));
    EXPECT_EQ(client.read_answer()->status, 413u);
    EXPECT_TRUE(lets_go()) << "nothing comes";
}

TEST_F(Hostile, ARefusedSenderGainsNoTimeByDripping) {
    TlsClient client(serve(refusing(500ms, std::numeric_limits<std::size_t>::max())));
    ASSERT_TRUE(client.send(too_large));
    const std::size_t ever = std::numeric_limits<std::size_t>::max();
    send_while_taken(client, 1, ever);
    EXPECT_FALSE(client.send("x")) << "it is still listened to";
}

} // namespace
} // namespace net
