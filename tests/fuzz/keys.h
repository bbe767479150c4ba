// Keys that are the same at every run, so that an input means the same at every run.
#pragma once

#include "crypto/officer/keyring.h"
#include "crypto/primitives/aead.h"

namespace fuzz {

using base::Byte;

template <class Key> Key fixed_key(Byte number) {
    base::Array<32> bytes;
    bytes.fill(number);
    return Key::from(crypto::raw_secret, bytes);
}

inline crypto::BoxPair fixed_box_pair(Byte number) { return crypto::box_pair_from(fixed_key<crypto::BoxSeed>(number)); }

inline base::OfficerId officer_id(Byte number) {
    base::Array<16> bytes;
    bytes.fill(number);
    return base::OfficerId(bytes);
}

// By way of a session's sealed keys (crypto/FORMAT.md), the one door through which chosen secret keys come in.
// `variant`: other keys of the same officer.
inline crypto::OfficerKeys fixed_officer(Byte number, Byte variant = 0) {
    const crypto::SessionCookie cookie{{}, fixed_key<crypto::SessionKey>(1)};
    const base::OfficerId id = officer_id(number);
    base::Array<64> secrets;
    secrets.fill(static_cast<Byte>(number + 64 * variant));
    const base::Bytes associated =
        base::Writer().u8(1).raw(id.bytes()).u8(2).raw(crypto::session_id_hash(cookie.id)).take();
    return *crypto::open_session_keys(cookie, id, crypto::aead_seal(cookie.key, associated, secrets));
}

} // namespace fuzz
