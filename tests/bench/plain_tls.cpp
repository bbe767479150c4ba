#include "tests/bench/plain_tls.h"

#include <openssl/ssl.h>

#include <algorithm>
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace bench {
namespace {

constexpr std::size_t at_once = 64 * 1024;

// What still comes behind the head; nothing when that is not whole.
std::size_t length_behind(const std::string &text, std::size_t end) {
    const auto field = text.find("\r\nContent-Length: ");
    const std::size_t body = field < end ? std::stoul(text.substr(field + 18, end)) : 0;
    return body - std::min(body, text.size() - end - 4);
}

bool read_request(SSL *tls, std::vector<char> &buffer) {
    std::string text;
    std::size_t end;
    while ((end = text.find("\r\n\r\n")) == text.npos) {
        const int got = SSL_read(tls, buffer.data(), static_cast<int>(buffer.size()));
        if (got <= 0) return false;
        text.append(buffer.data(), static_cast<std::size_t>(got));
    }
    for (std::size_t left = length_behind(text, end); left > 0;) {
        const int got = SSL_read(tls, buffer.data(), static_cast<int>(std::min(left, buffer.size())));
        if (got <= 0) return false;
        left -= static_cast<std::size_t>(got);
    }
    return true;
}

bool answer_it(SSL *tls, const std::vector<char> &buffer, std::size_t answer) {
    const std::string head = "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(answer) + "\r\n\r\n";
    if (SSL_write(tls, head.data(), static_cast<int>(head.size())) <= 0) return false;
    for (std::size_t left = answer; left > 0;) {
        const int put = SSL_write(tls, buffer.data(), static_cast<int>(std::min(left, buffer.size())));
        if (put <= 0) return false;
        left -= static_cast<std::size_t>(put);
    }
    return true;
}

void serve(int listener, SSL_CTX *context, std::size_t answer) {
    std::vector<char> buffer(at_once);
    for (int file; (file = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC)) >= 0; ::close(file)) {
        const int yes = 1;
        ::setsockopt(file, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        SSL *const tls = SSL_new(context);
        SSL_set_fd(tls, file);
        if (SSL_accept(tls) == 1)
            while (read_request(tls, buffer) && answer_it(tls, buffer, answer)) {
            }
        SSL_free(tls);
    }
    SSL_CTX_free(context);
}

} // namespace

PlainTls::PlainTls(const std::filesystem::path &certificate, const std::filesystem::path &key, std::size_t answer)
    : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    SSL_CTX *const context = SSL_CTX_new(TLS_server_method());
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof place;
    if (SSL_CTX_use_certificate_chain_file(context, certificate.c_str()) != 1 ||
        SSL_CTX_use_PrivateKey_file(context, key.c_str(), SSL_FILETYPE_PEM) != 1 ||
        ::bind(listener_, reinterpret_cast<sockaddr *>(&place), sizeof place) != 0 || ::listen(listener_, 8) != 0 ||
        ::getsockname(listener_, reinterpret_cast<sockaddr *>(&place), &size) != 0)
        throw std::runtime_error("the plain TLS server does not start");
    port_ = ntohs(place.sin_port);
    thread_ = std::thread([listener = listener_, context, answer] { serve(listener, context, answer); });
}

PlainTls::~PlainTls() {
    ::shutdown(listener_, SHUT_RDWR); // ends accept()
    thread_.join();
    ::close(listener_);
}

} // namespace bench
