// Sends every request of tests/data/hostile_requests.txt, in one piece and in many, to both kinds of face.
#include "tests/unit/web/net/server_fixture.h"

#include <fstream>
#include <sstream>

namespace net {
namespace {

struct Hostile {
    std::string name;
    unsigned status = 0;
    std::string bytes;
};
void PrintTo(const Hostile &hostile, std::ostream *out) { *out << hostile.name; }

std::string unescaped(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        std::size_t used = 1;
        if (text.starts_with("\\x")) {
            out += static_cast<char>(std::stoi(std::string(text.substr(2, 2)), nullptr, 16));
            used = 4;
        } else if (text[0] == '\\') {
            out += text[1] == 'r' ? '\r' : text[1] == 'n' ? '\n' : '\t';
            used = 2;
        } else if (text[0] == '{') {
            const auto star = text.find('*'), end = text.find('}');
            const std::string once = unescaped(text.substr(star + 1, end - star - 1));
            for (int count = std::stoi(std::string(text.substr(1, star - 1))); count > 0; --count)
                out += once;
            used = end + 1;
        } else {
            out += text[0];
        }
        text.remove_prefix(used);
    }
    return out;
}

std::vector<Hostile> read_corpus() {
    std::vector<Hostile> out;
    std::ifstream file(SUCHARIT_TEST_SOURCE "/tests/data/hostile_requests.txt");
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line[0] == '#') continue;
        const auto name_end = line.find(' '), status_end = line.find(' ', name_end + 1);
        out.push_back({line.substr(0, name_end),
                       static_cast<unsigned>(std::stoul(line.substr(name_end + 1, status_end - name_end - 1))),
                       unescaped(line.substr(status_end + 1))});
    }
    return out;
}

class Corpus : public ServerTest, public testing::WithParamInterface<Hostile> {
protected:
    void SetUp() override {
        std::vector<ListenerConfig> listeners;
        for (const bool drop_cookies : {true, false}) {
            listeners.push_back(config());
            listeners.back().drop_cookies = drop_cookies;
            listeners.back().allowed_hosts.push_back("[::1]:8443");
            listeners.back().dispatch = [this](http::Request &&request, Source source, Reply reply) {
                handled += request.path != "/good";
                echo(std::move(request), source, std::move(reply));
            };
        }
        server = std::make_unique<Server>(std::move(listeners));
        const auto started = server->start();
        ASSERT_TRUE(started);
        ports = *started;
    }

    // Each piece is one TLS record, and one reading of the server.
    void expect_refused(std::uint16_t port, const std::vector<std::string_view> &pieces) {
        TlsClient client(port);
        for (const auto piece : pieces)
            if (!client.send(piece)) break;       // it is refused already, and is no longer listened to
        const auto answer = client.read_answer(); // with a page, also for HEAD: nobody knows what was asked
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->status, GetParam().status);
        EXPECT_EQ(answer->header("connection"), "close");
        EXPECT_EQ(client.read_to_end(), "") << "another answer";
    }
    void expect_served(std::uint16_t port) {
        const auto answer = TlsClient(port).get("/good");
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->status, 200u);
    }

    std::atomic<int> handled = 0;
    std::vector<std::uint16_t> ports;
};

TEST_P(Corpus, IsRefusedInOnePiece) {
    for (const auto port : ports) {
        expect_refused(port, {GetParam().bytes});
        expect_served(port);
    }
    EXPECT_EQ(handled, 0);
}

// What follows a whole request in a later piece is no longer part of it: such requests are left to the test above.
bool may_be_cut_at(std::string_view bytes, std::size_t at) {
    const auto head = bytes.substr(0, at);
    const auto end = head.find("\r\n\r\n");
    return end == head.npos && bytes.substr(at) != "";
}

TEST_P(Corpus, IsRefusedByteByByte) {
    const std::string_view bytes = GetParam().bytes;
    std::vector<std::string_view> pieces;
    std::size_t at = 0;
    for (; at < bytes.size() && may_be_cut_at(bytes, at + 1); ++at)
        pieces.push_back(bytes.substr(at, 1));
    pieces.push_back(bytes.substr(at));
    expect_refused(ports[0], pieces);
    expect_served(ports[0]);
    EXPECT_EQ(handled, 0);
}

TEST_P(Corpus, IsRefusedInTwoPiecesCutBesideEveryMark) {
    constexpr std::size_t most = 40; // of a thousand fields, the first will do
    const std::string_view bytes = GetParam().bytes;
    std::size_t cuts = 0;
    for (std::size_t at = 1; at < bytes.size() && cuts < most; ++at) {
        const bool beside = std::string_view("\r\n:, \t").find(bytes[at - 1]) != std::string_view::npos ||
                            std::string_view("\r\n:, \t").find(bytes[at]) != std::string_view::npos;
        if (!beside || !may_be_cut_at(bytes, at)) continue;
        ++cuts;
        expect_refused(ports[1], {bytes.substr(0, at), bytes.substr(at)});
        if (HasFailure()) FAIL() << "cut at " << at;
    }
    expect_served(ports[1]);
    EXPECT_EQ(handled, 0);
}

INSTANTIATE_TEST_SUITE_P(Of, Corpus, testing::ValuesIn(read_corpus()),
                         [](const auto &info) { return info.param.name; });

TEST(CorpusFile, HoldsAtLeastAHundredRequests) { EXPECT_GE(read_corpus().size(), 100u); }

} // namespace
} // namespace net
