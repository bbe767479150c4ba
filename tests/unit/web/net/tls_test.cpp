#include "tests/unit/web/net/server_fixture.h"

#include <openssl/ssl.h>

namespace net {
namespace {

using Tls = ServerTest;

TEST_F(Tls, IsVersion13WhereTheBrowserCan) {
    TlsClient client(serve(config()));
    ASSERT_TRUE(client.ok());
    EXPECT_EQ(client.version(), "TLSv1.3");
}

TEST_F(Tls, TakesVersion12OnlyWithForwardSecrecyAndAead) {
    const auto port = serve(config());
    TlsClient modern(port, {.max_version = TLS1_2_VERSION});
    ASSERT_TRUE(modern.ok());
    EXPECT_EQ(modern.version(), "TLSv1.2");
    EXPECT_TRUE(modern.cipher().starts_with("ECDHE-ECDSA-")) << modern.cipher();
    for (const char *weak : {"ECDHE-ECDSA-AES128-SHA256", "ECDHE-ECDSA-AES256-SHA", "AES128-GCM-SHA256",
                             "AES256-SHA256", "DHE-RSA-AES256-GCM-SHA384", "NULL-SHA256"})
        EXPECT_FALSE(TlsClient(port, {.max_version = TLS1_2_VERSION, .ciphers = weak}).ok()) << weak;
    TlsClientOptions strong{.max_version = TLS1_2_VERSION, .ciphers = "ECDHE-ECDSA-CHACHA20-POLY1305"};
    EXPECT_TRUE(TlsClient(port, strong).ok());
}

TEST_F(Tls, RefusesOlderVersions) {
    const auto port = serve(config());
    for (const int version : {TLS1_VERSION, TLS1_1_VERSION})
        EXPECT_FALSE(
            TlsClient(port, {.min_version = version, .max_version = version, .ciphers = "ALL:@SECLEVEL=0"}).ok());
}

TEST_F(Tls, GivesNoTicketThatWouldRecogniseAPerson) {
    const auto port = serve(config());
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        TlsClient client(port, {.min_version = version, .max_version = version});
        ASSERT_TRUE(client.ok());
        EXPECT_EQ(client.get("/")->status, 200u); // tickets of TLS 1.3 would have come before the answer
        EXPECT_EQ(client.tickets(), 0u) << client.version();
    }
}

TEST_F(Tls, SpeaksHttp11AndNothingElse) {
    const auto port = serve(config());
    EXPECT_EQ(TlsClient(port, {.alpn = {"h2", "http/1.1"}}).alpn(), "http/1.1");
    EXPECT_FALSE(TlsClient(port, {.alpn = {"h2"}}).ok());
    EXPECT_TRUE(TlsClient(port).ok());
}

TEST_F(Tls, AnswersPlainHttpWithNothing) {
    testing_support::RawSocket plain(serve(config()));
    plain.send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    EXPECT_EQ(plain.read_to_end().find("HTTP"), std::string::npos);
}

} // namespace
} // namespace net
