// What an officer's side can do: open the slots sealed to them, read the case, write in it, grant it onward.
#pragma once

#include "crypto/officer/keyring.h"
#include "crypto/primitives/case_keys.h"
#include "crypto/reporter/filing.h"

namespace crypto {

// Code::not_found for every failure alike: a decoy, a slot of another case, epoch or officer, damaged bytes, a key that
// does not match the commitment. Whoever may not know sees the same as for a case that does not exist.
Result<CaseKey> open_slot(const OfficerKeys &officer, const CaseRecord &record, View sealed);
// What it costs that a decoy does not open, for a case of which there is no slot: time must not tell the two apart.
void open_no_slot(const OfficerKeys &officer);
Result<IdentityKey> open_identity_slot(const OfficerKeys &officer, const CaseRecord &record, View sealed);

// Seals CK for one more reader, who must be live in the roster. Code::refused without the reading right, and for a key
// that is not the one the record commits to.
Result<SealedSlot> grant_slot(const CaseKey &key, const CaseRecord &record, const CertificateFields &to);
// The same of IK, which has no epochs: `record` is the first, and the custody right is demanded.
Result<SealedSlot> grant_identity_slot(const IdentityKey &key, const CaseRecord &record, const CertificateFields &to);
// A slot for somebody who must not read: nobody can tell it from another.
Result<SealedSlot> decoy_slot(base::OfficerId officer, SlotPurpose purpose);

// All open_*: Code::refused for anything but the untouched object of that kind at that place under that key.
struct OpenedComplaint {
    Bytes json;
    BoxPublicKey reporter_key; // the only place from which officers take it; differs from the row's → Code::refused
};
Result<OpenedComplaint> open_complaint(const CaseKey &key, const CaseRecord &record, const ObjectHeader &header, View sealed);
Result<Bytes> open_identity(const IdentityKey &key, const ObjectHeader &header, View sealed);
// `reporter` from OpenedComplaint, never from the row: only who held the receipt (or CK) sealed what opens.
Result<Bytes> open_follow_up(const CaseKey &key, const BoxPublicKey &reporter, const ObjectHeader &header, View sealed);

// A signed object under CK (kind move): signature inside, over case id, object id, epoch and text,
// domain "sucharit/move/v1". The header's author must be the signer.
Result<SealedObject> seal_move(const CaseKey &key, const OfficerKeys &author, const ObjectHeader &header, View json);
Result<Bytes> open_move(const CaseKey &key, const Roster &roster, const ObjectHeader &header, View sealed);

// Who reads the case from now on, and who no longer does: like a move, domain "sucharit/access/v1".
Result<SealedObject> seal_access(const CaseKey &key, const OfficerKeys &author, const ObjectHeader &header, View json);
Result<Bytes> open_access(const CaseKey &key, const Roster &roster, const ObjectHeader &header, View sealed);

// What the officers call the case: like a move, domain "sucharit/title/v1".
Result<SealedObject> seal_title(const CaseKey &key, const OfficerKeys &author, const ObjectHeader &header, View json);
Result<Bytes> open_title(const CaseKey &key, const Roster &roster, const ObjectHeader &header, View sealed);

// One ciphertext under a message key that is sealed to the reporter and wrapped under CK; signature inside,
// domain "sucharit/reply/v1".
Result<SealedObject> seal_reply(const CaseKey &key, const OfficerKeys &author, const ObjectHeader &header,
                                const BoxPublicKey &reporter, View json);
Result<Bytes> open_reply(const CaseKey &key, const Roster &roster, const ObjectHeader &header, View sealed);

} // namespace crypto
