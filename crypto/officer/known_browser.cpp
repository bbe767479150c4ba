#include "crypto/officer/known_browser.h"

#include "crypto/primitives/aead.h"

namespace crypto {
namespace {

Bytes associated(const InstanceKeys &keys) {
    return base::Writer().raw(base::view("sucharit/known-browser/v1")).raw(keys.instance.bytes()).take();
}

} // namespace

std::string known_browser(const InstanceKeys &keys, base::OfficerId officer, base::Day last_day) {
    const Bytes plain = base::Writer().raw(officer.bytes()).u32(static_cast<std::uint32_t>(last_day.number)).take();
    return base::base64url(aead_seal(keys.known_browser, associated(keys), plain));
}

Result<base::OfficerId> known_officer(const InstanceKeys &keys, std::string_view field, base::Day today) {
    constexpr std::size_t encoded = 80; // 60 bytes
    const auto sealed = field.size() == encoded ? base::from_base64url(field) : std::nullopt;
    if (!sealed)
        return base::fail(base::Code::invalid, "known browser: not of its shape");
    ASSIGN_OR_RETURN(const Bytes plain, aead_open(keys.known_browser, associated(keys), *sealed));
    base::Reader reader(plain);
    const base::OfficerId officer(reader.array<16>());
    const base::Day last_day{static_cast<std::int32_t>(reader.u32())};
    if (!reader.finished() || officer.is_zero())
        return base::fail(base::Code::refused, "known browser: not of its length");
    if (today > last_day)
        return base::fail(base::Code::expired, "known browser");
    return officer;
}

} // namespace crypto
