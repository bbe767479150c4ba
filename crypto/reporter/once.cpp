#include "crypto/reporter/receipt.h"

#include "crypto/primitives/hash.h"

#include <algorithm>

namespace crypto {
namespace {

constexpr base::Seconds hour = 3600;

Array<16> mac(const InstanceKeys &keys, const Array<16> &random, std::uint32_t expiry_hours) {
    const Bytes expiry = base::Writer().u32(expiry_hours).take();
    return keyed_hash<16>(keys.once_mac, {random, expiry});
}

} // namespace

Once Once::issue(const InstanceKeys &keys, base::Seconds now, std::chrono::hours lifetime) {
    Once out;
    out.random_ = base::random_id_bytes();
    // Whole hours: the field tells whoever finds it no minute at which the form was opened.
    out.expiry_hours_ = static_cast<std::uint32_t>((now + hour - 1) / hour + lifetime.count());
    out.mac_ = mac(keys, out.random_, out.expiry_hours_);
    return out;
}

Result<Once> Once::parse(const InstanceKeys &keys, std::string_view field) {
    constexpr std::size_t encoded = 48; // 36 bytes
    const auto bytes = field.size() == encoded ? base::from_base64url(field) : std::nullopt;
    if (!bytes)
        return base::fail(base::Code::invalid, "once: not of the form's shape");
    base::Reader reader(*bytes);
    Once out;
    out.random_ = reader.array<16>();
    out.expiry_hours_ = reader.u32();
    out.mac_ = reader.array<16>();
    if (!reader.finished() || !equal(out.mac_, mac(keys, out.random_, out.expiry_hours_)))
        return base::fail(base::Code::invalid, "once: not made by this instance");
    return out;
}

std::string Once::field() const {
    return base::base64url(base::Writer().raw(random_).u32(expiry_hours_).raw(mac_).take());
}

bool Once::expired(base::Seconds now) const { return now >= hour * static_cast<base::Seconds>(expiry_hours_); }

Receipt Once::receipt(const InstanceKeys &keys) const {
    // 512 bits reduced modulo 10^26: no digit string is likelier than another by more than 1 in 2^425.
    Secret<64, struct WideTag> wide;
    detail::blake2b(wide.fill(raw_secret), keys.receipt_source.reveal(raw_secret), {random_});
    const auto number = wide.fill(raw_secret); // little-endian
    Secret<26, struct DigitsTag> digits;
    const auto out = digits.fill(raw_secret);
    for (std::size_t i = out.size(); i > 0; --i) { // divide by ten; the remainders are the digits from the last one on
        unsigned rest = 0;
        for (std::size_t k = number.size(); k > 0; --k) {
            const unsigned part = rest * 256 + number[k - 1];
            number[k - 1] = static_cast<Byte>(part / 10);
            rest = part % 10;
        }
        out[i - 1] = static_cast<Byte>('0' + rest);
    }
    return Receipt::from_digits(out);
}

base::ObjectId Once::object_id(const ReceiptKeys &keys) const {
    return base::ObjectId(keyed_hash<16>(keys.compare, {base::view("sucharit/follow-up/v1"), random_}));
}

} // namespace crypto
