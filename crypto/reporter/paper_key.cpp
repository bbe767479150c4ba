#include "crypto/reporter/paper_key.h"

#include "crypto/reporter/typed_digits.h"

#include <algorithm>

namespace crypto {
namespace {

constexpr std::size_t id_bytes = 16, group_bytes = 4, payload = 10, with_check = 12;

// The check digits of a group are those of its number and its payload.
std::array<Byte, 2> check_of(int number, std::span<const Byte, with_check> digits) {
    Array<2 + payload> checked{};
    checked[0] = static_cast<Byte>('0' + number / 10);
    checked[1] = static_cast<Byte>('0' + number % 10);
    std::ranges::copy(digits.first<payload>(), checked.begin() + 2);
    const auto out = check_digits(checked);
    wipe(checked);
    return out;
}

} // namespace

PaperKey PaperKey::of(base::InstanceId instance, const InstanceKey &key) {
    PaperKey out;
    const auto bytes = out.bytes_.fill(raw_secret);
    std::ranges::copy(instance.bytes(), bytes.begin());
    std::ranges::copy(key.reveal(raw_secret), bytes.begin() + id_bytes);
    return out;
}

std::string PaperKey::group(int number) const {
    const auto bytes = bytes_.reveal(raw_secret).subspan(static_cast<std::size_t>(number - 1) * group_bytes, group_bytes);
    std::uint64_t value = 0;
    for (const Byte byte : bytes)
        value = value << 8 | byte;
    Secret<with_check, struct PaperGroupTag> digits;
    const auto out = digits.fill(raw_secret);
    for (std::size_t at = payload; at-- > 0; value /= 10)
        out[at] = static_cast<Byte>('0' + value % 10);
    std::ranges::copy(check_of(number, out), out.begin() + payload);
    std::string text;
    text.reserve(with_check + 2);
    for (std::size_t at = 0; at < with_check; ++at) {
        if (at == 4 || at == 8)
            text += ' ';
        text += static_cast<char>(out[at]);
    }
    return text;
}

bool PaperKey::take(int number, std::string_view typed) {
    Secret<with_check, struct PaperGroupTag> digits;
    const auto out = digits.fill(raw_secret);
    std::size_t count = 0;
    while (!typed.empty()) {
        const TypedDigit one = next_digit(typed);
        if (one.bytes == 0 || (one.digit >= 0 && count == with_check))
            return false;
        if (one.digit >= 0)
            out[count++] = static_cast<Byte>('0' + one.digit);
        typed.remove_prefix(one.bytes);
    }
    if (count != with_check || !std::ranges::equal(check_of(number, out), out.last<2>()))
        return false;
    std::uint64_t value = 0;
    for (const Byte digit : out.first<payload>())
        value = value * 10 + (digit - '0');
    if (value >> 32 != 0)
        return false;
    const auto bytes = bytes_.fill(raw_secret).subspan(static_cast<std::size_t>(number - 1) * group_bytes, group_bytes);
    for (std::size_t at = group_bytes; at-- > 0; value >>= 8)
        bytes[at] = static_cast<Byte>(value & 0xff);
    return true;
}

base::InstanceId PaperKey::instance() const { return *base::InstanceId::from(bytes_.reveal(raw_secret).first<id_bytes>()); }

InstanceKey PaperKey::key() const { return InstanceKey::from(raw_secret, bytes_.reveal(raw_secret).last<InstanceKey::size>()); }

} // namespace crypto
