#include "crypto/officer/rotation.h"

#include "crypto/officer/key_bundle.h"

#include <algorithm>

namespace crypto {
namespace {

constexpr std::size_t place_size = 1 + 16 + 1 + 4 + 32 + 32, former_plain = place_size + KeyBundle::size;

} // namespace

Result<Bytes> rotate_certificate(const OfficerKeys &old, const CertificateFields &present, const OfficerKeys &fresh, base::Day today) {
    if (old.officer != present.officer || fresh.officer != present.officer || old.sign.public_key != present.sign ||
        today < present.not_before || present.not_after < today)
        return base::fail(base::Code::refused, "rotation: not the keys of a certificate that holds");
    CertificateFields fields = present;
    fields.box = fresh.box.public_key;
    fields.sign = fresh.sign.public_key;
    fields.not_before = today;
    do // of two that begin on one day the larger serial wins
        fields.serial = base::CertificateSerial::random();
    while (present.not_before == today && fields.serial < present.serial);
    return issue_certificate(old, std::move(fields));
}

Result<Bytes> seal_former(const OfficerKeys &now, const OfficerKeys &former, std::uint32_t generation) {
    const Bytes place =
        key_place(now.officer, KeyPurpose::former, generation, former.box.public_key, former.sign.public_key);
    const KeyBundle keys = bundle(former);
    Scratch plain(former_plain);
    std::ranges::copy(place, plain.span().begin());
    std::ranges::copy(keys.reveal(raw_secret), plain.span().begin() + place_size);
    return box_to(now.box.public_key, now.box, plain.view());
}

Result<OfficerKeys> open_former(const OfficerKeys &now, std::uint32_t generation, const BoxPublicKey &box, const SignPublicKey &sign,
                                View sealed) {
    Scratch plain(former_plain);
    RETURN_IF_FAILED(box_from_into(now.box.public_key, now.box, sealed, plain.span()));
    if (!std::ranges::equal(plain.view().first(place_size), key_place(now.officer, KeyPurpose::former, generation, box, sign)))
        return base::fail(base::Code::refused, "former keys: of another place");
    KeyBundle keys;
    std::ranges::copy(plain.view().subspan(place_size), keys.fill(raw_secret).begin());
    return unbundle_as(now.officer, keys, box, sign);
}

Result<Bytes> reseal_slot(const OfficerKeys &former, const BoxPublicKey &now, SlotPurpose purpose, base::CaseId id, Epoch epoch,
                          View sealed) {
    Scratch plain(slot_plain);
    if (!box_seal_open_into(former.box, sealed, plain.span()))
        return base::fail(base::Code::not_found, "slot: not for the former keys");
    constexpr std::size_t key_at = 1 + 1 + 16 + 4 + 16;
    const auto key = std::span<const Byte, 32>(plain.view().subspan(key_at, 32));
    const Scratch expected(slot_plaintext(purpose, id, epoch, former.officer, key));
    if (!detail::equal(plain.view().data(), expected.view().data(), slot_plain))
        return base::fail(base::Code::not_found, "slot: of another place");
    return box_seal(now, plain.view());
}

} // namespace crypto
