#include "crypto/primitives/file_digest.h"

#include "crypto/base/result.h"

#include <new>
#include <openssl/evp.h>

namespace crypto {
namespace {

void demand(int done) {
    if (done != 1) base::broken("SHA-256: OpenSSL does not do it");
}

} // namespace

void FileDigest::Free::operator()(evp_md_ctx_st *state) const { EVP_MD_CTX_free(state); }

FileDigest::FileDigest() : state_(EVP_MD_CTX_new()) {
    if (!state_) throw std::bad_alloc();
    demand(EVP_DigestInit_ex(state_.get(), EVP_sha256(), nullptr));
}

void FileDigest::add(base::View bytes) { demand(EVP_DigestUpdate(state_.get(), bytes.data(), bytes.size())); }

base::Array<32> FileDigest::finish() {
    base::Array<32> out;
    demand(EVP_DigestFinal_ex(state_.get(), out.data(), nullptr));
    return out;
}

base::Array<32> FileDigest::of(base::View bytes) {
    FileDigest digest;
    digest.add(bytes);
    return digest.finish();
}

} // namespace crypto
