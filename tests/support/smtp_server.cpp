#include "tests/support/smtp_server.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>

namespace testing_support {
namespace {

template <class T> T *demand(T *made) {
    if (!made) throw std::runtime_error("the test's mail server cannot be made");
    return made;
}

void demand(bool done) {
    if (!done) throw std::runtime_error("the test's mail server cannot be made");
}

std::string decoded(const std::string &base64) {
    std::string out(base64.size(), '\0');
    const int size =
        EVP_DecodeBlock(reinterpret_cast<unsigned char *>(out.data()),
                        reinterpret_cast<const unsigned char *>(base64.data()), static_cast<int>(base64.size()));
    out.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
    while (base64.size() > 3 && !out.empty() && out.back() == '\0')
        out.pop_back();
    return out;
}

// "MAIL FROM:<a@b> SIZE=1" → "a@b"
std::string in_brackets(const std::string &line) {
    const auto begin = line.find('<'), end = line.find('>');
    return begin == std::string::npos || end == std::string::npos ? "" : line.substr(begin + 1, end - begin - 1);
}

struct Certificate {
    Certificate(const std::string &name, const std::string &file)
        : key(demand(EVP_EC_gen("P-256"))), certificate(demand(X509_new())) {
        X509_set_version(certificate, 2);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
        X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
        X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
        X509_set_pubkey(certificate, key);
        X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
                                   reinterpret_cast<const unsigned char *>("test"), -1, -1, 0);
        X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
        X509_EXTENSION *const names = demand(X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, name.c_str()));
        X509_add_ext(certificate, names, -1);
        X509_EXTENSION_free(names);
        demand(X509_sign(certificate, key, EVP_sha256()) > 0);
        std::FILE *const out = demand(std::fopen(file.c_str(), "w"));
        demand(PEM_write_X509(out, certificate) == 1);
        std::fclose(out);
    }
    ~Certificate() {
        X509_free(certificate);
        EVP_PKEY_free(key);
    }
    EVP_PKEY *key;
    X509 *certificate;
};

} // namespace

struct SmtpServer::State {
    explicit State(SmtpBehaviour wanted) : behaviour(std::move(wanted)) {
        auto pattern = (std::filesystem::temp_directory_path() / "sucharit-smtp-XXXXXX").string();
        demand(::mkdtemp(pattern.data()));
        folder = pattern;
        certificate.emplace(behaviour.name, folder + "/certificate.pem");
        tls = demand(SSL_CTX_new(TLS_server_method()));
        demand(SSL_CTX_use_certificate(tls, certificate->certificate) == 1 &&
               SSL_CTX_use_PrivateKey(tls, certificate->key) == 1);
        listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        demand(::bind(listening, reinterpret_cast<sockaddr *>(&address), size) == 0 && ::listen(listening, 8) == 0 &&
               ::getsockname(listening, reinterpret_cast<sockaddr *>(&address), &size) == 0);
        port = ntohs(address.sin_port);
        std::signal(SIGPIPE, SIG_IGN); // who hangs up early is no accident here
        thread = std::thread([this] { serve(); });
    }
    ~State() {
        {
            const std::lock_guard lock(mutex);
            ending = true;
            ::shutdown(listening, SHUT_RDWR);
            if (connected >= 0) ::shutdown(connected, SHUT_RDWR);
        }
        thread.join();
        ::close(listening);
        SSL_CTX_free(tls);
        std::filesystem::remove_all(folder);
    }

    void serve() {
        for (;;) {
            const int fd = ::accept4(listening, nullptr, nullptr, SOCK_CLOEXEC);
            {
                const std::lock_guard lock(mutex);
                if (fd < 0 || ending) {
                    if (fd >= 0) ::close(fd);
                    return;
                }
                connected = fd;
                ++connections;
            }
            talk(fd);
            const std::lock_guard lock(mutex);
            connected = -1;
            ::close(fd);
        }
    }

    // One connection's end of the conversation; nothing is buffered across a change to TLS.
    struct Line {
        int fd;
        SSL *ssl = nullptr;
        std::string buffer{};
        ~Line() { SSL_free(ssl); }
        bool secure(SSL_CTX *context) {
            ssl = SSL_new(context);
            SSL_set_fd(ssl, fd);
            return SSL_accept(ssl) == 1;
        }
        bool say(const std::string &text) {
            const std::string whole = text + "\r\n";
            return ssl ? SSL_write(ssl, whole.data(), static_cast<int>(whole.size())) > 0
                       : ::send(fd, whole.data(), whole.size(), MSG_NOSIGNAL) > 0;
        }
        std::optional<std::string> hear() {
            for (;;) {
                if (const auto end = buffer.find("\r\n"); end != std::string::npos) {
                    std::string out = buffer.substr(0, end);
                    buffer.erase(0, end + 2);
                    return out;
                }
                char part[4096];
                const auto size = ssl ? SSL_read(ssl, part, sizeof part) : ::recv(fd, part, sizeof part, 0);
                if (size <= 0) return std::nullopt;
                buffer.append(part, static_cast<std::size_t>(size));
            }
        }
    };

    void talk(int fd) {
        Line line{fd};
        if (behaviour.silent) {
            while (line.hear()) {
            }
            return;
        }
        using Tls = SmtpBehaviour::Tls;
        if (behaviour.tls == Tls::implicit && !line.secure(tls)) return;
        line.say("220 test");
        SmtpMail mail;
        bool known = behaviour.user.empty();
        while (auto heard = line.hear()) {
            if (!line.ssl) {
                const std::lock_guard lock(mutex);
                in_clear += *heard + "\n";
            }
            const std::string verb = heard->substr(0, 4);
            if (verb == "EHLO") {
                mail.helo = heard->substr(5);
                std::vector<std::string> offers{"test"};
                if (!line.ssl && behaviour.tls != Tls::stripped) offers.push_back("STARTTLS");
                if (line.ssl && !behaviour.user.empty()) offers.push_back("AUTH PLAIN");
                offers.push_back("8BITMIME");
                for (std::size_t i = 0; i < offers.size(); ++i)
                    line.say((i + 1 < offers.size() ? "250-" : "250 ") + offers[i]);
            } else if (verb == "STAR") {
                const bool agreed = behaviour.tls == Tls::starttls;
                line.say(agreed ? "220 go" : "454 not now");
                if (agreed && !line.secure(tls)) return;
            } else if (verb == "AUTH") {
                std::string given = heard->size() > 11 ? heard->substr(11) : "";
                if (given.empty()) {
                    line.say("334 ");
                    given = line.hear().value_or("");
                }
                known =
                    decoded(given) == std::string(1, '\0') + behaviour.user + std::string(1, '\0') + behaviour.password;
                line.say(known ? "235 welcome" : "535 no");
            } else if (verb == "MAIL") {
                mail.from = in_brackets(*heard);
                line.say(!known ? "530 sign in" : behaviour.busy ? "451 later" : "250 yes");
            } else if (verb == "RCPT") {
                mail.to = in_brackets(*heard);
                line.say(behaviour.refused_to.contains(mail.to) ? "550 nobody" : "250 yes");
            } else if (verb == "DATA") {
                line.say("354 go on");
                mail.data.clear();
                while (auto text = line.hear()) {
                    if (*text == ".") break;
                    mail.data += (text->starts_with(".") ? text->substr(1) : *text) + "\r\n";
                }
                {
                    const std::lock_guard lock(mutex);
                    mails.push_back(mail);
                }
                arrived.notify_all();
                line.say("250 taken");
            } else if (verb == "QUIT") {
                line.say("221 bye");
                return;
            } else {
                line.say("250 yes"); // RSET, NOOP
            }
        }
    }

    SmtpBehaviour behaviour;
    std::string folder;
    std::optional<Certificate> certificate;
    SSL_CTX *tls = nullptr;
    int listening = -1;
    std::uint16_t port = 0;
    mutable std::mutex mutex;
    mutable std::condition_variable arrived;
    std::vector<SmtpMail> mails;
    std::string in_clear;
    std::size_t connections = 0;
    int connected = -1;
    bool ending = false;
    std::thread thread;
};

SmtpServer::SmtpServer(SmtpBehaviour behaviour) : state_(std::make_unique<State>(std::move(behaviour))) {}
SmtpServer::~SmtpServer() = default;

std::uint16_t SmtpServer::port() const { return state_->port; }
std::string SmtpServer::authorities() const { return state_->folder + "/certificate.pem"; }

std::vector<SmtpMail> SmtpServer::mails() const {
    const std::lock_guard lock(state_->mutex);
    return state_->mails;
}

std::vector<SmtpMail> SmtpServer::wait_for(std::size_t count) const {
    std::unique_lock lock(state_->mutex);
    state_->arrived.wait_for(lock, std::chrono::seconds(20), [&] { return state_->mails.size() >= count; });
    return state_->mails;
}

std::string SmtpServer::in_clear() const {
    const std::lock_guard lock(state_->mutex);
    return state_->in_clear;
}

std::size_t SmtpServer::connections() const {
    const std::lock_guard lock(state_->mutex);
    return state_->connections;
}

} // namespace testing_support
