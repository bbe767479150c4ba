#include "crypto/reporter/reply.h"

#include "crypto/primitives/hash.h"

namespace crypto {

Result<ReplyParts> split_reply(View sealed) {
    base::Reader reader(sealed);
    ReplyParts out;
    out.boxed = reader.raw(boxed_key);
    out.wrapped = reader.raw(wrapped_key);
    out.commitment = reader.raw(32);
    if (!reader.ok())
        return base::fail(base::Code::refused, "reply: shorter than its keys");
    out.body = reader.rest();
    return out;
}

Array<32> message_commitment(const MessageKey &key, const ObjectHeader &header) {
    return keyed_hash(key, {header.associated_data()});
}

Result<Bytes> open_reply_body(const MessageKey &key, const ReplyParts &parts, const ObjectHeader &header) {
    const Array<32> expected = message_commitment(key, header);
    if (!detail::equal(expected.data(), parts.commitment.data(), expected.size()))
        return base::fail(base::Code::refused, "reply: a key other than the committed one");
    return aead_open(key, header.associated_data(), parts.body);
}

} // namespace crypto
