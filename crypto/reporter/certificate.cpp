#include "crypto/reporter/certificate.h"

#include "crypto/primitives/hash.h"

namespace crypto {
namespace {

constexpr std::uint8_t version = 1;
constexpr std::uint8_t all_rights = 7;

std::uint32_t number(base::Day day) { return static_cast<std::uint32_t>(day.number); }
base::Day day(std::uint32_t number) { return base::Day{static_cast<std::int32_t>(number)}; }

// The length of the well-formed UTF-8 character at the front (Unicode, table 3-7) that is no control character, or 0.
std::size_t character(std::string_view text) {
    const auto at = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
    const auto tail = [&](std::size_t i) { return at(i) >= 0x80 && at(i) <= 0xbf; };
    const unsigned first = at(0), second = at(1);
    if (first < 0x80)
        return first >= 0x20 && first != 0x7f ? 1 : 0;
    if (first >= 0xc2 && first <= 0xdf)
        return tail(1) && !(first == 0xc2 && second < 0xa0) ? 2 : 0;
    if (first >= 0xe0 && first <= 0xef) {
        const bool shortest = first != 0xe0 || second >= 0xa0, no_surrogate = first != 0xed || second <= 0x9f;
        return tail(1) && tail(2) && shortest && no_surrogate ? 3 : 0;
    }
    if (first >= 0xf0 && first <= 0xf4) {
        const bool in_range = (first != 0xf0 || second >= 0x90) && (first != 0xf4 || second <= 0x8f);
        return tail(1) && tail(2) && tail(3) && in_range ? 4 : 0;
    }
    return 0;
}

} // namespace

bool is_display_name(std::string_view name) {
    if (name.empty() || name.size() > max_display_name)
        return false;
    while (!name.empty()) {
        const std::size_t size = character(name);
        if (size == 0)
            return false;
        name.remove_prefix(size);
    }
    return true;
}

Bytes CertificateFields::encode() const {
    return base::Writer()
        .u8(version)
        .raw(instance.bytes())
        .raw(serial.bytes())
        .raw(officer.bytes())
        .raw(box.bytes)
        .raw(sign.bytes)
        .u8(rights.bits)
        .u32(number(not_before))
        .u32(number(not_after))
        .raw(issuer.bytes())
        .text16(display_name)
        .take();
}

Result<CertificateFields> CertificateFields::decode(View bytes) {
    base::Reader reader(bytes);
    CertificateFields out;
    const bool known_version = reader.u8() == version;
    out.instance = base::InstanceId(reader.array<16>());
    out.serial = base::CertificateSerial(reader.array<16>());
    out.officer = base::OfficerId(reader.array<16>());
    out.box.bytes = reader.array<32>();
    out.sign.bytes = reader.array<32>();
    out.rights.bits = reader.u8();
    out.not_before = day(reader.u32());
    out.not_after = day(reader.u32());
    out.issuer = base::OfficerId(reader.array<16>());
    out.display_name = reader.text16();
    if (!known_version || !reader.finished() || out.officer.is_zero() || out.issuer.is_zero() ||
        (out.rights.bits & ~all_rights) != 0 || out.not_before > out.not_after || !is_display_name(out.display_name))
        return base::fail(base::Code::invalid, "certificate: not of its format");
    return out;
}

Bytes stored_certificate(const CertificateFields &fields, const Signature &signature) {
    return base::Writer().raw(fields.encode()).raw(signature).take();
}

Result<StoredCertificate> StoredCertificate::parse(View stored) {
    StoredCertificate out;
    if (stored.size() < out.signature.size())
        return base::fail(base::Code::invalid, "certificate: shorter than its signature");
    ASSIGN_OR_RETURN(out.fields, CertificateFields::decode(stored.first(stored.size() - out.signature.size())));
    std::memcpy(out.signature.data(), stored.last(out.signature.size()).data(), out.signature.size());
    return out;
}

Bytes SignedRevocation::encode(base::InstanceId instance) const {
    return base::Writer().raw(instance.bytes()).raw(serial.bytes()).u32(number(day)).raw(issuer.bytes()).take();
}

std::string fingerprint(const BoxPublicKey &box, const SignPublicKey &sign) {
    Array<16> hashed;
    detail::blake2b(hashed, {}, {base::view("sucharit/fingerprint/v1"), box.bytes, sign.bytes});
    const std::string digits = base::hex(hashed);
    std::string out;
    for (std::size_t i = 0; i < digits.size(); i += 4)
        out += (i > 0 ? " " : "") + digits.substr(i, 4);
    return out;
}

} // namespace crypto
