// What the running server holds: keys derived from the instance key. None of them opens a complaint.
#pragma once

#include "crypto/base/ids.h"
#include "crypto/primitives/secret.h"

namespace crypto {

using InstanceKey = SecretKey<struct InstanceKeyTag>;
using DatabaseKey = SecretKey<struct DatabaseKeyTag>;

// crypto_kdf, context "scrtinst", numbers as registered in FORMAT.md.
struct InstanceKeys {
    base::InstanceId instance;
    SecretKey<struct DatabaseWrapTag> database_wrap; // wraps the random database key, so that it can be rotated
    SecretKey<struct PepperTag> pepper;              // lookup tags, stored authentication hashes
    SecretKey<struct AuditKeyTag> audit;             // chain hashes and the auditor's pseudonyms
    SecretKey<struct OnceMacTag> once_mac;           // MAC of the form's one-time token
    SecretKey<struct ReceiptSourceTag> receipt_source; // once → receipt
    SecretKey<struct TokenKeyTag> token;             // CSRF tokens
    SecretKey<struct KnownBrowserTag> known_browser; // tokens of browsers in which an officer has signed in
    SecretKey<struct MailKeyTag> mail;               // what the server must know to send mail: its server's password, officers' addresses
    static InstanceKeys derive(base::InstanceId instance, const InstanceKey &key);
};

// XChaCha20-Poly1305 under database_wrap, associated data = instance id.
Bytes wrap_database_key(const InstanceKeys &keys, const DatabaseKey &key);
Result<DatabaseKey> unwrap_database_key(const InstanceKeys &keys, View wrapped);

} // namespace crypto
