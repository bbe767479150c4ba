#include "tests/unit/web/net/server_fixture.h"

namespace net {
namespace {

using Requests = ServerTest;

TEST_F(Requests, ReachTheHandlerAsPlainValues) {
    TlsClient client(serve(config()));
    ASSERT_TRUE(client.ok());
    const auto got = client.get("/report?lang=en&receipt=1", "Accept-Language: th\r\n");
    ASSERT_TRUE(got);
    EXPECT_EQ(got->status, 200u);
    EXPECT_EQ(got->body, "GET /report en th||");
    const auto posted = client.post("/report", "a=1&b=2");
    ASSERT_TRUE(posted);
    EXPECT_EQ(posted->body, "POST /report - ||a=1&b=2");
}

TEST_F(Requests, KeepTheConnectionUntilAskedToClose) {
    TlsClient client(serve(config()));
    for (int i = 0; i < 20; ++i)
        ASSERT_EQ(client.get("/" + std::to_string(i))->header("connection"), "keep-alive");
    EXPECT_EQ(client.get("/", "Connection: close\r\n")->header("connection"), "close");
    EXPECT_TRUE(client.closed());
}

TEST_F(Requests, AreOnlySoManyOnOneConnection) {
    auto listener = config();
    listener.limits.requests_per_connection = 2;
    TlsClient client(serve(std::move(listener)));
    EXPECT_EQ(client.get("/")->header("connection"), "keep-alive");
    EXPECT_EQ(client.get("/")->header("connection"), "close");
    EXPECT_TRUE(client.closed());
}

TEST_F(Requests, WithHeadGetTheHeaderOfGetAndNoBody) {
    TlsClient client(serve(config()));
    const auto got = client.get("/x");
    const auto head = client.head("/xyz");
    ASSERT_TRUE(got && head);
    EXPECT_EQ(std::stoul(head->header("content-length")), got->body.size() + 3); // "HEAD" and the longer path
    EXPECT_EQ(head->headers.size(), got->headers.size());
    EXPECT_EQ(client.get("/x")->body, got->body); // nothing of a body came in between
}

TEST_F(Requests, MayComeByteByByte) {
    TlsClient client(serve(config()));
    for (const char c : std::string("POST /report HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4\r\n\r\nabcd"))
        ASSERT_TRUE(client.send({&c, 1}));
    EXPECT_EQ(client.read_answer()->body, "POST /report - ||abcd");
}

TEST_F(Requests, CarryLargeBodiesAndAnswersWhole) {
    TlsClient client(serve(config()));
    std::string body(5 * 1024 * 1024, 'x');
    for (std::size_t i = 0; i < body.size(); i += 1000)
        body[i] = static_cast<char>('a' + i / 1000 % 26);
    const auto answer = client.post("/files", body);
    ASSERT_TRUE(answer);
    EXPECT_TRUE(answer->body == "POST /files - ||" + body);
}

TEST_F(Requests, AnsweredByAnotherThreadLater) {
    std::vector<std::thread> workers;
    auto listener = config();
    listener.dispatch = [&](http::Request &&request, Source, Reply reply) {
        workers.emplace_back([request = std::move(request), reply = std::move(reply)]() mutable {
            reply(page("later " + request.path));
            reply(page("twice"));
        });
    };
    {
        TlsClient client(serve(std::move(listener)));
        EXPECT_EQ(client.get("/a")->body, "later /a");
        EXPECT_EQ(client.get("/b")->body, "later /b");
    }
    server->stop();
    for (auto &worker : workers)
        worker.join();
}

using Headers = ServerTest;

TEST_F(Headers, StandExactlyOnceOnAnswersErrorsAndHead) {
    auto listener = config();
    listener.dispatch = [](http::Request &&request, Source source, Reply reply) {
        if (request.path == "/throw") throw std::runtime_error("bug");
        echo(std::move(request), source, std::move(reply));
    };
    const auto port = serve(std::move(listener));
    std::vector<Answer> answers;
    answers.push_back(*TlsClient(port).get("/"));
    answers.push_back(*TlsClient(port).head("/"));
    answers.push_back(*TlsClient(port).post("/", std::string(1001, 'x')));
    answers.push_back(*TlsClient(port).get("/throw"));
    answers.push_back(*TlsClient(port).get("/", "Host: 127.0.0.1\r\n"));
    EXPECT_EQ(answers[2].status, 413u);
    EXPECT_EQ(answers[3].status, 500u);
    EXPECT_EQ(answers[4].status, 400u);
    for (const Answer &answer : answers) {
        for (const char *header :
             {"content-security-policy", "x-content-type-options", "referrer-policy", "x-frame-options",
              "permissions-policy", "cross-origin-opener-policy", "cross-origin-resource-policy", "cache-control",
              "x-robots-tag", "content-length", "content-type", "connection"})
            EXPECT_EQ(answer.count(header), 1u) << answer.status << " " << header;
        for (const char *header : {"server", "date", "strict-transport-security", "set-cookie", "transfer-encoding"})
            EXPECT_EQ(answer.count(header), 0u) << answer.status << " " << header;
    }
}

TEST_F(Headers, PromiseHttpsOnlyForThePublicName) {
    auto listener = config();
    listener.public_name = "report.example.go.th";
    TlsClient client(serve(std::move(listener)));
    EXPECT_EQ(client.get("/")->count("strict-transport-security"), 0u);
    client.send("GET / HTTP/1.1\r\nHost: Report.example.go.th:8443\r\n\r\n");
    EXPECT_EQ(client.read_answer()->count("strict-transport-security"), 1u);
}

using Cookies = ServerTest;

http::Response with_cookie() {
    auto response = page("x");
    response.set_cookies = {"__Host-session=1; Secure"};
    return response;
}

TEST_F(Cookies, NeitherReachNorLeaveTheReporterFace) {
    auto listener = config();
    listener.dispatch = [](http::Request &&request, Source, Reply reply) {
        auto response = with_cookie();
        response.body = "[" + request.cookie + "]";
        reply(std::move(response));
    };
    TlsClient client(serve(std::move(listener)));
    const auto answer = client.get("/", "Cookie: a=1\r\n");
    EXPECT_EQ(answer->body, "[]");
    EXPECT_EQ(answer->count("set-cookie"), 0u);
}

TEST_F(Cookies, PassTheOfficerFace) {
    auto listener = config();
    listener.drop_cookies = false;
    listener.dispatch = [](http::Request &&request, Source, Reply reply) {
        auto response = with_cookie();
        response.body = "[" + request.cookie + "]";
        reply(std::move(response));
    };
    TlsClient client(serve(std::move(listener)));
    const auto answer = client.get("/", "Cookie: a=1\r\n");
    EXPECT_EQ(answer->body, "[a=1]");
    EXPECT_EQ(answer->header("set-cookie"), "__Host-session=1; Secure");
}

using Bugs = ServerTest;

TEST_F(Bugs, InAHandlerGiveAPageThatSaysNothingOfThem) {
    auto listener = config();
    listener.dispatch = [](http::Request &&, Source, const Reply &) { throw std::runtime_error("secret"); };
    const auto port = serve(std::move(listener));
    const auto answer = TlsClient(port).get("/x", "Accept-Language: en\r\n");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 500u);
    EXPECT_EQ(answer->body, "error 500 at /x");
    EXPECT_EQ(bugs, 1);
}

TEST_F(Bugs, InTheErrorPageStillAnswer) {
    auto listener = config();
    listener.dispatch = [](http::Request &&, Source, const Reply &) {};
    listener.error_page = [](unsigned, const http::Request *) -> http::Response { throw std::runtime_error("bug"); };
    const auto port = serve(std::move(listener));
    EXPECT_EQ(TlsClient(port).get("/")->body, "500 Internal Server Error\n");
    EXPECT_EQ(bugs, 1);
}

using Start = ServerTest;

TEST_F(Start, SaysThatAPortIsInUse) {
    const auto port = serve(config());
    std::vector<ListenerConfig> second;
    second.push_back(config());
    second.back().port = port;
    Server other(std::move(second));
    const auto started = other.start();
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().sentence, "port " + std::to_string(port) + " is in use on 127.0.0.1");
    EXPECT_EQ(TlsClient(port).get("/")->status, 200u);
}

TEST_F(Start, ServesNoListenerWhenOneCannotBeBound) {
    const auto port = serve(config());
    server->stop();
    std::vector<ListenerConfig> listeners;
    listeners.push_back(config());
    listeners.back().port = port;
    listeners.push_back(config());
    listeners.back().address = "192.0.2.1"; // TEST-NET-1: never an address of this machine
    Server other(std::move(listeners));
    const auto started = other.start();
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().sentence, "192.0.2.1 is not an address of this machine");
    EXPECT_FALSE(TlsClient(port).ok());
}

TEST_F(Start, RefusesAKeyThatIsNotTheCertificates) {
    std::vector<ListenerConfig> listeners;
    listeners.push_back(config());
    listeners.back().certificate.key_pem = self_signed({"localhost"})->key_pem;
    Server other(std::move(listeners));
    EXPECT_EQ(other.start().error().sentence, "the TLS private key does not belong to the certificate");
}

TEST_F(Start, RefusesACertificateFileThatIsNotThere) {
    const auto loaded = load_certificate("/nonexistent/chain.pem", "/nonexistent/key.pem");
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().sentence, "the TLS certificate cannot be read: /nonexistent/chain.pem");
}

TEST_F(Start, TwoListenersHaveTheirOwnHandlers) {
    std::vector<ListenerConfig> listeners;
    for (const char *face : {"reporter", "officer"}) {
        listeners.push_back(config());
        listeners.back().dispatch = [face](http::Request &&, Source, Reply reply) { reply(page(face)); };
    }
    Server both(std::move(listeners));
    const auto ports = both.start();
    ASSERT_TRUE(ports);
    EXPECT_EQ(TlsClient(ports->at(0)).get("/")->body, "reporter");
    EXPECT_EQ(TlsClient(ports->at(1)).get("/")->body, "officer");
}

} // namespace
} // namespace net
