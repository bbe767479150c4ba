#include "crypto/reporter/spool.h"

#include "crypto/base/bytes.h"

namespace crypto {
namespace {

Bytes place(std::uint64_t number) { return base::Writer().u64(number).take(); }

} // namespace

Bytes Spool::seal(std::uint64_t number, View plain) const { return aead_seal(key_, place(number), plain); }

Result<Bytes> Spool::open(std::uint64_t number, View sealed) const { return aead_open(key_, place(number), sealed); }

} // namespace crypto
