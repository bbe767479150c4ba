#include "service/usecases/officer/roster_rows.h"

#include "crypto/primitives/hash.h"

#include <algorithm>

namespace usecases::detail {

namespace {

template <class List>
auto *of(List &list, base::OfficerId officer, auto member) {
    const auto at = std::ranges::find(list, officer, member);
    return at == list.end() ? nullptr : &*at;
}

} // namespace

const ports::OfficerRow *RosterRows::row(base::OfficerId officer) const { return of(officers, officer, &ports::OfficerRow::id); }

const ports::ProposedAccount *RosterRows::proposed(base::OfficerId officer) const {
    return of(proposals.accounts, officer, &ports::ProposedAccount::officer);
}

std::string RosterRows::name(base::OfficerId officer) const {
    if (const auto *certificate = snapshot->roster.known(officer))
        return certificate->display_name;
    if (const auto *found = row(officer))
        return found->display_name;
    const auto *waiting = proposed(officer);
    return waiting ? waiting->display_name : std::string();
}

std::optional<base::Day> RosterRows::ended(base::AppointmentId appointment) const {
    return crypto::ended_on(snapshot->roster, appointment, agency.endings);
}

bool RosterRows::is_covered(const crypto::AppointmentFields &lost, const std::vector<crypto::AppointmentFields> &by) const {
    const auto until = [this](const crypto::AppointmentFields &one) { return std::min(one.until, ended(one.id).value_or(one.until)); };
    return std::ranges::any_of(by, [&](const crypto::AppointmentFields &one) {
        return one.officer == lost.officer && one.post == lost.post && one.from <= std::max(today, lost.from) &&
               until(one) >= until(lost);
    });
}

std::vector<crypto::AppointmentFields> RosterRows::standing() const {
    return standing_appointments(agency, snapshot->roster, today);
}

std::vector<crypto::AppointmentFields> standing_appointments(const ports::AgencyRows &agency, const crypto::Roster &roster,
                                                             base::Day today) {
    std::vector<crypto::AppointmentFields> out;
    for (const base::Bytes &stored : agency.appointments) {
        const auto parsed = crypto::StoredAppointment::parse(stored);
        if (!parsed)
            continue;
        const base::Day day = std::max(today, parsed->fields.from); // whether it will hold, as far as is known today
        for (auto &fields : crypto::appointments_on(roster, std::span(&stored, 1), agency.endings, day))
            out.push_back(std::move(fields));
    }
    return out;
}

base::Result<RosterRows> roster_rows(OfficerContext &context) {
    RosterRows out;
    out.today = context.clock.today();
    ASSIGN_OR_RETURN(out.agency, context.reads.agency());
    ASSIGN_OR_RETURN(out.proposals, context.reads.roster().proposals());
    ASSIGN_OR_RETURN(out.officers, context.reads.officers());
    ASSIGN_OR_RETURN(out.snapshot, context.snapshot());
    if (out.snapshot->roster_version != out.agency.roster_version)
        return base::fail(base::Code::conflict, "the roster changed while it was read");
    return out;
}

std::optional<RosterRefused::Why> missing_without(const AgencySnapshot &snapshot, base::OfficerId officer) {
    const auto vouches = [&](base::OfficerId who) { return domain::allows(snapshot.actor(who, {}), domain::Action::vouch); };
    const auto others = std::ranges::count_if(snapshot.seats, [&](const auto &seat) {
        return seat.first != officer && vouches(seat.first);
    });
    if (vouches(officer) && others < 2)
        return RosterRefused::Why::last_voucher;
    std::vector<domain::Holder> left;
    std::ranges::copy_if(snapshot.holders, std::back_inserter(left),
                         [officer](const domain::Holder &holder) { return holder.officer != officer; });
    if (domain::readers_of_new(snapshot.holders, {}) && !domain::readers_of_new(left, {}))
        return RosterRefused::Why::last_reader;
    return std::nullopt;
}

crypto::AuditEntry roster_entry(const OfficerContext &context, crypto::AuditEvent event, base::OfficerId actor,
                                 const base::Array<32> &digest) {
    return {.event = event, .day = context.clock.today(), .time = context.clock.now(), .actor = actor, .subject = {},
            .object = {}, .digest = digest};
}

base::Array<32> digest_of(const ports::ProposedAccount &account) {
    return crypto::digest(base::Writer()
                              .raw(account.officer.bytes())
                              .text16(account.login)
                              .text16(account.display_name)
                              .u8(account.rights.bits)
                              .raw(account.proposed_by.bytes())
                              .u32(static_cast<std::uint32_t>(account.proposed_on.number))
                              .take());
}

base::Array<32> digest_of(const ports::ProposedPost &post) {
    return crypto::digest(base::Writer()
                              .raw(post.id.bytes())
                              .raw(post.officer.bytes())
                              .u8(post.post)
                              .u8(post.capacity)
                              .u32(static_cast<std::uint32_t>(post.from.number))
                              .u32(static_cast<std::uint32_t>(post.until.number))
                              .text16(post.order)
                              .raw(post.proposed_by.bytes())
                              .u32(static_cast<std::uint32_t>(post.proposed_on.number))
                              .take());
}

base::Array<32> digest_of(const ports::ProposedEnding &ending) {
    return crypto::digest(base::Writer()
                              .raw(ending.appointment.bytes())
                              .u32(static_cast<std::uint32_t>(ending.last_day.number))
                              .raw(ending.proposed_by.bytes())
                              .u32(static_cast<std::uint32_t>(ending.proposed_on.number))
                              .take());
}

ports::ProposedPost proposed_post(base::OfficerId by, base::OfficerId officer, const domain::WantedPost &wanted, base::Day today) {
    return {.id = base::AppointmentId::random(), .officer = officer, .post = static_cast<std::uint8_t>(wanted.post),
            .capacity = static_cast<std::uint8_t>(wanted.capacity), .from = wanted.from, .until = wanted.until,
            .order = wanted.order, .proposed_by = by, .proposed_on = today};
}

std::vector<crypto::AuditEntry> entries_of(const base::Clock &clock, base::OfficerId by, const ports::Proposal &proposal) {
    using crypto::AuditEvent;
    std::vector<crypto::AuditEntry> out;
    const auto note = [&](AuditEvent event, const base::Array<32> &digest) {
        out.push_back({.event = event, .day = clock.today(), .time = clock.now(), .actor = by, .subject = {}, .object = {},
                       .digest = digest});
    };
    if (proposal.account)
        note(AuditEvent::account_proposed, digest_of(*proposal.account));
    for (const auto &post : proposal.posts)
        note(AuditEvent::account_proposed, digest_of(post));
    for (const auto &ending : proposal.endings)
        note(AuditEvent::account_proposed, digest_of(ending));
    if (proposal.disable)
        note(AuditEvent::account_disabled, crypto::digest(proposal.disable->bytes()));
    return out;
}

domain::Certified certified(crypto::Rights rights) {
    return {rights.has(crypto::Right::reading), rights.has(crypto::Right::custody), rights.has(crypto::Right::vouching)};
}

crypto::Rights rights_of(const domain::Certified &certified) {
    crypto::Rights out;
    for (const auto &[given, right] : {std::pair{certified.reading, crypto::Right::reading},
                                       {certified.custody, crypto::Right::custody},
                                       {certified.vouching, crypto::Right::vouching}})
        if (given)
            out.bits = static_cast<std::uint8_t>(out.bits | static_cast<std::uint8_t>(right));
    return out;
}

RosterRefused why(const base::Error &error) {
    using Why = RosterRefused::Why;
    return {error.code == base::Code::conflict    ? Why::stale
            : error.code == base::Code::not_found ? Why::not_found
                                                  : Why::busy};
}

} // namespace usecases::detail
