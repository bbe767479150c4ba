// What a browser gives back: the form's one-time token, the session cookie, the CSRF token, ids in addresses. Each has
// one spelling, and a token opens only with the server's MAC.
#include "crypto/officer/keyring.h"
#include "crypto/officer/known_browser.h"
#include "crypto/primitives/hash.h"
#include "crypto/reporter/receipt.h"
#include "tests/fuzz/keys.h"
#include "tests/fuzz/target.h"

namespace {

using fuzz::demand;
using namespace crypto;

const InstanceKeys &keys() {
    static const InstanceKeys derived = InstanceKeys::derive(base::InstanceId({7}), fuzz::fixed_key<InstanceKey>(1));
    return derived;
}

void check_encodings(std::string_view text) {
    if (const auto bytes = base::from_base64url(text)) demand(base::base64url(*bytes) == text);
    demand(base::from_base64url(base::base64url(base::view(text))) == base::copy(base::view(text)));
    if (const auto bytes = base::from_hex(text)) {
        std::string lower(text);
        std::ranges::transform(lower, lower.begin(), [](char c) { return c >= 'A' && c <= 'F' ? char(c + 32) : c; });
        demand(base::hex(*bytes) == lower);
    }
    if (const auto id = base::CaseId::from_text(text))
        demand(text.size() == 32 && base::CaseId::from_text(id->text()) == *id);
    if (const auto cookie = SessionCookie::parse(text)) demand(cookie->field() == text && text.size() == 64);
    demand(!csrf_matches(keys(), {1}, text) || csrf_token(keys(), {1}) == text);
}

// A token of this server, as the input chooses its random part and its hour.
void check_once(fuzz::Input in) {
    const auto random = in.array<16>();
    const std::uint32_t hours = in.u32();
    const Bytes body = base::Writer().raw(random).u32(hours).take();
    const Bytes whole = base::Writer().raw(body).raw(keyed_hash<16>(keys().once_mac, {body})).take();
    const std::string field = base::base64url(whole);
    const auto once = Once::parse(keys(), field);
    demand(once && once->field() == field);
    const base::Seconds end = 3600 * base::Seconds{hours};
    demand(!once->expired(end - 1) && once->expired(end));
    const auto receipt = once->receipt(keys());
    demand(Receipt::parse(receipt.grouped()).has_value());

    Bytes changed = whole;
    changed[in.byte() % changed.size()] ^= in.byte();
    demand(Once::parse(keys(), base::base64url(changed)).has_value() == (changed == whole));
}

// A known browser's token: nobody without the key makes one; with the key, whatever is inside.
void check_known_browser(std::string_view text, fuzz::Input in) {
    constexpr base::Day today{20'000};
    demand(!known_officer(keys(), text, today));
    const std::uint8_t choice = in.byte();
    Bytes plain = base::copy(in.bytes(20));
    if (choice & 1) plain.resize(20);
    const Bytes associated =
        base::Writer().raw(base::view("sucharit/known-browser/v1")).raw(keys().instance.bytes()).take();
    const auto officer =
        known_officer(keys(), base::base64url(aead_seal(keys().known_browser, associated, plain)), today);
    base::Reader reader(plain);
    const base::OfficerId inside(reader.array<16>());
    const auto last_day = static_cast<std::int32_t>(reader.u32());
    demand(officer.has_value() == (plain.size() == 20 && !inside.is_zero() && last_day >= today.number));
    demand(!officer || *officer == inside);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string_view text = fuzz::text(data, size);
    check_encodings(text);
    if (const auto once = Once::parse(keys(), text)) demand(once->field() == text && text.size() == 48);
    check_once(fuzz::Input(data, size));
    check_known_browser(text, fuzz::Input(data, size));
    const SessionCookie cookie{fuzz::Input(data, size).array<16>(),
                               fuzz::fixed_key<SessionKey>(size > 16 ? data[16] : 0)};
    const auto again = SessionCookie::parse(cookie.field());
    demand(again && again->id == cookie.id && again->key == cookie.key);
    demand(csrf_matches(keys(), cookie.id, csrf_token(keys(), cookie.id)));
    return 0;
}
