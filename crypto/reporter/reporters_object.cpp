#include "crypto/reporter/reporters_object.h"

namespace crypto {

ObjectHeader by_reporter(Kind kind, const CaseRecord &record, base::ObjectId object) {
    return {.kind = kind, .case_id = record.case_id, .object_id = object, .epoch = record.epoch, .author = {}};
}

Result<Bytes> box_for_case(const ReceiptKeys &keys, const CaseRecord &record, std::span<const Byte, 32> key) {
    ASSIGN_OR_RETURN(const Bytes known, box_to(record.case_key, keys.pair, key));
    return box_seal(record.case_key, known);
}

} // namespace crypto
