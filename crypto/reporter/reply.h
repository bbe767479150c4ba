// The bytes of an officer's reply: one ciphertext under a message key that is sealed to the reporter and wrapped under
// the case key. The commitment shows both readers that they hold the same key, so that both read the same text.
#pragma once

#include "crypto/primitives/aead.h"
#include "crypto/primitives/box.h"
#include "crypto/primitives/case_keys.h"
#include "crypto/primitives/object.h"

namespace crypto {

struct ReplyParts {
    View boxed;      // 80: MK sealed to the reporter's public key
    View wrapped;    // 72: MK under the reply wrap key of CK
    View commitment; // 32: BLAKE2b(key = MK, associated data)
    View body;       // signature ‖ text, padded, under MK
};

inline constexpr std::size_t boxed_key = 32 + box_overhead, wrapped_key = 32 + aead_overhead;

Result<ReplyParts> split_reply(View sealed); // Code::refused when too short
Array<32> message_commitment(const MessageKey &key, const ObjectHeader &header);

// signature ‖ text, still padded. Code::refused unless the key is the committed one.
Result<Bytes> open_reply_body(const MessageKey &key, const ReplyParts &parts, const ObjectHeader &header);

} // namespace crypto
