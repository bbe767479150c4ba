// New keys for oneself: the old ones vouch for them, open the old slots once more, and go.
#pragma once

#include "crypto/officer/keyring.h"
#include "crypto/reporter/slot.h"

namespace crypto {

// The certificate of `fresh`, signed with the keys of `present` (rule 4 in FORMAT.md): the same officer, name, rights and last
// day, from `today` on, and before `present` where both begin on one day. Code::refused when `old` is not of that certificate or
// it does not cover the day. Roots cannot rotate: Roster refuses what they sign here.
Result<Bytes> rotate_certificate(const OfficerKeys &old, const CertificateFields &present, const OfficerKeys &fresh, base::Day today);

// The old secret keys, kept until every slot is sealed anew: BOXFROM the new pair to itself, so that whoever holds the new keys,
// however they came by them (passphrase, recovery code), goes on, and nobody else can put other keys there.
Result<Bytes> seal_former(const OfficerKeys &now, const OfficerKeys &former, std::uint32_t generation);
Result<OfficerKeys> open_former(const OfficerKeys &now, std::uint32_t generation, const BoxPublicKey &box, const SignPublicKey &sign,
                                View sealed);

// The same slot for the new key. Code::not_found when it does not open with `former` as a slot of this place.
Result<Bytes> reseal_slot(const OfficerKeys &former, const BoxPublicKey &now, SlotPurpose purpose, base::CaseId id, Epoch epoch,
                          View sealed);

} // namespace crypto
