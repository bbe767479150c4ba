#include "web/net/lanes.h"

#include "tests/unit/web/net/server_fixture.h"

#include <latch>
#include <set>
#include <thread>

namespace net {
namespace {

struct Context {
    int number = 0;
};
using Lane = WorkerLane<Context>;

Lane::MakeContext counted() {
    return [made = 0]() mutable { return std::make_unique<Context>(++made); };
}

constexpr Source flood{1}, person{2};

Lane::Job counting(std::atomic<int> &done, std::atomic<int> &left_out) {
    return [&](Context *context) { ++(context == nullptr ? left_out : done); };
}

// One thread that is at work until it is let go, and what it did afterwards, in order.
class BusyLane {
public:
    explicit BusyLane(std::size_t waiting, std::size_t kept = 0) : lane_({1, waiting, kept}, counted()) {
        lane_.post(
            [this](Context *) {
                begun_.count_down();
                go_.wait();
            },
            person);
        begun_.wait();
    }
    void post(const std::string &name, Source source, Place place = Place::common) {
        lane_.post([this, name](Context *context) { (context == nullptr ? left_out : done).push_back(name); }, source,
                   place);
    }
    void finish() {
        go_.count_down();
        lane_.stop();
    }
    std::vector<std::string> done, left_out;

private:
    std::latch begun_{1}, go_{1};
    Lane lane_;
};

using Names = std::vector<std::string>;

TEST(Lane, GivesEachThreadAContextOfItsOwn) {
    std::latch all_at_work(3);
    std::mutex mutex;
    std::set<int> seen;
    Lane lane({3, 10}, counted());
    for (int i = 0; i < 3; ++i)
        lane.post(
            [&](Context *context) {
                all_at_work.arrive_and_wait();
                std::lock_guard lock(mutex);
                seen.insert(context->number);
            },
            person);
    lane.stop();
    EXPECT_EQ(seen, (std::set<int>{1, 2, 3}));
}

TEST(Lane, TellsAtOnceWhoHasNoPlace) {
    BusyLane lane(2);
    for (const char *name : {"1", "2", "3"})
        lane.post(name, person);
    EXPECT_EQ(lane.left_out, Names{"3"});
    lane.finish();
    EXPECT_EQ(lane.done, (Names{"1", "2"}));
}

TEST(Lane, TakesSourcesInTurn) {
    BusyLane lane(10);
    for (const char *name : {"f1", "f2", "f3"})
        lane.post(name, flood);
    lane.post("p", person);
    lane.finish();
    EXPECT_EQ(lane.done, (Names{"f1", "p", "f2", "f3"}));
}

TEST(Lane, WhenFullTellsTheFloodAndNotThePerson) {
    BusyLane lane(2);
    for (const char *name : {"f1", "f2", "f3"})
        lane.post(name, flood);
    lane.post("p", person);
    EXPECT_EQ(lane.left_out, (Names{"f3", "f2"}));
    lane.finish();
    EXPECT_EQ(lane.done, (Names{"f1", "p"}));
}

TEST(Lane, HasKeptPlacesWhenTheOthersAreFull) {
    BusyLane lane(1, 1);
    lane.post("f1", flood);
    lane.post("f2", flood);
    lane.post("kept", person, Place::kept);
    EXPECT_EQ(lane.left_out, Names{"f2"});
    lane.post("kept too", person, Place::kept);
    EXPECT_EQ(lane.left_out, (Names{"f2", "kept too"}));
    lane.finish();
    EXPECT_EQ(lane.done, (Names{"kept", "f1"}));
}

TEST(Lane, LetsKeptPlacesStarveNobody) {
    BusyLane lane(2, 3);
    for (const char *name : {"k1", "k2", "k3"})
        lane.post(name, person, Place::kept);
    for (const char *name : {"c1", "c2"})
        lane.post(name, flood);
    lane.finish();
    EXPECT_EQ(lane.done, (Names{"k1", "c1", "k2", "c2", "k3"}));
}

TEST(Lane, FinishesWhatItTookBeforeItStops) {
    std::atomic<int> done = 0, left_out = 0;
    Lane lane({2, 100, 10}, counted());
    for (int i = 0; i < 100; ++i)
        lane.post(counting(done, left_out), Source{static_cast<std::uint64_t>(i % 3)});
    for (int i = 0; i < 10; ++i)
        lane.post(counting(done, left_out), person, Place::kept);
    lane.stop();
    EXPECT_EQ(done, 110);
    lane.post(counting(done, left_out), person);
    EXPECT_EQ(done, 110);
    EXPECT_EQ(left_out, 1);
}

// Every job is called once, whoever posts and whatever is displaced meanwhile.
TEST(Lane, CallsEachJobOnceUnderManyPosters) {
    constexpr int posters = 8, each = 2000;
    std::atomic<int> done = 0, left_out = 0;
    Lane lane({3, 16, 2}, counted());
    std::vector<std::thread> threads;
    for (int i = 0; i < posters; ++i)
        threads.emplace_back([&, i] {
            for (int n = 0; n < each; ++n)
                lane.post(counting(done, left_out), Source{static_cast<std::uint64_t>(n % (i + 1))},
                          n % 5 == 0 ? Place::kept : Place::common);
        });
    for (auto &thread : threads)
        thread.join();
    lane.stop();
    EXPECT_EQ(done + left_out, posters * each);
    EXPECT_GT(done, 0);
}

TEST(Lane, GoesOnAfterAJobThatThrew) {
    std::atomic<int> bugs = 0, done = 0, left_out = 0;
    Lane lane({1, 10}, counted(), [&] { ++bugs; });
    lane.post([](Context *) { throw std::runtime_error("bug"); }, person);
    lane.post(counting(done, left_out), person);
    lane.stop();
    EXPECT_EQ(bugs, 1);
    EXPECT_EQ(done, 1);
}

class LanesBehindAServer : public ServerTest {
protected:
    std::uint16_t start() {
        auto listener = config();
        listener.dispatch = [this](http::Request &&request, Source source, Reply reply) {
            reply.otherwise(503);
            lane.post(
                [this, request = std::move(request), reply = std::move(reply)](Context *context) mutable {
                    if (context == nullptr) return;
                    reply.otherwise(500);
                    if (request.path == "/throw") throw std::runtime_error("bug");
                    begun.count_down();
                    go.wait();
                    reply(page("done"));
                },
                source);
        };
        return serve(std::move(listener));
    }
    void TearDown() override {
        if (!go.try_wait()) go.count_down(); // the test failed before it did
        server->stop();
    }

    std::latch begun{1}, go{1};
    Lane lane{{1, 1}, counted()};
};

TEST_F(LanesBehindAServer, AnswersWith503AtOnceWhenItIsFull) {
    const auto port = start();
    TlsClient working(port), refused(port);
    working.send("GET /work HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    begun.wait();
    lane.post([](Context *) {}, person); // the one place to wait
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
