// SHA-256 (FIPS 180-4) of a file's stored bytes, as they come. Not BLAKE2b as everywhere else: a hundred megabytes are worth
// the processor's own instructions, which OpenSSL uses where there are any.
#pragma once

#include "crypto/base/bytes.h"

#include <memory>

struct evp_md_ctx_st;

namespace crypto {

// Of ciphertext only: what it keeps between two parts is not wiped.
class FileDigest {
public:
    FileDigest();
    void add(base::View bytes);
    base::Array<32> finish(); // once, and nothing after it

    static base::Array<32> of(base::View bytes);

private:
    struct Free {
        void operator()(evp_md_ctx_st *state) const;
    };
    std::unique_ptr<evp_md_ctx_st, Free> state_;
};

} // namespace crypto
