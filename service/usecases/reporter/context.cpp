#include "service/usecases/reporter/context.h"

#include <algorithm>

namespace usecases {
namespace {

std::set<base::OfficerId> unvouched(const ports::AgencyRows &rows, const crypto::Roster &roster) {
    std::set<base::OfficerId> out;
    for (const auto &keys : rows.keys) {
        const auto *certificate = roster.live(keys.officer);
        if (!certificate || certificate->box != keys.box || certificate->sign != keys.sign)
            out.insert(keys.officer);
    }
    return out;
}

using Seats = std::map<base::OfficerId, std::vector<domain::Seat>>;

// Appointments that hold today, as posts of the domain.
Seats seats_of(const ports::AgencyRows &rows, const crypto::Roster &roster, base::Day today) {
    Seats out;
    for (const auto &fields : crypto::appointments_on(roster, rows.appointments, rows.endings, today)) {
        const auto post = domain::post_numbered(fields.post);
        const auto capacity = domain::capacity_numbered(fields.capacity);
        if (post && capacity)
            out[fields.officer].push_back({fields.id, *post, *capacity, fields.from, fields.until, fields.order});
    }
    for (auto &[officer, seats] : out)
        std::ranges::sort(seats, {}, [](const domain::Seat &seat) { return domain::place_in_line(seat.post); });
    return out;
}

domain::Certified certified(const crypto::CertificateFields *certificate) {
    if (!certificate)
        return {};
    const auto has = [&](crypto::Right right) { return certificate->rights.has(right); };
    return {has(crypto::Right::reading), has(crypto::Right::custody), has(crypto::Right::vouching)};
}

bool is_apart(const std::vector<domain::Seat> &seats) {
    return std::ranges::any_of(seats, [](const domain::Seat &seat) { return domain::stays_apart(seat.post); });
}

// One for each post held, in the order of the line.
std::vector<domain::Holder> holders_of(const Seats &seats, const crypto::Roster &roster) {
    std::vector<domain::Holder> out;
    for (const auto &[officer, held] : seats) {
        const auto *certificate = roster.live(officer);
        const domain::Certified rights = certified(certificate);
        const bool apart = is_apart(held);
        for (const domain::Seat &seat : held)
            out.push_back({officer, seat.post, certificate ? certificate->display_name : std::string(), rights.reading && !apart,
                           rights.custody && !apart && domain::allows(seat.post, domain::Action::decide_identity), seat.capacity});
    }
    std::ranges::stable_sort(out, {}, [](const domain::Holder &holder) { return domain::place_in_line(holder.post); });
    return out;
}

// Those of them who handle cases.
std::vector<domain::Holder> line_of(const std::vector<domain::Holder> &holders, const Seats &seats) {
    std::vector<domain::Holder> out;
    std::ranges::copy_if(holders, std::back_inserter(out), [&](const domain::Holder &holder) {
        return !is_apart(seats.at(holder.officer)) && domain::allows(holder.post, domain::Action::read_cases);
    });
    return out;
}

} // namespace

domain::Actor AgencySnapshot::actor(base::OfficerId officer, std::string_view name) const {
    domain::Actor out{officer, std::string(name), {}, {}};
    if (unvouched.contains(officer)) // whoever was reset is nobody until somebody vouches for the new keys
        return out;
    if (const auto *certificate = roster.live(officer)) {
        out.name = certificate->display_name; // a row cannot put another name on a key
        out.certified = certified(certificate);
    }
    if (const auto found = seats.find(officer); found != seats.end())
        out.seats = found->second;
    return out;
}

AccessPasses::Place AccessPasses::place(base::OfficerId officer, const AgencySnapshot &agency) {
    std::lock_guard lock(mutex_);
    const auto found = kept_.find(officer);
    const bool same = found != kept_.end() && found->second.roster_version == agency.roster_version && found->second.day == agency.day;
    return same ? found->second.place : Place{};
}

void AccessPasses::keep(base::OfficerId officer, const AgencySnapshot &agency, Place place) {
    std::lock_guard lock(mutex_);
    kept_[officer] = {agency.roster_version, agency.day, place};
}

crypto::Roster Agency::roster_of(const ports::AgencyRows &rows, base::Day today) const {
    return crypto::Roster::verify(instance_, roots_, rows.certificates, rows.revocations, today);
}

bool Agency::is_root(base::OfficerId officer) const {
    return std::ranges::find(roots_, officer, &crypto::RootKeys::officer) != roots_.end();
}

base::Result<std::shared_ptr<const AgencySnapshot>> Agency::current(ports::AgencyReads &reads, base::Day today) {
    ASSIGN_OR_RETURN(const auto version, reads.roster_version());
    std::lock_guard lock(mutex_);
    if (last_ && last_->roster_version == version && last_->day == today)
        return last_;
    ASSIGN_OR_RETURN(const auto rows, reads.agency());
    auto next = std::make_shared<AgencySnapshot>();
    next->roster_version = rows.roster_version;
    next->day = today;
    next->roster = roster_of(rows, today);
    next->unvouched = unvouched(rows, next->roster);
    next->disabled = rows.disabled;
    next->disabled.insert(next->disabled.end(), next->unvouched.begin(), next->unvouched.end()); // their certified keys open nothing for them
    next->seats = seats_of(rows, next->roster, today);
    next->signed_line = line_of(holders_of(next->seats, next->roster), next->seats);
    for (const base::OfficerId officer : next->disabled) // holds no post meanwhile
        next->seats.erase(officer);
    for (auto &past : crypto::every_appointment(next->roster, rows.appointments, rows.endings))
        next->appointed.emplace(past.fields.id, std::move(past));
    next->everyone = holders_of(next->seats, next->roster);
    next->holders = line_of(next->everyone, next->seats);
    last_ = std::move(next);
    return last_;
}

base::Result<bool> Agency::would_hold(ports::AgencyReads &reads, base::View certificate, base::Day today) const {
    ASSIGN_OR_RETURN(auto rows, reads.agency());
    ASSIGN_OR_RETURN(const auto stored, crypto::StoredCertificate::parse(certificate));
    rows.certificates.push_back(base::copy(certificate));
    const auto roster = roster_of(rows, today);
    const auto *live = roster.live(stored.fields.officer);
    return live && live->serial == stored.fields.serial;
}

std::shared_ptr<const AgencySnapshot> Agency::seen() {
    const std::unique_lock lock(mutex_, std::try_to_lock);
    return lock ? last_ : nullptr;
}

} // namespace usecases
