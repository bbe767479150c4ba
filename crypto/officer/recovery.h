// The way back of somebody who lost the passphrase: a code on paper that opens a copy of the secret keys. Using it voids it.
#pragma once

#include "crypto/officer/keyring.h"
#include "crypto/officer/paper_code.h"

namespace crypto {

struct RecoveryKeys {
    SecretKey<struct RecoveryCheckTag> check;       // kdf "scrtreco" 1
    SecretKey<struct RecoveryWrappingTag> wrapping; // kdf "scrtreco" 2
};
RecoveryKeys recovery_keys(const PaperCode &code, base::OfficerId officer); // a fast hash: the code has 130 random bits

// What is stored beside the copy: HASH(pepper, "sucharit/recovery-check/v1" ‖ officer id ‖ check key).
Array<32> recovery_check(const InstanceKeys &keys, base::OfficerId officer, const RecoveryKeys &code);

// As seal_keys() and open_keys(), under the code.
Bytes seal_recovery(const OfficerKeys &keys, const RecoveryKeys &code, std::uint32_t generation);
Result<OfficerKeys> open_recovery(base::OfficerId officer, std::uint32_t generation, const BoxPublicKey &box,
                                  const SignPublicKey &sign, const RecoveryKeys &code, View sealed);

} // namespace crypto
