// Answers that leave at whole steps: how long the work took cannot be seen from outside.
#include "tests/unit/web/net/server_fixture.h"

#include <thread>

namespace net {
namespace {

using std::chrono::steady_clock;

class Step : public ServerTest {
protected:
    static constexpr auto step = 200ms;
    // How long an answer took, from before the request was sent.
    std::chrono::duration<double, std::milli> timed(TlsClient &client, std::string_view path) {
        const auto before = steady_clock::now();
        EXPECT_TRUE(client.get(path));
        return steady_clock::now() - before;
    }
    static ListenerConfig stepped() {
        auto out = config();
        out.answer_step = [](http::Method, std::string_view path) { return path == "/track" ? step : 0ms; };
        return out;
    }
};

TEST_F(Step, HoldsAnAnswerUntilItIsOver) {
    TlsClient client(serve(stepped()));
    for (int i = 0; i < 3; ++i)
        EXPECT_GE(timed(client, "/track"), step);
}

TEST_F(Step, LeavesOtherAddressesAlone) {
    TlsClient client(serve(stepped()));
    auto best = timed(client, "/");
    for (int i = 0; i < 20; ++i)
        best = std::min(best, timed(client, "/"));
    EXPECT_LT(best, step);
}

TEST_F(Step, BeginsAnotherWhenTheWorkTookLonger) {
    auto listener = stepped();
    listener.dispatch = [](http::Request &&, Source, Reply reply) {
        for (const auto end = steady_clock::now() + step + 10ms; steady_clock::now() < end;) {
        }
        reply(page("late"));
    };
    TlsClient client(serve(std::move(listener)));
    EXPECT_GE(timed(client, "/track"), 2 * step);
}

// From when the request was there and not from when the work was done: else the work would only be moved.
TEST_F(Step, ContainsTheWork) {
    auto listener = stepped();
    listener.dispatch = [](http::Request &&, Source, Reply reply) {
        for (const auto end = steady_clock::now() + step / 2; steady_clock::now() < end;) {
        }
        reply(page("in time"));
    };
    TlsClient client(serve(std::move(listener)));
    constexpr std::chrono::duration<double, std::milli> with_the_work_behind_it = step * 1.5;
    auto best = timed(client, "/track");
    for (int i = 0; i < 30 && best >= with_the_work_behind_it; ++i) // other load makes some later, none earlier
        best = std::min(best, timed(client, "/track"));
    EXPECT_LT(best, with_the_work_behind_it);
    EXPECT_GE(best, step);
}

TEST_F(Step, HoldsErrorPagesToo) {
    auto listener = stepped();
    listener.dispatch = [](http::Request &&, Source, Reply reply) { reply.otherwise(503); };
    TlsClient client(serve(std::move(listener)));
    EXPECT_GE(timed(client, "/track"), step);
}

TEST_F(Step, KeepsNobodyElseWaiting) {
    const auto port = serve(stepped(), {.io_threads = 1});
    const auto before = steady_clock::now();
    std::vector<std::thread> clients;
    for (int i = 0; i < 20; ++i)
        clients.emplace_back([&] { EXPECT_TRUE(TlsClient(port).get("/track")); });
    for (auto &client : clients)
        client.join();
    EXPECT_LT(steady_clock::now() - before, 20 * step) << "one after another";
}

TEST_F(Step, IsAnsweredWhenTheServerStopsMeanwhile) {
    const auto port = serve(stepped(), {.io_threads = 1});
    TlsClient client(port);
    ASSERT_TRUE(client.get("/"));
    ASSERT_TRUE(client.send("GET /track HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"));
    TlsClient other(port); // on the one thread: the first request has been read by then
    ASSERT_TRUE(other.get("/"));
    server->stop();
    EXPECT_TRUE(client.read_answer());
}

} // namespace
} // namespace net
