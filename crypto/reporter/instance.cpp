#include "crypto/reporter/instance.h"

#include "crypto/primitives/aead.h"
#include "crypto/primitives/kdf.h"

namespace crypto {

InstanceKeys InstanceKeys::derive(base::InstanceId instance, const InstanceKey &key) {
    const auto make = [&key]<class Key>(std::uint64_t number, Key *) { return subkey<Key>(key, kdf_instance, number); };
    InstanceKeys out;
    out.instance = instance;
    out.database_wrap = make(1, &out.database_wrap);
    out.pepper = make(2, &out.pepper);
    out.audit = make(3, &out.audit);
    out.once_mac = make(4, &out.once_mac);
    out.receipt_source = make(5, &out.receipt_source);
    out.token = make(6, &out.token);
    out.known_browser = make(7, &out.known_browser);
    out.mail = make(8, &out.mail);
    return out;
}

Bytes wrap_database_key(const InstanceKeys &keys, const DatabaseKey &key) {
    return aead_seal(keys.database_wrap, keys.instance.bytes(), key.reveal(raw_secret));
}

Result<DatabaseKey> unwrap_database_key(const InstanceKeys &keys, View wrapped) {
    DatabaseKey out;
    RETURN_IF_FAILED(aead_open_into(keys.database_wrap, keys.instance.bytes(), wrapped, out.fill(raw_secret)));
    return out;
}

} // namespace crypto
