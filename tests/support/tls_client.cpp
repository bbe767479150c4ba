#include "tests/support/tls_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <utility>

namespace testing_support {
namespace {

constexpr const char *authority = "127.0.0.1";

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

int connect_to(std::uint16_t port, std::chrono::milliseconds patience) {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    timeval limit{};
    limit.tv_sec = patience.count() / 1000;
    limit.tv_usec = patience.count() % 1000 * 1000;
    ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    const int at_once = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0) {
        ::close(fd);
        return -1;
    }
    return fd;
}

} // namespace

std::size_t Answer::count(std::string_view name) const {
    return static_cast<std::size_t>(std::ranges::count(headers, name, [](const auto &header) { return header.first; }));
}

std::string Answer::header(std::string_view name) const {
    const auto found = std::ranges::find(headers, name, [](const auto &header) { return header.first; });
    return found == headers.end() ? std::string() : found->second;
}

struct TlsClient::State {
    int fd = -1;
    SSL_CTX *context = nullptr;
    SSL *ssl = nullptr;
    bool ready = false;
    bool ended = false;
    std::size_t tickets = 0;
    std::vector<std::size_t> records;
    std::string received; // not yet handed out

    ~State() {
        SSL_free(ssl);
        SSL_CTX_free(context);
        if (fd >= 0) ::close(fd);
    }

    // False at the end of the connection; a silence longer than the patience counts as none.
    bool read_more() {
        char bytes[16 * 1024];
        ERR_clear_error();
        const int size = ready && !ended ? SSL_read(ssl, bytes, sizeof bytes) : 0;
        if (size <= 0) {
            const bool silent = ready && !ended && SSL_get_error(ssl, size) == SSL_ERROR_WANT_READ;
            ended = ended || !silent;
            return false;
        }
        received.append(bytes, static_cast<std::size_t>(size));
        return true;
    }
};

TlsClient::TlsClient(std::uint16_t port, const TlsClientOptions &options) : state_(std::make_unique<State>()) {
    std::signal(SIGPIPE, SIG_IGN); // writing to a closed connection is an answer here, not an accident
    State &state = *state_;
    state.context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_verify(state.context, SSL_VERIFY_NONE, nullptr);
    SSL_CTX_set_min_proto_version(state.context, options.min_version);
    SSL_CTX_set_max_proto_version(state.context, options.max_version);
    SSL_CTX_set_security_level(state.context, 0); // so that it is the server that refuses
    if (!options.ciphers.empty()) SSL_CTX_set_cipher_list(state.context, options.ciphers.c_str());
    SSL_CTX_set_session_cache_mode(state.context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_set_app_data(state.context, &state);
    SSL_CTX_sess_set_new_cb(state.context, [](SSL *ssl, SSL_SESSION *session) {
        auto *owner = static_cast<State *>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl)));
        unsigned id_size = 0;
        SSL_SESSION_get_id(session, &id_size);
        owner->tickets += SSL_SESSION_has_ticket(session) == 1 || id_size > 0 ? 1 : 0;
        return 0;
    });
    state.fd = connect_to(port, options.patience);
    if (state.fd < 0) return;
    state.ssl = SSL_new(state.context);
    std::string protocols;
    for (const std::string &protocol : options.alpn)
        (protocols += static_cast<char>(protocol.size())) += protocol;
    if (!protocols.empty())
        SSL_set_alpn_protos(state.ssl, reinterpret_cast<const unsigned char *>(protocols.data()),
                            static_cast<unsigned>(protocols.size()));
    SSL_set_fd(state.ssl, state.fd);
    SSL_set_msg_callback_arg(state.ssl, &state);
    SSL_set_msg_callback(state.ssl, [](int sent, int, int type, const void *bytes, std::size_t size, SSL *, void *owner) {
        const auto *header = static_cast<const unsigned char *>(bytes);
        if (sent == 0 && type == SSL3_RT_HEADER && size == SSL3_RT_HEADER_LENGTH)
            static_cast<State *>(owner)->records.push_back(static_cast<std::size_t>(header[3] << 8 | header[4]));
    });
    ERR_clear_error();
    state.ready = SSL_connect(state.ssl) == 1;
    state.records.clear();
}

TlsClient::~TlsClient() = default;
TlsClient::TlsClient(TlsClient &&) noexcept = default;
TlsClient &TlsClient::operator=(TlsClient &&) noexcept = default;

bool TlsClient::ok() const { return state_->ready; }

bool TlsClient::send(std::string_view bytes) {
    ERR_clear_error();
    while (state_->ready && !bytes.empty()) {
        const int size =
            SSL_write(state_->ssl, bytes.data(), static_cast<int>(std::min<std::size_t>(bytes.size(), 1 << 20)));
        if (size <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(size));
    }
    return state_->ready;
}

std::optional<Answer> TlsClient::read_answer(bool head) {
    State &state = *state_;
    std::size_t end;
    while ((end = state.received.find("\r\n\r\n")) == std::string::npos)
        if (!state.read_more()) return std::nullopt;
    Answer answer;
    const std::string text = state.received.substr(0, end + 2);
    state.received.erase(0, end + 4);
    if (text.size() < 12 || !text.starts_with("HTTP/1.1 ")) return std::nullopt;
    answer.status = static_cast<unsigned>(std::stoul(text.substr(9, 3)));
    for (auto at = text.find("\r\n") + 2; at < text.size(); at = text.find("\r\n", at) + 2) {
        const std::string line = text.substr(at, text.find("\r\n", at) - at);
        const auto colon = line.find(": ");
        answer.headers.emplace_back(lower(line.substr(0, colon)),
                                    colon == std::string::npos ? "" : line.substr(colon + 2));
    }
    const std::string length = answer.header("content-length");
    const std::size_t size = head || length.empty() ? 0 : std::stoul(length);
    while (state.received.size() < size)
        if (!state.read_more()) return std::nullopt;
    answer.body = state.received.substr(0, size);
    state.received.erase(0, size);
    return answer;
}

bool TlsClient::closed() {
    if (!state_->received.empty() || state_->read_more()) return false;
    return state_->ended;
}

std::string TlsClient::read_to_end() {
    while (state_->read_more()) {
    }
    return std::exchange(state_->received, {});
}

std::string TlsClient::version() const { return SSL_get_version(state_->ssl); }
std::string TlsClient::cipher() const { return SSL_get_cipher_name(state_->ssl); }

std::string TlsClient::alpn() const {
    const unsigned char *chosen = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(state_->ssl, &chosen, &size);
    return {reinterpret_cast<const char *>(chosen), size};
}

std::size_t TlsClient::tickets() const { return state_->tickets; }

std::vector<std::size_t> TlsClient::records() const { return state_->records; }

void TlsClient::close() {
    if (state_->ready) SSL_shutdown(state_->ssl);
    state_->ready = false;
    if (state_->fd >= 0) ::shutdown(state_->fd, SHUT_WR);
}

std::optional<Answer> TlsClient::get(std::string_view target, std::string_view extra) {
    send("GET " + std::string(target) + " HTTP/1.1\r\nHost: " + authority + "\r\n" + std::string(extra) + "\r\n");
    return read_answer();
}

std::optional<Answer> TlsClient::head(std::string_view target, std::string_view extra) {
    send("HEAD " + std::string(target) + " HTTP/1.1\r\nHost: " + authority + "\r\n" + std::string(extra) + "\r\n");
    return read_answer(true);
}

std::optional<Answer> TlsClient::post(std::string_view target, std::string_view body, std::string_view extra,
                                      std::string_view content_type) {
    send("POST " + std::string(target) + " HTTP/1.1\r\nHost: " + authority +
         "\r\nContent-Type: " + std::string(content_type) + "\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n" + std::string(extra) + "\r\n" + std::string(body));
    return read_answer();
}

RawSocket::RawSocket(std::uint16_t port, std::chrono::milliseconds patience) : fd_(connect_to(port, patience)) {}

RawSocket::~RawSocket() {
    if (fd_ >= 0) ::close(fd_);
}

bool RawSocket::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto size = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (size <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(size));
    }
    return true;
}

bool RawSocket::closed() {
    char byte = 0;
    const auto size = ::recv(fd_, &byte, 1, 0);
    return size == 0 || (size < 0 && errno == ECONNRESET);
}

std::string RawSocket::read_to_end() {
    std::string out;
    char bytes[4096];
    for (ssize_t size; (size = ::recv(fd_, bytes, sizeof bytes, 0)) > 0;)
        out.append(bytes, static_cast<std::size_t>(size));
    return out;
}

std::string form_body(const std::vector<std::pair<std::string, std::string>> &fields) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    const auto encode = [&](std::string_view text) {
        for (const char c : text) {
            const auto byte = static_cast<unsigned char>(c);
            if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' ||
                c == '.')
                out += c;
            else if (c == ' ')
                out += '+';
            else
                ((out += '%') += digits[byte >> 4]) += digits[byte & 15];
        }
    };
    for (const auto &[name, value] : fields) {
        if (!out.empty()) out += '&';
        encode(name);
        out += '=';
        encode(value);
    }
    return out;
}

} // namespace testing_support
