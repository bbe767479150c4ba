// Bodies and answers that pass through piece by piece, with handlers that block on threads of their own.
#include "tests/unit/web/net/server_fixture.h"
#include "web/net/lanes.h"
#include "web/net/pipe.h"

#include <malloc.h>

#include <numeric>
#include <thread>

namespace net {
namespace {

using testing_support::RawSocket;

char byte_at(std::size_t at) { return static_cast<char>(at * 31 + at / 251); }

std::string pattern(std::size_t from, std::size_t size) {
    std::string out(size, '\0');
    for (std::size_t i = 0; i < size; ++i)
        out[i] = byte_at(from + i);
    return out;
}

struct Heard { // of a body, by its handler
    std::size_t bytes = 0;
    bool right = true, whole = false;
};

Heard hear(http::BodyReader &body, const std::function<void()> &after_each = {}) {
    Heard out;
    std::string piece(64 * 1024, '\0');
    for (;;) {
        const auto got = body.read(piece);
        if (!got) return out;
        if (*got == 0) break;
        for (std::size_t i = 0; i < *got; ++i)
            out.right = out.right && piece[i] == byte_at(out.bytes + i);
        out.bytes += *got;
        if (after_each) after_each();
    }
    out.whole = true;
    return out;
}

class Pattern : public http::BodySource {
public:
    Pattern(std::size_t size, std::size_t breaks_at, std::promise<void> *gone) : size_(size), breaks_at_(breaks_at), gone_(gone) {}
    ~Pattern() override {
        if (gone_) gone_->set_value();
    }
    std::size_t length() const override { return size_; }
    std::optional<std::size_t> read(std::span<char> out) override {
        if (at_ >= breaks_at_) return std::nullopt;
        const auto size = std::min({out.size(), size_ - at_, breaks_at_ - at_});
        for (std::size_t i = 0; i < size; ++i)
            out[i] = byte_at(at_ + i);
        at_ += size;
        return size;
    }

private:
    const std::size_t size_, breaks_at_;
    std::promise<void> *gone_;
    std::size_t at_ = 0;
};

http::Response down(std::size_t size, std::size_t breaks_at = SIZE_MAX, std::promise<void> *gone = nullptr) {
    http::Response response;
    response.content_type = "application/octet-stream";
    response.stream = std::make_unique<Pattern>(size, breaks_at, gone);
    return response;
}

class Streams : public ServerTest {
protected:
    using Handler = std::function<http::Response(http::Request &)>;

    std::uint16_t serve_streams(Handler handler, const std::function<void(ListenerConfig &)> &change = {}, ServerOptions options = {}) {
        lane = std::make_unique<WorkerLane<int>>(LaneSize{4, 8}, [] { return std::make_unique<int>(); });
        auto listener = config();
        listener.body_limit = [](http::Method, std::string_view) -> std::size_t { return 200'000'000; };
        listener.streamed = [](http::Method method, std::string_view path) {
            return method == http::Method::post && path == "/files";
        };
        listener.dispatch = [this, handler](http::Request &&request, Source source, Reply reply) {
            reply.otherwise(503);
            lane->post(
                [handler, request = std::move(request), reply = std::move(reply)](int *worker) mutable {
                    if (worker != nullptr) reply(handler(request));
                },
                source);
        };
        if (change) change(listener);
        return serve(std::move(listener), options);
    }
    // Answers with what it heard, and remembers it.
    Handler listen() {
        return [this](http::Request &request) {
            const Heard got = hear(*request.stream);
            heard.set_value(got);
            return page(std::to_string(got.bytes) + (got.right && got.whole ? " right" : " wrong"));
        };
    }
    void TearDown() override {
        server.reset(); // before the lane: its handlers wait for connections
        lane.reset();
        EXPECT_EQ(bugs, 0);
    }
    static std::string head(std::size_t size) {
        return "POST /files HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n";
    }

    std::promise<Heard> heard;
    std::unique_ptr<WorkerLane<int>> lane;
};

// While it comes, its pace tells more than the end could; a short one's time would tell what was done with it.
TEST_F(Streams, OfALongBodyAreAnsweredAfterATenthOfTheStep) {
    static constexpr auto step = 5s;
    TlsClient client(serve_streams([](http::Request &request) { return page(std::to_string(hear(*request.stream).bytes)); },
                                   [](ListenerConfig &listener) {
                                       listener.answer_step = [](http::Method, std::string_view) { return step; };
                                   }));
    const std::string body(5 * 1024 * 1024, 'x');
    ASSERT_TRUE(client.send(head(body.size())) && client.send(body));
    const auto sent = std::chrono::steady_clock::now();
    ASSERT_TRUE(client.read_answer());
    const auto took = std::chrono::steady_clock::now() - sent;
    EXPECT_GE(took, step / 10);
    EXPECT_LT(took, step);
}

TEST_F(Streams, ReachTheHandlerWhileTheyCome) {
    std::promise<void> first;
    TlsClient client(serve_streams([&](http::Request &request) {
        if (!request.stream) return page("another");
        EXPECT_EQ(request.stream->length(), 200'000u);
        std::string piece(100'000, '\0');
        EXPECT_EQ(request.stream->read(piece).value(), piece.size());
        first.set_value();
        const Heard rest = hear(*request.stream);
        return page(std::to_string(rest.bytes) + (rest.whole ? " whole" : " cut"));
    }));
    client.send(head(200'000) + pattern(0, 100'000));
    first.get_future().get();
    client.send(pattern(100'000, 100'000));
    EXPECT_EQ(client.read_answer()->body, "100000 whole");
    EXPECT_EQ(client.get("/x")->status, 200u); // the connection goes on
}

TEST_F(Streams, MayBeEmptyOrComeWithTheirHead) {
    const auto port = serve_streams([](http::Request &request) {
        if (!request.stream) return page(request.body);
        const Heard got = hear(*request.stream);
        return page(std::to_string(got.bytes) + (got.right && got.whole ? " right" : " wrong"));
    });
    TlsClient client(port);
    client.send(head(0));
    EXPECT_EQ(client.read_answer()->body, "0 right");
    client.send(head(9) + pattern(0, 9));
    EXPECT_EQ(client.read_answer()->body, "9 right");
    EXPECT_EQ(client.post("/other", "read whole")->body, "read whole");
    client.send(head(9) + pattern(0, 10)); // more than was announced
    EXPECT_EQ(client.read_answer()->status, 400u);
}

TEST_F(Streams, OfAHundredMegabytesTakeLittleMemory) {
    constexpr std::size_t all = 100'000'000, block = 100'000;
    const auto in_use = [] {
        const auto info = ::mallinfo2();
        return info.uordblks + info.hblkhd;
    };
    std::size_t most = 0;
    TlsClient client(serve_streams([&](http::Request &request) {
        const Heard got = hear(*request.stream, [&] { most = std::max(most, in_use()); });
        return page(std::to_string(got.bytes) + (got.right && got.whole ? " right" : " wrong"));
    }));
    client.send(head(all));
    const std::size_t before = in_use();
    std::string piece(block, '\0');
    for (std::size_t at = 0; at < all; at += block) {
        for (std::size_t i = 0; i < block; ++i)
            piece[i] = byte_at(at + i);
        ASSERT_TRUE(client.send(piece));
    }
    EXPECT_EQ(client.read_answer()->body, "100000000 right");
    EXPECT_LT(most, before + 8'000'000);
}

TEST_F(Streams, CutOffGiveWhatCameAndThenTheCut) {
    const auto port = serve_streams(listen());
    {
        TlsClient client(port);
        client.send(head(1'000'000) + pattern(0, 300'000));
    }
    const Heard got = heard.get_future().get();
    EXPECT_EQ(got.bytes, 300'000u);
    EXPECT_TRUE(got.right);
    EXPECT_FALSE(got.whole);
}

TEST_F(Streams, ThatFallSilentAreCutOff) {
    TlsClient client(serve_streams(listen(), [](ListenerConfig &listener) { listener.limits.stall = 50ms; }));
    client.send(head(1'000'000) + pattern(0, 300'000));
    EXPECT_FALSE(heard.get_future().get().whole);
    EXPECT_TRUE(client.closed());
}

TEST_F(Streams, ThatDripAreCutOff) {
    TlsClient client(serve_streams(listen(), [](ListenerConfig &listener) {
        listener.limits.grace = 300ms;
        listener.limits.min_rate = 1'000'000'000;
    }));
    client.send(head(100'000'000));
    std::size_t drops = 0;
    while (drops < 50'000'000 && client.send("x"))
        ++drops;
    EXPECT_LT(drops, 50'000'000u);
    EXPECT_FALSE(heard.get_future().get().whole);
}

// 20 kB a second is faster than what is demanded, at the limits as they are: here a second is a byte.
TEST_F(Streams, KeepComingAtTheirRate) {
    TlsClient client(serve_streams(listen(), [](ListenerConfig &listener) {
        listener.limits.grace = 0ms;
        listener.limits.min_rate = 1;
    }));
    client.send(head(1001) + pattern(0, 1000));
    client.send(pattern(1000, 1));
    EXPECT_EQ(client.read_answer()->body, "1001 right");
    const Limits limits;
    for (std::size_t seconds = 0; seconds * 20'000 < 30 * 1024 * 1024; ++seconds)
        ASSERT_GT(limits.grace.count() / 1000 + static_cast<long>(seconds * 20'000 / limits.min_rate), static_cast<long>(seconds));
}

TEST_F(Streams, DoNotPayForASlowHandler) {
    std::promise<void> go;
    const auto port = serve_streams(
        [&](http::Request &request) {
            go.get_future().get();
            const Heard got = hear(*request.stream);
            return page(std::to_string(got.bytes) + (got.right && got.whole ? " right" : " wrong"));
        },
        [](ListenerConfig &listener) {
            listener.limits.grace = 1s;
            listener.limits.stall = 1s;
            listener.limits.min_rate = 1'000'000'000;
            listener.limits.handshake = 2s;
        });
    TlsClient client(port);
    RawSocket silent(port);
    client.send(head(1'000'000) + pattern(0, 900'000));
    EXPECT_TRUE(silent.closed()); // two seconds have gone
    go.set_value();
    client.send(pattern(900'000, 100'000));
    EXPECT_EQ(client.read_answer()->body, "1000000 right");
}

TEST_F(Streams, MayBeAnsweredBeforeTheirEnd) {
    const auto port = serve_streams([](http::Request &) {
        auto response = page("no room here");
        response.status = 503;
        return response;
    });
    TlsClient client(port);
    const auto answer = client.post("/files", std::string(30'000'000, 'x')); // sends all of it before it reads
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 503u);
    EXPECT_EQ(answer->body, "no room here");
    EXPECT_TRUE(client.closed());
    TlsClient waiting(port); // and one that sends no more gets it as well
    waiting.send(head(1'000'000) + pattern(0, 1000));
    EXPECT_EQ(waiting.read_answer()->body, "no room here");
    EXPECT_TRUE(waiting.closed());
}

TEST_F(Streams, AboveTheLimitAreRefusedBeforeTheyCome) {
    TlsClient client(serve_streams(listen()));
    client.send(head(200'000'001));
    EXPECT_EQ(client.read_answer()->status, 413u);
    heard.set_value({}); // no handler did
}

TEST_F(Streams, BeyondTheirNumberAreAnswered503) {
    std::promise<void> go;
    const auto done = go.get_future().share();
    std::atomic<int> working = 0;
    const auto port = serve_streams(
        [&](http::Request &request) {
            ++working;
            done.wait();
            return page(hear(*request.stream).whole ? "whole" : "cut");
        },
        [](ListenerConfig &listener) { listener.limits.streams = 2; });
    TlsClient one(port), two(port), three(port);
    one.send(head(10));
    two.send(head(10));
    while (working != 2)
        std::this_thread::yield();
    three.send(head(10));
    const auto refused = three.read_answer();
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->status, 503u);
    EXPECT_EQ(refused->header("retry-after"), "1");
    go.set_value();
    one.send(pattern(0, 10));
    EXPECT_EQ(one.read_answer()->body, "whole");
    TlsClient four(port);
    four.send(head(10) + pattern(0, 10));
    EXPECT_EQ(four.read_answer()->body, "whole");
    two.send(pattern(0, 10));
    EXPECT_EQ(two.read_answer()->body, "whole");
}

TEST_F(Streams, AreCutWhenTheServerStops) {
    std::promise<void> begun;
    TlsClient client(serve_streams(
        [&](http::Request &request) {
            begun.set_value();
            heard.set_value(hear(*request.stream));
            return page("");
        },
        {}, {.stop_grace = 50ms}));
    client.send(head(1'000'000) + pattern(0, 1000));
    begun.get_future().get();
    server->stop();
    EXPECT_FALSE(heard.get_future().get().whole);
}

TEST_F(Streams, ThatEndInTimeAreAnsweredWhileTheServerStops) {
    std::promise<void> begun;
    TlsClient client(serve_streams([&](http::Request &request) {
        begun.set_value();
        return page(hear(*request.stream).whole ? "whole" : "cut");
    }));
    client.send(head(1'000'000) + pattern(0, 1000));
    begun.get_future().get();
    std::thread stopping([this] { server->stop(); });
    client.send(pattern(1000, 999'000));
    EXPECT_EQ(client.read_answer()->body, "whole");
    stopping.join();
}

TEST_F(Streams, OfAnswersComeWhole) {
    TlsClient client(serve_streams([](http::Request &request) {
        auto response = down(request.path == "/empty" ? 0 : 5'000'000);
        response.status = 206;
        response.content_range = "bytes 0-4999999/9000000";
        return response;
    }));
    const auto answer = client.get("/file");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 206u);
    EXPECT_EQ(answer->header("content-length"), "5000000");
    EXPECT_EQ(answer->header("content-range"), "bytes 0-4999999/9000000");
    EXPECT_EQ(answer->header("accept-ranges"), "bytes");
    EXPECT_TRUE(answer->body == pattern(0, 5'000'000));
    EXPECT_EQ(client.head("/file")->header("content-length"), "5000000");
    EXPECT_EQ(client.get("/empty")->body, "");
    EXPECT_EQ(client.get("/empty")->status, 206u);
}

TEST_F(Streams, OfAnswersThatBreakAreNeverTakenForWhole) {
    const auto port = serve_streams([](http::Request &request) { return down(1'000'000, request.path == "/early" ? 0 : 700'000); });
    EXPECT_FALSE(TlsClient(port).get("/early"));
    EXPECT_FALSE(TlsClient(port).get("/late"));
}

TEST_F(Streams, OfAnswersEndWhenNobodyReads) {
    std::promise<void> gone, left;
    const auto port = serve_streams(
        [&](http::Request &request) {
            return down(100'000'000, SIZE_MAX, request.path == "/silent" ? &gone : &left);
        },
        [](ListenerConfig &listener) {
            listener.limits.stall = 50ms;
            listener.limits.grace = 50ms;
        });
    TlsClient silent(port);
    silent.send("GET /silent HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    gone.get_future().get(); // its thread is free again
    {
        TlsClient leaving(port);
        leaving.send("GET /left HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    }
    left.get_future().get();
}

TEST_F(Streams, ReadARangeOnTheOfficerFaceOnly) {
    for (const bool reporter : {true, false}) {
        TlsClient client(serve_streams([](http::Request &request) { return page("[" + request.range + "]"); },
                                       [&](ListenerConfig &listener) { listener.drop_cookies = reporter; }));
        EXPECT_EQ(client.get("/", "Range: bytes=1-2\r\n")->body, reporter ? "[]" : "[bytes=1-2]");
        client.close();
        server.reset();
    }
}

} // namespace
} // namespace net
