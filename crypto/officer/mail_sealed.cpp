#include "crypto/officer/mail_sealed.h"

#include "crypto/primitives/aead.h"

#include <algorithm>

namespace crypto {
namespace {

Bytes of_address(const InstanceKeys &keys, base::OfficerId officer) {
    return base::Writer()
        .raw(base::view("sucharit/mail-address/v1"))
        .raw(keys.instance.bytes())
        .raw(officer.bytes())
        .take();
}

Bytes of_document(const InstanceKeys &keys) {
    return base::Writer().raw(base::view("sucharit/mail/v1")).raw(keys.instance.bytes()).take();
}

Bytes seal(const InstanceKeys &keys, View associated, std::string_view text, std::size_t size) {
    if (text.size() + 2 > size - aead_overhead) base::broken("a text for the mail does not fit its place");
    Bytes padded = base::Writer().text16(text).take();
    padded.resize(size - aead_overhead);
    const Scratch plain(std::move(padded));
    return aead_seal(keys.mail, associated, plain.view());
}

Result<std::string> open(const InstanceKeys &keys, View associated, View sealed, std::size_t size) {
    if (sealed.size() != size) return base::fail(base::Code::refused, "mail: not of its length");
    ASSIGN_OR_RETURN(Bytes opened, aead_open(keys.mail, associated, sealed));
    const Scratch plain(std::move(opened));
    base::Reader reader(plain.view());
    std::string text(reader.text16());
    if (!reader.ok() || std::ranges::any_of(reader.rest(), [](Byte byte) { return byte != 0; }))
        return base::fail(base::Code::refused, "mail: not of its form");
    return text;
}

} // namespace

Bytes seal_mail_address(const InstanceKeys &keys, base::OfficerId officer, std::string_view address) {
    return seal(keys, of_address(keys, officer), address, sealed_mail_address_size);
}

Result<std::string> open_mail_address(const InstanceKeys &keys, base::OfficerId officer, View sealed) {
    return open(keys, of_address(keys, officer), sealed, sealed_mail_address_size);
}

Bytes seal_mail_document(const InstanceKeys &keys, std::string_view json) {
    return seal(keys, of_document(keys), json, sealed_mail_document_size);
}

Result<std::string> open_mail_document(const InstanceKeys &keys, View sealed) {
    return open(keys, of_document(keys), sealed, sealed_mail_document_size);
}

} // namespace crypto
