#include "web/net/inspect.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <arpa/inet.h>
#include <memory>
#include <sys/socket.h>
#include <unistd.h>

namespace net {
namespace {

struct Free {
    void operator()(BIO *bio) const { BIO_free(bio); }
    void operator()(X509 *certificate) const { X509_free(certificate); }
    void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
};
template <class T> using Owned = std::unique_ptr<T, Free>;

Owned<BIO> reading(const std::string &pem) { return Owned<BIO>(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))); }

bool names(X509 *certificate, const std::string &host) {
    return X509_check_ip_asc(certificate, host.c_str(), 0) == 1 ||
           X509_check_host(certificate, host.data(), host.size(), 0, nullptr) == 1;
}

} // namespace

std::expected<CertificateFacts, StartError> inspect(const Certificate &certificate, const std::vector<std::string> &hosts) {
    const auto chain = reading(certificate.chain_pem), secret = reading(certificate.key_pem);
    const Owned<X509> first(PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr));
    const Owned<EVP_PKEY> key(PEM_read_bio_PrivateKey(secret.get(), nullptr, nullptr, nullptr));
    if (!first || !key) return std::unexpected(StartError{"the TLS certificate or its private key is no PEM file"});
    CertificateFacts out;
    int seconds = 0;
    if (ASN1_TIME_diff(&out.days_left, &seconds, nullptr, X509_get0_notAfter(first.get())) != 1)
        return std::unexpected(StartError{"the TLS certificate has no last day"});
    if (seconds < 0) --out.days_left;
    out.key_fits = X509_check_private_key(first.get(), key.get()) == 1;
    out.own = X509_self_signed(first.get(), 0) == 1;
    for (const std::string &host : hosts)
        if (!names(first.get(), host)) out.not_named.push_back(host);
    return out;
}

std::string tls_library() { return OpenSSL_version(OPENSSL_VERSION); }

bool is_free(const std::string &address, unsigned short port) {
    in6_addr six{};
    in_addr four{};
    const bool is_six = ::inet_pton(AF_INET6, address.c_str(), &six) == 1;
    if (!is_six && ::inet_pton(AF_INET, address.c_str(), &four) != 1) return false;
    const int probe = ::socket(is_six ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1; // as the server does: what is left of earlier connections does not count
    ::setsockopt(probe, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in6 to_six{};
    to_six.sin6_family = AF_INET6;
    to_six.sin6_port = htons(port);
    to_six.sin6_addr = six;
    sockaddr_in to_four{};
    to_four.sin_family = AF_INET;
    to_four.sin_port = htons(port);
    to_four.sin_addr = four;
    const bool bound = is_six ? ::bind(probe, reinterpret_cast<const sockaddr *>(&to_six), sizeof to_six) == 0
                              : ::bind(probe, reinterpret_cast<const sockaddr *>(&to_four), sizeof to_four) == 0;
    ::close(probe);
    return bound;
}

} // namespace net
