#include "crypto/reporter/filing.h"

#include "crypto/primitives/hash.h"
#include "crypto/reporter/reply.h"
#include "crypto/reporter/reporters_object.h"
#include "crypto/reporter/signed_text.h"
#include "crypto/reporter/slot.h"

#include <algorithm>

namespace crypto {
namespace {

template <class Key>
Result<SealedObject> of_filing(const Key &key, Kind kind, const CaseRecord &record, View plain) {
    const ObjectHeader header = by_reporter(kind, record, base::ObjectId::random());
    ASSIGN_OR_RETURN(Bytes sealed, seal_text(key, header, plain));
    return SealedObject{header, std::move(sealed)};
}

} // namespace

Result<SealedFiling> seal_filing(const ReceiptKeys &keys, View complaint_json, View identity_json,
                                 std::span<const SlotPlan> slots) {
    const CaseKey case_key = CaseKey::random();
    const IdentityKey identity_key = IdentityKey::random();
    SealedFiling out;
    CaseRecord &record = out.record;
    record.case_id = base::CaseId::random();
    record.commitment = commitment(case_key, record.case_id, record.epoch);
    record.identity_commitment = commitment(identity_key, record.case_id, record.epoch);
    record.case_key = case_pair(case_key).public_key;
    record.reporter_key = keys.pair.public_key;
    record.record_mac = record_mac(keys, record);

    // The reporter's key stands inside the complaint too: that copy is the one that officers reply to.
    Scratch plain(record.reporter_key.bytes.size() + complaint_json.size());
    std::ranges::copy(record.reporter_key.bytes, plain.span().begin());
    std::ranges::copy(complaint_json, plain.span().begin() + static_cast<std::ptrdiff_t>(record.reporter_key.bytes.size()));
    ASSIGN_OR_RETURN(out.complaint, of_filing(body_key(case_key), Kind::complaint, record, plain.view()));
    ASSIGN_OR_RETURN(out.identity, of_filing(identity_body_key(identity_key), Kind::identity, record, identity_json));
    for (const SlotPlan &plan : slots) {
        const auto key =
            plan.purpose == SlotPurpose::case_key ? case_key.reveal(raw_secret) : identity_key.reveal(raw_secret);
        ASSIGN_OR_RETURN(SealedSlot slot, seal_slot(plan, record.case_id, record.epoch, key));
        out.slots.push_back(std::move(slot));
    }
    return out;
}

Result<> verify_record(const ReceiptKeys &keys, const CaseRecord &record) {
    if (record.reporter_key != keys.pair.public_key || !is_safe(record.case_key) ||
        !equal(record.record_mac, record_mac(keys, record)))
        return base::fail(base::Code::refused, "record: not as the holder of this receipt wrote it");
    return {};
}

Result<SealedObject> seal_follow_up(const ReceiptKeys &keys, const CaseRecord &record, base::ObjectId object_id, View json) {
    const ObjectHeader header = by_reporter(Kind::follow_up, record, object_id);
    const MessageKey key = MessageKey::random();
    ASSIGN_OR_RETURN(const Bytes boxed, box_for_case(keys, record, key.reveal(raw_secret)));
    ASSIGN_OR_RETURN(const Bytes body, seal_text(key, header, json));
    return SealedObject{header, base::Writer().raw(boxed).raw(body).take()};
}

Result<Bytes> open_reply_as_reporter(const ReceiptKeys &keys, const Roster &roster, const ObjectHeader &header,
                                     View sealed) {
    if (header.kind != Kind::reply)
        return base::fail(base::Code::refused, "reply: another kind of object");
    ASSIGN_OR_RETURN(const ReplyParts parts, split_reply(sealed));
    MessageKey key;
    RETURN_IF_FAILED(box_seal_open_into(keys.pair, parts.boxed, key.fill(raw_secret)));
    ASSIGN_OR_RETURN(const Scratch padded, open_reply_body(key, parts, header));
    return verified_text(roster, reply_domain, header, padded.view());
}

} // namespace crypto
