#include "crypto/officer/key_bundle.h"

#include <sodium.h>

#include <algorithm>

namespace crypto {

KeyBundle bundle(const OfficerKeys &keys) {
    KeyBundle out;
    const auto bytes = out.fill(raw_secret);
    std::ranges::copy(keys.box.secret_key.reveal(raw_secret), bytes.begin());
    crypto_sign_ed25519_sk_to_seed(bytes.data() + 32, keys.sign.secret_key.reveal(raw_secret).data());
    return out;
}

OfficerKeys unbundle(base::OfficerId officer, const KeyBundle &bundle) {
    const auto bytes = bundle.reveal(raw_secret);
    OfficerKeys out;
    out.officer = officer;
    std::ranges::copy(bytes.first(32), out.box.secret_key.fill(raw_secret).begin());
    out.box.public_key = public_half(out.box.secret_key);
    crypto_sign_seed_keypair(out.sign.public_key.bytes.data(), out.sign.secret_key.fill(raw_secret).data(),
                             bytes.data() + 32);
    return out;
}

Bytes key_place(base::OfficerId officer, KeyPurpose purpose, std::uint32_t generation, const BoxPublicKey &box,
                const SignPublicKey &sign) {
    constexpr std::uint8_t version = 1;
    return base::Writer()
        .u8(version)
        .raw(officer.bytes())
        .u8(static_cast<std::uint8_t>(purpose))
        .u32(generation)
        .raw(box.bytes)
        .raw(sign.bytes)
        .take();
}

Result<OfficerKeys> unbundle_as(base::OfficerId officer, const KeyBundle &bundle, const BoxPublicKey &box, const SignPublicKey &sign) {
    OfficerKeys out = unbundle(officer, bundle);
    if (out.box.public_key != box || out.sign.public_key != sign)
        return base::fail(base::Code::refused, "officer keys: the public keys are not theirs");
    return out;
}

} // namespace crypto
