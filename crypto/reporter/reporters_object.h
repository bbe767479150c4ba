// The outside of what a reporter sends after filing: sealed to the case key, from the receipt's own pair.
#pragma once

#include "crypto/primitives/aead.h"
#include "crypto/reporter/filing.h"

namespace crypto {

ObjectHeader by_reporter(Kind kind, const CaseRecord &record, base::ObjectId object);

template <class Key> Result<Bytes> seal_text(const Key &key, const ObjectHeader &header, View plain) {
    ASSIGN_OR_RETURN(const Scratch padded, pad_text(header.kind, plain));
    return aead_seal(key, header.associated_data(), padded.view());
}

// BOX(case key, BOXFROM(receipt's pair, case key, key)): the inner box has one key for both its ends, and alone it
// would open for a receipt taken by force.
Result<Bytes> box_for_case(const ReceiptKeys &keys, const CaseRecord &record, std::span<const Byte, 32> key);
inline constexpr std::size_t boxed_for_case = 32 + box_from_overhead + box_overhead;

} // namespace crypto
