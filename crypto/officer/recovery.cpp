#include "crypto/officer/recovery.h"

#include "crypto/officer/key_bundle.h"
#include "crypto/primitives/aead.h"
#include "crypto/primitives/kdf.h"

namespace crypto {
RecoveryKeys recovery_keys(const PaperCode &code, base::OfficerId officer) {
    SecretKey<struct RecoveryRootTag> root;
    detail::blake2b(root.fill(raw_secret), {}, {base::view("sucharit/recovery/v1"), officer.bytes(), code.ascii().reveal(raw_secret)});
    return {subkey<SecretKey<RecoveryCheckTag>>(root, kdf_recovery, 1), subkey<SecretKey<RecoveryWrappingTag>>(root, kdf_recovery, 2)};
}

Array<32> recovery_check(const InstanceKeys &keys, base::OfficerId officer, const RecoveryKeys &code) {
    return keyed_hash(keys.pepper, {base::view("sucharit/recovery-check/v1"), officer.bytes(), code.check.reveal(raw_secret)});
}

Bytes seal_recovery(const OfficerKeys &keys, const RecoveryKeys &code, std::uint32_t generation) {
    const Bytes place = key_place(keys.officer, KeyPurpose::recovery, generation, keys.box.public_key, keys.sign.public_key);
    return aead_seal(code.wrapping, place, bundle(keys).reveal(raw_secret));
}

Result<OfficerKeys> open_recovery(base::OfficerId officer, std::uint32_t generation, const BoxPublicKey &box,
                                  const SignPublicKey &sign, const RecoveryKeys &code, View sealed) {
    KeyBundle opened;
    RETURN_IF_FAILED(aead_open_into(code.wrapping, key_place(officer, KeyPurpose::recovery, generation, box, sign), sealed,
                                    opened.fill(raw_secret)));
    return unbundle_as(officer, opened, box, sign);
}

} // namespace crypto
