#include "crypto/reporter/signed_text.h"

namespace crypto {

Bytes signed_message(const ObjectHeader &header, View text) {
    // Sized beforehand: a buffer that grows would leave copies of the text behind.
    constexpr std::size_t place = 16 + 16 + 4;
    const Bytes bound = base::Writer().raw(header.case_id.bytes()).raw(header.object_id.bytes()).u32(header.epoch).take();
    Bytes out(place + text.size());
    std::memcpy(out.data(), bound.data(), place);
    if (!text.empty())
        std::memcpy(out.data() + place, text.data(), text.size());
    return out;
}

Result<Bytes> verified_text(const Roster &roster, std::string_view domain, const ObjectHeader &header,
                            View padded) {
    Signature signature;
    auto unpadded = unpad_text(padded);
    if (!unpadded || unpadded->size() < signature.size())
        return base::fail(base::Code::refused, "an officer's text without a signature");
    const Scratch inside(std::move(*unpadded));
    std::memcpy(signature.data(), inside.view().data(), signature.size());
    const View text = inside.view().subspan(signature.size());
    const Scratch message(signed_message(header, text));
    if (!roster.signed_by(header.author, domain, message.view(), signature))
        return base::fail(base::Code::refused, "an officer's text that its author did not sign for this place");
    return base::copy(text);
}

} // namespace crypto
