// What a request puts aside while it is not known yet what becomes of it. Its key stands in this object only, so that
// nobody else, not even a later request, opens what was put aside.
#pragma once

#include "crypto/primitives/aead.h"

namespace crypto {

using SpoolKey = SecretKey<struct SpoolKeyTag>;

class Spool {
public:
    Bytes seal(std::uint64_t number, View plain) const;
    // The caller wipes it. Code::refused: not what was sealed under that number.
    Result<Bytes> open(std::uint64_t number, View sealed) const;

private:
    SpoolKey key_ = SpoolKey::random();
};

} // namespace crypto
