#include "crypto/officer/case_index.h"

#include "crypto/primitives/aead.h"
#include "crypto/primitives/kdf.h"

#include <algorithm>

namespace crypto {
namespace {

Bytes place(const IndexPart &part) {
    return base::Writer()
        .raw(base::view("sucharit/index/v1"))
        .raw(part.instance.bytes())
        .raw(part.officer.bytes())
        .u32(part.number)
        .take();
}

} // namespace

IndexKey index_key(const OfficerKeys &keys) { return subkey<IndexKey>(keys.box.secret_key, kdf_officer, 1); }

Bytes seal_index(const IndexKey &key, const IndexPart &part, View plain) { return aead_seal(key, place(part), plain); }

Result<Bytes> open_index(const IndexKey &key, const IndexPart &part, View sealed) {
    return aead_open(key, place(part), sealed);
}

IndexTag index_tag(View sealed) {
    IndexTag out{};
    if (sealed.size() >= aead_overhead)
        std::ranges::copy(sealed.last(out.size()), out.begin());
    return out;
}

} // namespace crypto
