#include "crypto/officer/sealed_object.h"

#include "crypto/reporter/reporters_object.h"

#include <algorithm>

namespace crypto {

Result<> demand(const ObjectHeader &header, Kind kind) {
    const bool reporters = kind == Kind::complaint || kind == Kind::identity || kind == Kind::follow_up;
    if (header.kind != kind || (kind != Kind::file && header.author.is_zero() != reporters))
        return base::fail(base::Code::refused, "object: another kind, or an author that its kind does not have");
    return {};
}

Result<> demand_author(const ObjectHeader &header, Kind kind, const OfficerKeys &author) {
    RETURN_IF_FAILED(demand(header, kind));
    if (header.author != author.officer)
        return base::fail(base::Code::refused, "object: signed by somebody other than its author");
    return {};
}

Result<View> open_boxed_key(const CaseKey &key, const BoxPublicKey &reporter, View sealed, std::span<Byte, 32> out) {
    if (sealed.size() < boxed_for_case)
        return base::fail(base::Code::refused, "object: shorter than its key");
    const BoxPair pair = case_pair(key);
    ASSIGN_OR_RETURN(const Bytes known, box_seal_open(pair, sealed.first(boxed_for_case)));
    RETURN_IF_FAILED(box_from_into(reporter, pair, known, out));
    return sealed.subspan(boxed_for_case);
}

Result<Bytes> sign_and_pad(const OfficerKeys &author, std::string_view domain, const ObjectHeader &header, View text) {
    const Scratch message(signed_message(header, text));
    const Signature signature = sign(author.sign.secret_key, domain, message.view());
    Scratch inside(signature.size() + text.size());
    std::ranges::copy(signature, inside.span().begin());
    std::ranges::copy(text, inside.span().begin() + static_cast<std::ptrdiff_t>(signature.size()));
    return pad_text(header.kind, inside.view());
}

} // namespace crypto
