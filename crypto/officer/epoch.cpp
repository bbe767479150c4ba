#include "crypto/officer/epoch.h"

#include "crypto/primitives/aead.h"
#include "crypto/primitives/hash.h"
#include "crypto/reporter/slot.h"

#include <algorithm>
#include <limits>

namespace crypto {
namespace {

bool commits(const CaseRecord &record, const CaseKey &key) {
    return equal(commitment(key, record.case_id, record.epoch), record.commitment);
}

Bytes older_data(base::CaseId id, Epoch older, Epoch newer) {
    return base::Writer().raw(id.bytes()).u32(older).u32(newer).take();
}

// What the certificate of the next epoch hangs on.
Result<Array<32>> end_of_chain(const CaseRecord &record, View previous) {
    const auto refuse = [] { return base::fail(base::Code::refused, "epoch: not the certificate of this record"); };
    if (record.epoch == 1) return previous.empty() ? Result<Array<32>>(record_digest(record)) : refuse();
    ASSIGN_OR_RETURN(const EpochCertificate last, EpochCertificate::parse(previous));
    if (last.case_id != record.case_id || last.epoch != record.epoch || last.case_key != record.case_key ||
        !equal(last.commitment, record.commitment))
        return refuse();
    return digest(previous);
}

} // namespace

Result<NextEpoch> begin_epoch(const CaseKey &key, const CaseRecord &record, View previous, const OfficerKeys &author,
                              std::span<const SlotPlan> slots) {
    if (!commits(record, key) || record.epoch == std::numeric_limits<Epoch>::max())
        return base::fail(base::Code::refused, "epoch: not the key of this case and epoch, or no epoch left");
    if (std::ranges::any_of(slots, [](const SlotPlan &plan) { return plan.purpose != SlotPurpose::case_key; }))
        return base::fail(base::Code::invalid, "epoch: the identity key has no epochs");
    ASSIGN_OR_RETURN(const Array<32> before, end_of_chain(record, previous));

    NextEpoch out{CaseKey::random(), record, {}, {}, {}};
    out.record.epoch = record.epoch + 1;
    out.record.commitment = commitment(out.key, record.case_id, out.record.epoch);
    out.record.case_key = case_pair(out.key).public_key;
    for (const SlotPlan &plan : slots) {
        ASSIGN_OR_RETURN(SealedSlot slot,
                         seal_slot(plan, record.case_id, out.record.epoch, out.key.reveal(raw_secret)));
        out.slots.push_back(std::move(slot));
    }
    out.older_key = aead_seal(older_key_wrap(out.key), older_data(record.case_id, record.epoch, out.record.epoch),
                              key.reveal(raw_secret));
    out.certificate = {
        record.case_id, out.record.epoch, out.record.case_key, out.record.commitment, author.officer, before, {}};
    out.certificate.signature = sign(author.sign.secret_key, epoch_domain, out.certificate.signed_bytes());
    return out;
}

Result<CaseKey> open_older(const CaseKey &key, const CaseRecord &record, const CaseRecord &older, View sealed) {
    if (record.case_id != older.case_id || record.epoch < 2 || older.epoch != record.epoch - 1 || !commits(record, key))
        return base::fail(base::Code::refused, "older key: not two epochs of one case, or not the key of the newer");
    CaseKey out;
    RETURN_IF_FAILED(aead_open_into(older_key_wrap(key), older_data(older.case_id, older.epoch, record.epoch), sealed,
                                    out.fill(raw_secret)));
    if (!commits(older, out))
        return base::fail(base::Code::refused, "older key: not the one that its epoch commits to");
    return out;
}

} // namespace crypto
