#include "crypto/officer/identity_letter.h"

#include <algorithm>

namespace crypto {
namespace {

constexpr std::string_view letter_domain = "sucharit/identity/v1";
constexpr std::size_t head_size = 1 + 1 + 4 * 16;

Right right_of_author(LetterKind kind) { return kind == LetterKind::request ? Right::reading : Right::custody; }
Right right_of_reader(LetterKind kind) { return kind == LetterKind::request ? Right::custody : Right::reading; }

Bytes head_of(const LetterPlace &place, base::OfficerId to, base::OfficerId from) {
    return base::Writer()
        .u8(format_version)
        .u8(static_cast<std::uint8_t>(place.kind))
        .raw(place.case_id.bytes())
        .raw(place.request.bytes())
        .raw(to.bytes())
        .raw(from.bytes())
        .take();
}

// What is signed: head ‖ text. Sized beforehand: a buffer that grows would leave copies of the text behind.
Bytes signed_bytes(View head, View text) {
    Bytes out(head.size() + text.size());
    std::ranges::copy(head, out.begin());
    std::ranges::copy(text, out.begin() + static_cast<std::ptrdiff_t>(head.size()));
    return out;
}

} // namespace

Result<Bytes> seal_letter(const OfficerKeys &author, const LetterPlace &place, const CertificateFields &to, View text) {
    if (!to.rights.has(right_of_reader(place.kind)))
        return base::fail(base::Code::refused, "letter: the certificate does not make this officer its reader");
    if (text.size() > max_letter_text)
        return base::fail(base::Code::invalid, "letter: too long");
    const Bytes head = head_of(place, to.officer, author.officer);
    const Scratch message(signed_bytes(head, text));
    const Signature signature = sign(author.sign.secret_key, letter_domain, message.view());
    const Bytes length = base::Writer().u32(static_cast<std::uint32_t>(text.size())).take();
    Scratch plain(letter_plain); // zeros behind the text
    auto at = plain.span().begin();
    for (const View part : {View(head), View(signature), View(length), text})
        at = std::ranges::copy(part, at).out;
    return box_seal(to.box, plain.view());
}

Result<Bytes> seal_decoy_letter() { return box_seal(random_box_pair().public_key, Bytes(letter_plain)); }

Result<Letter> open_letter(const OfficerKeys &reader, const Roster &roster, const LetterPlace &place, View sealed) {
    Scratch plain(letter_plain);
    if (!box_seal_open_into(reader.box, sealed, plain.span()))
        return base::fail(base::Code::not_found, "letter: not to this officer");
    base::Reader fields(plain.view());
    const View head = fields.raw(head_size);
    const auto from = base::OfficerId::from(head.last(16));
    const auto signature = fields.array<64>();
    const std::size_t length = fields.u32();
    const View text = fields.raw(length);
    if (!fields.ok() || !std::ranges::all_of(fields.rest(), [](Byte b) { return b == 0; }) ||
        !std::ranges::equal(head, head_of(place, reader.officer, *from)))
        return base::fail(base::Code::refused, "letter: of another place, or altered");
    const Scratch message(signed_bytes(head, text));
    const Rights needed{static_cast<std::uint8_t>(right_of_author(place.kind))};
    if (!roster.signed_by(*from, letter_domain, message.view(), signature, needed))
        return base::fail(base::Code::refused, "letter: not signed by who may write it");
    return Letter{*from, base::copy(text)};
}

} // namespace crypto
