#include "web/net/lanes.h"

#include "tests/unit/web/net/server_fixture.h"

#include <latch>
#include <set>

namespace net {
namespace {

struct Context {
    int number = 0;
};
using Lane = WorkerLane<Context>;

Lane::MakeContext counted() {
    return [made = 0]() mutable { return std::make_unique<Context>(++made); };
}

TEST(Lane, GivesEachThreadAContextOfItsOwn) {
    std::latch all_at_work(3);
    std::mutex mutex;
    std::set<int> seen;
    Lane lane(3, 10, counted());
    for (int i = 0; i < 3; ++i)
        EXPECT_TRUE(lane.post([&](Context &context) {
            all_at_work.arrive_and_wait();
            std::lock_guard lock(mutex);
            seen.insert(context.number);
        }));
    lane.stop();
    EXPECT_EQ(seen, (std::set<int>{1, 2, 3}));
}

TEST(Lane, RefusesWhatIsMoreThanItMayHold) {
    std::latch begun(1), go(1);
    Lane lane(1, 2, counted());
    EXPECT_TRUE(lane.post([&](Context &) {
        begun.count_down();
        go.wait();
    }));
    begun.wait();
    EXPECT_TRUE(lane.post([](Context &) {}));
    EXPECT_TRUE(lane.post([](Context &) {}));
    EXPECT_FALSE(lane.post([](Context &) {}));
    go.count_down();
}

TEST(Lane, FinishesWhatItTookBeforeItStops) {
    std::atomic<int> done = 0;
    Lane lane(2, 100, counted());
    for (int i = 0; i < 100; ++i)
        EXPECT_TRUE(lane.post([&](Context &) { ++done; }));
    lane.stop();
    EXPECT_EQ(done, 100);
    EXPECT_FALSE(lane.post([&](Context &) { ++done; }));
    EXPECT_EQ(done, 100);
}

TEST(Lane, GoesOnAfterAJobThatThrew) {
    std::atomic<int> bugs = 0, done = 0;
    Lane lane(1, 10, counted(), [&] { ++bugs; });
    lane.post([](Context &) { throw std::runtime_error("bug"); });
    lane.post([&](Context &) { ++done; });
    lane.stop();
    EXPECT_EQ(bugs, 1);
    EXPECT_EQ(done, 1);
}

class LanesBehindAServer : public ServerTest {
protected:
    std::uint16_t start() {
        auto listener = config();
        listener.dispatch = [this](http::Request &&request, Reply reply) {
            reply.otherwise(503);
            lane.post([this, request = std::move(request), reply = std::move(reply)](Context &) mutable {
                reply.otherwise(500);
                if (request.path == "/throw") throw std::runtime_error("bug");
                begun.count_down();
                go.wait();
                reply(page("done"));
            });
        };
        return serve(std::move(listener));
    }
    void TearDown() override { server->stop(); }

    std::latch begun{1}, go{1};
    Lane lane{1, 1, counted()};
};

TEST_F(LanesBehindAServer, AnswersWith503AtOnceWhenItIsFull) {
    const auto port = start();
    TlsClient working(port), refused(port);
    working.send("GET /work HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    begun.wait();
    ASSERT_TRUE(lane.post([](Context &) {})); // the one place to wait
    const auto answer = refused.get("/work");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 503u);
    EXPECT_EQ(answer->header("retry-after"), "1");
    EXPECT_EQ(answer->body, "error 503 at /work");
    go.count_down();
    EXPECT_EQ(working.read_answer()->body, "done");
}

TEST_F(LanesBehindAServer, AnswersWith500WhenTheHandlerThrows) {
    TlsClient client(start());
    EXPECT_EQ(client.get("/throw")->status, 500u);
}

} // namespace
} // namespace net
