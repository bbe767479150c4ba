#include "web/net/tls.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <memory>
#include <string_view>

namespace net {
namespace {

struct Free {
    void operator()(SSL_CTX *context) const { SSL_CTX_free(context); }
    void operator()(BIO *bio) const { BIO_free(bio); }
    void operator()(X509 *certificate) const { X509_free(certificate); }
    void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
};
template <class T> using Owned = std::unique_ptr<T, Free>;

std::unexpected<StartError> fail(std::string sentence) {
    ERR_clear_error();
    return std::unexpected(StartError{std::move(sentence)});
}

Owned<BIO> reader(const std::string &pem) {
    return Owned<BIO>(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
}

int no_passphrase(char *, int, int, void *) { return 0; } // OpenSSL would ask for one on the terminal

int choose_protocol(SSL *, const unsigned char **out, unsigned char *out_size, const unsigned char *offered,
                    unsigned offered_size, void *) {
    constexpr std::string_view ours = "http/1.1";
    for (unsigned at = 0; at < offered_size; at += 1u + offered[at]) {
        if (at + 1u + offered[at] > offered_size) break;
        if (std::string_view(reinterpret_cast<const char *>(offered + at + 1), offered[at]) == ours) {
            *out = offered + at + 1;
            *out_size = offered[at];
            return SSL_TLSEXT_ERR_OK;
        }
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL; // RFC 7301 section 3.2
}

std::expected<void, StartError> use_certificate(SSL_CTX *context, const Certificate &certificate) {
    const auto chain = reader(certificate.chain_pem), key_text = reader(certificate.key_pem);
    const Owned<X509> own(PEM_read_bio_X509(chain.get(), nullptr, no_passphrase, nullptr));
    if (!own || SSL_CTX_use_certificate(context, own.get()) != 1)
        return fail("the TLS certificate cannot be read: a PEM file with the server's own certificate first is needed");
    while (Owned<X509> next{PEM_read_bio_X509(chain.get(), nullptr, no_passphrase, nullptr)})
        if (SSL_CTX_add1_chain_cert(context, next.get()) != 1)
            return fail("the chain of the TLS certificate cannot be used");
    const Owned<EVP_PKEY> key(PEM_read_bio_PrivateKey(key_text.get(), nullptr, no_passphrase, nullptr));
    if (!key) return fail("the TLS private key cannot be read: a PEM file without a passphrase is needed");
    if (SSL_CTX_use_PrivateKey(context, key.get()) != 1 || SSL_CTX_check_private_key(context) != 1)
        return fail("the TLS private key does not belong to the certificate");
    ERR_clear_error(); // the end of the chain's file counts as an error
    return {};
}

bool configure(SSL_CTX *context) {
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                     SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA |
                                     SSL_OP_CLEANSE_PLAINTEXT);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
    return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
           SSL_CTX_set_num_tickets(context, 0) == 1 && // SSL_OP_NO_TICKET does not stop those of TLS 1.3
           SSL_CTX_set_max_early_data(context, 0) == 1 &&
           SSL_CTX_set_cipher_list(context, "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
                                            "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
                                            "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305") == 1 &&
           SSL_CTX_set_ciphersuites(
               context, "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256") == 1 &&
           SSL_CTX_set1_groups_list(context, "X25519:P-256:P-384") == 1;
}

} // namespace

std::expected<ssl_ctx_st *, StartError> make_tls_context(const Certificate &certificate) {
    Owned<SSL_CTX> context(SSL_CTX_new(TLS_server_method()));
    if (!context || !configure(context.get()))
        return fail("OpenSSL on this machine lacks what TLS 1.3 and 1.2 with forward secrecy need");
    if (auto used = use_certificate(context.get(), certificate); !used) return std::unexpected(used.error());
    return context.release();
}

} // namespace net
