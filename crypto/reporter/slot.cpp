#include "crypto/reporter/slot.h"

#include "crypto/primitives/hash.h"

#include <algorithm>

namespace crypto {

Bytes slot_plaintext(SlotPurpose purpose, base::CaseId id, Epoch epoch, base::OfficerId officer,
                     std::span<const Byte, 32> key) {
    const Bytes front = base::Writer()
                            .u8(format_version)
                            .u8(static_cast<std::uint8_t>(purpose))
                            .raw(id.bytes())
                            .u32(epoch)
                            .raw(officer.bytes())
                            .take();
    Bytes out(slot_plain);
    std::ranges::copy(front, out.begin());
    std::ranges::copy(key, out.begin() + static_cast<std::ptrdiff_t>(front.size()));
    return out;
}

Result<SealedSlot> seal_slot(const SlotPlan &plan, base::CaseId id, Epoch epoch, std::span<const Byte, 32> key) {
    if (!plan.certificate) {
        // Random bytes to a key that nobody keeps: by length and by sight like any other slot.
        Secret<64, struct DecoyTag> first = Secret<64, DecoyTag>::random(), second = Secret<64, DecoyTag>::random();
        Scratch plain(slot_plain);
        std::ranges::copy(first.reveal(raw_secret), plain.span().begin());
        std::ranges::copy(second.reveal(raw_secret), plain.span().begin() + 64);
        ASSIGN_OR_RETURN(Bytes sealed, box_seal(random_box_pair().public_key, plain.view()));
        return SealedSlot{plan.officer, plan.purpose, std::move(sealed)};
    }
    const Right needed = plan.purpose == SlotPurpose::case_key ? Right::reading : Right::custody;
    if (plan.certificate->officer != plan.officer || !plan.certificate->rights.has(needed))
        return base::fail(base::Code::refused, "slot: the certificate does not make this officer a reader");
    const Scratch plain(slot_plaintext(plan.purpose, id, epoch, plan.officer, key));
    ASSIGN_OR_RETURN(Bytes sealed, box_seal(plan.certificate->box, plain.view()));
    return SealedSlot{plan.officer, plan.purpose, std::move(sealed)};
}

Array<32> record_mac(const ReceiptKeys &keys, const CaseRecord &record) {
    const Bytes fields = base::Writer()
                             .u8(format_version)
                             .raw(record.case_id.bytes())
                             .u32(record.epoch)
                             .raw(record.case_key.bytes)
                             .raw(record.reporter_key.bytes)
                             .take();
    return keyed_hash(keys.record, {fields});
}

} // namespace crypto
