#include "web/net/certificate.h"

#include "web/http/wipe.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <fstream>
#include <memory>

namespace net {
namespace {

struct Free {
    void operator()(BIO *bio) const { BIO_free(bio); }
    void operator()(X509 *certificate) const { X509_free(certificate); }
    void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
    void operator()(X509_EXTENSION *extension) const { X509_EXTENSION_free(extension); }
    void operator()(GENERAL_NAMES *names) const { GENERAL_NAMES_free(names); }
    void operator()(BIGNUM *number) const { BN_free(number); }
    void operator()(ASN1_OCTET_STRING *text) const { ASN1_OCTET_STRING_free(text); }
};
template <class T> using Owned = std::unique_ptr<T, Free>;

std::expected<std::string, StartError> read_file(const std::string &path, const std::string &what) {
    std::string out;
    std::ifstream file(path, std::ios::binary);
    file.seekg(0, std::ios::end);
    const auto size = file.tellg();
    if (!file || size <= 0 || size > 1024 * 1024)
        return std::unexpected(StartError{"the " + what + " cannot be read: " + path});
    out.resize(static_cast<std::size_t>(size));
    file.seekg(0);
    file.read(out.data(), size);
    if (!file) return std::unexpected(StartError{"the " + what + " cannot be read: " + path});
    return out;
}

bool add_name(GENERAL_NAMES *names, const std::string &name) {
    GENERAL_NAME *entry = GENERAL_NAME_new();
    if (entry == nullptr || sk_GENERAL_NAME_push(names, entry) == 0) {
        GENERAL_NAME_free(entry);
        return false;
    }
    if (Owned<ASN1_OCTET_STRING> address{a2i_IPADDRESS(name.c_str())}) {
        GENERAL_NAME_set0_value(entry, GEN_IPADD, address.release());
        return true;
    }
    ASN1_IA5STRING *text = ASN1_IA5STRING_new();
    GENERAL_NAME_set0_value(entry, GEN_DNS, text);
    return text != nullptr && ASN1_STRING_set(text, name.data(), static_cast<int>(name.size())) == 1;
}

bool add_extension(X509 *certificate, int kind, const char *value) {
    X509V3_CTX context{};
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const Owned<X509_EXTENSION> extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool add_names(X509 *certificate, const std::vector<std::string> &names) {
    const Owned<GENERAL_NAMES> all(sk_GENERAL_NAME_new_null());
    for (const std::string &name : names)
        if (!all || !add_name(all.get(), name)) return false;
    return X509_add1_ext_i2d(certificate, NID_subject_alt_name, all.get(), 0, X509V3_ADD_DEFAULT) == 1;
}

// A fresh random serial: browsers refuse another certificate of one issuer with the same.
bool set_serial(X509 *certificate) {
    const Owned<BIGNUM> serial(BN_new());
    return serial && BN_rand(serial.get(), 127, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1 &&
           BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool fill(X509 *certificate, EVP_PKEY *key, const std::vector<std::string> &names, std::chrono::days validity) {
    X509_NAME *subject = X509_get_subject_name(certificate);
    const auto *first = reinterpret_cast<const unsigned char *>(names.front().c_str());
    return X509_set_version(certificate, X509_VERSION_3) == 1 && set_serial(certificate) &&
           X509_gmtime_adj(X509_getm_notBefore(certificate), -24 * 3600) != nullptr &&
           X509_time_adj_ex(X509_getm_notAfter(certificate), static_cast<int>(validity.count()), 0, nullptr) !=
               nullptr &&
           X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, first, -1, -1, 0) == 1 &&
           X509_set_issuer_name(certificate, subject) == 1 && X509_set_pubkey(certificate, key) == 1 &&
           add_names(certificate, names) && add_extension(certificate, NID_basic_constraints, "critical,CA:FALSE") &&
           add_extension(certificate, NID_key_usage, "critical,digitalSignature") &&
           add_extension(certificate, NID_ext_key_usage, "serverAuth") &&
           X509_sign(certificate, key, EVP_sha256()) != 0;
}

std::string text_of(BIO *bio) {
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

} // namespace

Certificate::~Certificate() { http::wipe(key_pem); }

std::expected<Certificate, StartError> load_certificate(const std::string &chain_path, const std::string &key_path) {
    Certificate out;
    auto chain = read_file(chain_path, "TLS certificate");
    if (!chain) return std::unexpected(chain.error());
    auto key = read_file(key_path, "TLS private key");
    if (!key) return std::unexpected(key.error());
    out.chain_pem = std::move(*chain);
    out.key_pem = std::move(*key);
    return out;
}

std::expected<Certificate, StartError> self_signed(const std::vector<std::string> &names, std::chrono::days validity) {
    const Owned<EVP_PKEY> key(EVP_EC_gen("P-256"));
    const Owned<X509> certificate(X509_new());
    const Owned<BIO> chain(BIO_new(BIO_s_mem())), secret(BIO_new(BIO_s_mem()));
    if (names.empty() || !key || !certificate || !chain || !secret ||
        !fill(certificate.get(), key.get(), names, validity) ||
        PEM_write_bio_X509(chain.get(), certificate.get()) != 1 ||
        PEM_write_bio_PrivateKey(secret.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1) {
        ERR_clear_error();
        return std::unexpected(StartError{"OpenSSL cannot make a certificate for these names"});
    }
    Certificate out;
    out.chain_pem = text_of(chain.get());
    out.key_pem = text_of(secret.get());
    return out;
}

} // namespace net
