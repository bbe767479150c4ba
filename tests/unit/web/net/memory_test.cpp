#include "tests/support/sanitized.h"
#include "tests/unit/web/net/server_fixture.h"
#include "web/http/wipe.h"

#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

namespace net {
namespace {

// The C library writes into the first bytes of a freed block, and other blocks come to lie in it: any third of a mark is
// looked for, or a block that nobody cleared would pass for a cleared one.
constexpr std::size_t mark_size = 60, looked_for = mark_size / 3;
volatile unsigned seed = 7; // so that no compiler folds the marks into constants

// The mark of one place in a request, character by character: this process never holds one whole by itself.
char mark_at(unsigned place, std::size_t index) {
    const auto i = static_cast<unsigned>(index);
    return static_cast<char>('a' + (i * i * 3 + i * seed + place * 5 + i * place) % 26);
}

std::string mark(unsigned place) {
    std::string out;
    for (std::size_t i = 0; i < mark_size; ++i)
        out += mark_at(place, i);
    return out;
}

enum Place : unsigned { in_path, in_query, in_language, in_cookie, in_agent, in_referrer, in_type, in_body, places };

bool holds(std::string_view bytes, unsigned place) {
    for (std::size_t at = 0; at + looked_for <= bytes.size(); ++at)
        for (const std::size_t third : {std::size_t{0}, looked_for, 2 * looked_for}) {
            std::size_t same = 0;
            while (same < looked_for && bytes[at + same] == mark_at(place, third + same))
                ++same;
            if (same == looked_for) return true;
        }
    return false;
}

// Which marks stand anywhere in this process's writable memory.
std::vector<bool> marks_in_memory() {
    std::vector<bool> found(places, false);
    const int memory = ::open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    std::ifstream maps("/proc/self/maps");
    std::vector<char> chunk(1 << 20);
    for (std::string line; std::getline(maps, line);) {
        std::uintptr_t begin = 0, end = 0;
        char dash = 0;
        std::string rights;
        std::istringstream(line) >> std::hex >> begin >> dash >> end >> rights;
        if (!rights.starts_with("rw") || end - begin > (std::uintptr_t{1} << 30)) // sanitizers map terabytes
            continue;
        for (std::uintptr_t at = begin; at < end; at += chunk.size() - mark_size) {
            const auto size =
                ::pread(memory, chunk.data(), std::min<std::size_t>(chunk.size(), end - at), static_cast<off_t>(at));
            if (size <= 0) break;
            for (unsigned place = 0; place < places; ++place)
                if (holds({chunk.data(), static_cast<std::size_t>(size)}, place)) found[place] = true;
            http::wipe(chunk.data(), chunk.size());
        }
    }
    ::close(memory);
    return found;
}

// The client is another process, whose memory is not looked at.
[[noreturn]] void be_the_client(int from_test, int to_test) {
    std::uint16_t port = 0;
    char done = ::read(from_test, &port, sizeof port) == sizeof port ? 'y' : 'n';
    TlsClient client(port);
    const auto answer =
        client.post("/" + mark(in_path) + "?x=" + mark(in_query), "a=" + mark(in_body),
                    "Accept-Language: " + mark(in_language) + "\r\nCookie: a=" + mark(in_cookie) +
                        "\r\nUser-Agent: " + mark(in_agent) + "\r\nReferer: " + mark(in_referrer) + "\r\n",
                    mark(in_type));
    if (!answer || answer->body != "a=" + mark(in_body) || !client.get("/second")) done = 'n';
    if (::write(to_test, &done, 1) == 1)
        done = ::read(from_test, &port, 1) == 0 ? 'y' : 'n'; // the connection stays open until the test is over
    ::_exit(0);
}

class Text : public http::BodySource {
public:
    explicit Text(std::string text) : text_(std::move(text)) {}
    ~Text() override { http::wipe(text_); }
    std::size_t length() const override { return text_.size(); }
    std::optional<std::size_t> read(std::span<char> out) override { return text_.copy(out.data(), out.size(), at_); }

private:
    std::string text_;
    const std::size_t at_ = 0; // it is shorter than any piece
};

class Memory : public ServerTest {
protected:
    void SetUp() override { SUCHARIT_SKIP_SANITIZED(); }

    void holds_nothing_afterwards(bool drop_cookies, bool streamed = false) {
        int to_client[2], to_test[2];
        ASSERT_EQ(::pipe(to_client), 0);
        ASSERT_EQ(::pipe(to_test), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            ::close(to_client[1]);
            be_the_client(to_client[0], to_test[1]);
        }
        ::close(to_client[0]);
        ::close(to_test[1]);

        std::promise<std::pair<http::Request, Reply>> arrived;
        auto listener = config();
        listener.drop_cookies = drop_cookies;
        listener.streamed = [&](http::Method method, std::string_view) { return streamed && method == http::Method::post; };
        listener.dispatch = [&](http::Request &&request, Source, Reply reply) {
            if (request.path == "/second") return reply(page("second"));
            arrived.set_value({std::move(request), std::move(reply)});
        };
        const auto port = serve(std::move(listener));
        ASSERT_EQ(::write(to_client[1], &port, sizeof port), static_cast<ssize_t>(sizeof port));
        {
            auto [request, reply] = arrived.get_future().get();
            if (streamed) {
                request.body.resize(request.stream->length());
                EXPECT_EQ(request.stream->read(request.body).value_or(0), request.body.size());
            }
            const auto meanwhile = marks_in_memory();
            EXPECT_TRUE(meanwhile[in_body] && meanwhile[in_path] && meanwhile[in_language] && meanwhile[in_type]);
            EXPECT_TRUE(meanwhile[in_cookie] || drop_cookies);
            auto response = page(std::move(request.body));
            if (streamed) response.stream = std::make_unique<Text>(std::exchange(response.body, {}));
            reply(std::move(response));
        }
        arrived = {};
        http::wipe_stack(); // this thread worked on the request, as one of a lane does, which clears its stack, too
        char done = 0;
        ASSERT_EQ(::read(to_test[0], &done, 1), 1);
        EXPECT_EQ(done, 'y');
        // A thread clears its stack before it waits, which it may be about to: what stays is found by the last look, too.
        const std::vector<bool> nothing(places, false);
        auto left = marks_in_memory();
        for (int look = 0; look < 50 && left != nothing; ++look)
            left = marks_in_memory();
        EXPECT_EQ(left, nothing);
        ::close(to_client[1]);
        ::close(to_test[0]);
        ::waitpid(child, nullptr, 0);
    }
};

TEST_F(Memory, HoldsNothingOfAReportersRequestOnceItIsAnswered) { holds_nothing_afterwards(true); }

TEST_F(Memory, HoldsNothingOfAStreamThatIsAnsweredByOne) { holds_nothing_afterwards(true, true); }

TEST_F(Memory, HoldsNothingOfAnOfficersRequestOnceItIsAnswered) { holds_nothing_afterwards(false); }

} // namespace
} // namespace net
