#include "crypto/reporter/appointment.h"

#include <algorithm>
#include <tuple>

namespace crypto {
namespace {

constexpr std::uint8_t version = 1;

std::uint32_t number(base::Day day) { return static_cast<std::uint32_t>(day.number); }
base::Day day(std::uint32_t number) { return base::Day{static_cast<std::int32_t>(number)}; }

bool signed_by_a_live_voucher(const Roster &roster, const StoredAppointment &stored) {
    return roster.signed_by_live(stored.fields.issuer, appointment_domain, stored.fields.encode(), stored.signature,
                                 Rights{} | Right::vouching);
}

// Its own last day, or an earlier one that an ending gives it.
base::Day last_of(const Roster &roster, const AppointmentFields &fields, std::span<const SignedEnding> endings) {
    return std::min(fields.until, ended_on(roster, fields.id, endings).value_or(fields.until));
}

} // namespace

std::optional<base::Day> ended_on(const Roster &roster, base::AppointmentId appointment,
                                  std::span<const SignedEnding> endings) {
    std::optional<base::Day> out;
    for (const SignedEnding &ending : endings)
        if (ending.appointment == appointment && (!out || ending.last_day < *out) &&
            roster.signed_by(ending.issuer, ending_domain, ending.encode(roster.instance()), ending.signature,
                             Rights{} | Right::vouching))
            out = ending.last_day;
    return out;
}

Bytes AppointmentFields::encode() const {
    return base::Writer()
        .u8(version)
        .raw(instance.bytes())
        .raw(id.bytes())
        .raw(officer.bytes())
        .u8(post)
        .u8(capacity)
        .u32(number(from))
        .u32(number(until))
        .raw(issuer.bytes())
        .text16(order)
        .take();
}

Result<AppointmentFields> AppointmentFields::decode(View bytes) {
    base::Reader reader(bytes);
    AppointmentFields out;
    const bool known_version = reader.u8() == version;
    out.instance = base::InstanceId(reader.array<16>());
    out.id = base::AppointmentId(reader.array<16>());
    out.officer = base::OfficerId(reader.array<16>());
    out.post = reader.u8();
    out.capacity = reader.u8();
    out.from = day(reader.u32());
    out.until = day(reader.u32());
    out.issuer = base::OfficerId(reader.array<16>());
    out.order = reader.text16();
    if (!known_version || !reader.finished() || out.id.is_zero() || out.officer.is_zero() || out.issuer.is_zero() ||
        out.post == 0 || out.capacity == 0 || out.from > out.until || !is_display_name(out.order))
        return base::fail(base::Code::invalid, "appointment: not of its format");
    return out;
}

Bytes stored_appointment(const AppointmentFields &fields, const Signature &signature) {
    return base::Writer().raw(fields.encode()).raw(signature).take();
}

Result<StoredAppointment> StoredAppointment::parse(View stored) {
    StoredAppointment out;
    if (stored.size() < out.signature.size())
        return base::fail(base::Code::invalid, "appointment: shorter than its signature");
    ASSIGN_OR_RETURN(out.fields, AppointmentFields::decode(stored.first(stored.size() - out.signature.size())));
    std::memcpy(out.signature.data(), stored.last(out.signature.size()).data(), out.signature.size());
    return out;
}

Bytes SignedEnding::encode(base::InstanceId instance) const {
    return base::Writer().raw(instance.bytes()).raw(appointment.bytes()).u32(number(last_day)).raw(issuer.bytes()).take();
}

std::vector<AppointmentFields> appointments_on(const Roster &roster, std::span<const Bytes> stored,
                                               std::span<const SignedEnding> endings, base::Day today) {
    std::vector<AppointmentFields> out;
    for (const Bytes &bytes : stored) {
        auto parsed = StoredAppointment::parse(bytes);
        if (!parsed || parsed->fields.instance != roster.instance() || parsed->fields.from > today ||
            parsed->fields.until < today || !roster.live(parsed->fields.officer) ||
            !signed_by_a_live_voucher(roster, *parsed) || last_of(roster, parsed->fields, endings) < today)
            continue;
        out.push_back(std::move(parsed->fields));
    }
    std::ranges::sort(out, {}, [](const AppointmentFields &a) { return std::tuple(a.officer, a.id); });
    return out;
}

std::vector<PastAppointment> every_appointment(const Roster &roster, std::span<const Bytes> stored,
                                               std::span<const SignedEnding> endings) {
    std::vector<PastAppointment> out;
    for (const Bytes &bytes : stored) {
        auto parsed = StoredAppointment::parse(bytes);
        if (!parsed || parsed->fields.instance != roster.instance() ||
            !roster.signed_by(parsed->fields.issuer, appointment_domain, parsed->fields.encode(), parsed->signature,
                              Rights{} | Right::vouching))
            continue;
        const base::Day last = last_of(roster, parsed->fields, endings);
        out.push_back({std::move(parsed->fields), last});
    }
    return out;
}

} // namespace crypto
