// The outsides that objects of several kinds share, as an officer's side seals and opens them.
#pragma once

#include "crypto/officer/keyring.h"
#include "crypto/primitives/aead.h"
#include "crypto/primitives/case_keys.h"
#include "crypto/reporter/filing.h"
#include "crypto/reporter/signed_text.h"

namespace crypto {

// Code::refused for another kind, and for an author whom that kind does not have. A file has either.
Result<> demand(const ObjectHeader &header, Kind kind);
// The same, and that `author` is the one whom the header names.
Result<> demand_author(const ObjectHeader &header, Kind kind, const OfficerKeys &author);

template <class Key> Result<Bytes> open_padded(const Key &key, const ObjectHeader &header, View sealed) {
    ASSIGN_OR_RETURN(const Scratch padded, aead_open(key, header.associated_data(), sealed));
    auto plain = unpad_text(padded.view());
    if (!plain) return base::fail(base::Code::refused, "object: sealed with wrong padding");
    return plain;
}

// The key that stands in front of what a reporter sends after filing, into `out`; gives back what follows it. Opens
// only for what the receipt's pair sealed (`reporter`: from inside the complaint) to this case's key.
Result<View> open_boxed_key(const CaseKey &key, const BoxPublicKey &reporter, View sealed, std::span<Byte, 32> out);

// signature ‖ text, padded. Signed here and nowhere else.
Result<Bytes> sign_and_pad(const OfficerKeys &author, std::string_view domain, const ObjectHeader &header, View text);

// What officers write for each other: signature inside, the whole under a subkey of CK.
template <class Key>
Result<SealedObject> seal_signed(const Key &key, const OfficerKeys &author, Kind kind, std::string_view domain,
                                 const ObjectHeader &header, View text) {
    RETURN_IF_FAILED(demand_author(header, kind, author));
    ASSIGN_OR_RETURN(const Scratch padded, sign_and_pad(author, domain, header, text));
    return SealedObject{header, aead_seal(key, header.associated_data(), padded.view())};
}

template <class Key>
Result<Bytes> open_signed(const Key &key, const Roster &roster, Kind kind, std::string_view domain,
                          const ObjectHeader &header, View sealed) {
    RETURN_IF_FAILED(demand(header, kind));
    ASSIGN_OR_RETURN(const Scratch padded, aead_open(key, header.associated_data(), sealed));
    return verified_text(roster, domain, header, padded.view());
}

} // namespace crypto
