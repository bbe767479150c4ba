// The plaintext of a slot, always 128 bytes, and its sealing. Opening is the officers' side (crypto/officer).
#pragma once

#include "crypto/primitives/case_keys.h"
#include "crypto/reporter/filing.h"

namespace crypto {

inline constexpr std::size_t slot_plain = 128, slot_sealed = slot_plain + box_overhead;

// version ‖ purpose ‖ case id ‖ epoch ‖ officer id ‖ key ‖ zeros. The caller wipes it.
Bytes slot_plaintext(SlotPurpose purpose, base::CaseId id, Epoch epoch, base::OfficerId officer,
                     std::span<const Byte, 32> key);
// Code::refused for a certificate of somebody else, without the right that the purpose asks, or with degenerate keys.
Result<SealedSlot> seal_slot(const SlotPlan &plan, base::CaseId id, Epoch epoch, std::span<const Byte, 32> key);

// BLAKE2b(key = kdf(K_R, 3), version ‖ case id ‖ epoch ‖ case key ‖ reporter key)
Array<32> record_mac(const ReceiptKeys &keys, const CaseRecord &record);

} // namespace crypto
