// What hangs on a case key and on an identity key: the subkeys, and the commitment that stands in the row. Needed by those
// who seal (reporter) and by those who open (officer); opens nothing itself.
#pragma once

#include "crypto/primitives/box.h"
#include "crypto/primitives/file.h"

namespace crypto {

using CaseKey = SecretKey<struct CaseKeyTag>;
using IdentityKey = SecretKey<struct IdentityKeyTag>;
using BodyKey = SecretKey<struct BodyKeyTag>;
using CommitmentKey = SecretKey<struct CommitmentKeyTag>;
using MoveKey = SecretKey<struct MoveKeyTag>;
using ReplyWrapKey = SecretKey<struct ReplyWrapKeyTag>;
using OlderKeyWrap = SecretKey<struct OlderKeyWrapTag>;
using AccessKey = SecretKey<struct AccessKeyTag>;
using TitleKey = SecretKey<struct TitleKeyTag>;
using FileDescriptionKey = SecretKey<struct FileDescriptionTag>;
using PrintKey = SecretKey<struct PrintKeyTag>;
using IdentityBodyKey = SecretKey<struct IdentityBodyKeyTag>;

inline BodyKey body_key(const CaseKey &key) { return subkey<BodyKey>(key, kdf_case, 1); }
inline BoxPair case_pair(const CaseKey &key) { return box_pair_from(subkey<BoxSeed>(key, kdf_case, 3)); }
inline MoveKey move_key(const CaseKey &key) { return subkey<MoveKey>(key, kdf_case, 4); }
inline ReplyWrapKey reply_wrap_key(const CaseKey &key) { return subkey<ReplyWrapKey>(key, kdf_case, 5); }
inline OlderKeyWrap older_key_wrap(const CaseKey &key) { return subkey<OlderKeyWrap>(key, kdf_case, 6); }
inline AccessKey access_key(const CaseKey &key) { return subkey<AccessKey>(key, kdf_case, 7); }
inline FileDescriptionKey file_description_key(const CaseKey &key) { return subkey<FileDescriptionKey>(key, kdf_case, 8); }
inline UploadKey upload_key(const CaseKey &key) { return subkey<UploadKey>(key, kdf_case, 9); }
inline PrintKey print_key(const CaseKey &key) { return subkey<PrintKey>(key, kdf_case, 10); }
inline TitleKey title_key(const CaseKey &key) { return subkey<TitleKey>(key, kdf_case, 11); }
inline IdentityBodyKey identity_body_key(const IdentityKey &key) {
    return subkey<IdentityBodyKey>(key, kdf_identity, 1);
}

// BLAKE2b(key = subkey 2, case id ‖ epoch): nobody can be given another key than the rest.
Array<32> commitment(const CaseKey &key, base::CaseId id, Epoch epoch);
Array<32> commitment(const IdentityKey &key, base::CaseId id, Epoch epoch);

// Which paper a copy is, for those who can open the case: stands in the log beside the copy's id.
Array<32> print_mark(const CaseKey &key, base::ObjectId copy, Byte kind);

// One message under a fresh key, for follow-ups and replies.
using MessageKey = SecretKey<struct MessageKeyTag>;

} // namespace crypto
