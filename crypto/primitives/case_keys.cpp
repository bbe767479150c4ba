#include "crypto/primitives/case_keys.h"

#include "crypto/primitives/hash.h"

namespace crypto {
namespace {

Array<32> commit(const CommitmentKey &key, base::CaseId id, Epoch epoch) {
    const Bytes number = base::Writer().u32(epoch).take();
    return keyed_hash(key, {id.bytes(), number});
}

} // namespace

Array<32> commitment(const CaseKey &key, base::CaseId id, Epoch epoch) {
    return commit(subkey<CommitmentKey>(key, kdf_case, 2), id, epoch);
}

Array<32> commitment(const IdentityKey &key, base::CaseId id, Epoch epoch) {
    return commit(subkey<CommitmentKey>(key, kdf_identity, 2), id, epoch);
}

Array<32> print_mark(const CaseKey &key, base::ObjectId copy, Byte kind) {
    return keyed_hash(print_key(key), {copy.bytes(), View(&kind, 1)});
}

} // namespace crypto
