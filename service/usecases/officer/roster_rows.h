// What accounts, joining and vouching share: the rows as they stand, the roster they make, and what would be left of it.
#pragma once

#include "service/usecases/officer/accounts.h"

#include <algorithm>

namespace usecases::detail {

template <class List, class Value, class Member>
bool any_with(const List &list, const Value &value, Member member) {
    return std::ranges::find(list, value, member) != std::ranges::end(list);
}

// As read: the snapshot is there, and of the same rows.
struct RosterRows {
    base::Day today;
    ports::AgencyRows agency;
    ports::Proposals proposals;
    std::vector<ports::OfficerRow> officers;
    std::shared_ptr<const AgencySnapshot> snapshot;

    const ports::OfficerRow *row(base::OfficerId officer) const;
    const ports::ProposedAccount *proposed(base::OfficerId officer) const;
    std::string name(base::OfficerId officer) const;
    // The last day of an appointment that was ended before its time.
    std::optional<base::Day> ended(base::AppointmentId appointment) const;
    // Whether one of these gives the same person the same post for all the days that are left of this one.
    bool is_covered(const crypto::AppointmentFields &lost, const std::vector<crypto::AppointmentFields> &by) const;
    std::vector<crypto::AppointmentFields> standing() const;
};
// Signed appointments of today and to come that are not over, as these rows and this roster have them.
std::vector<crypto::AppointmentFields> standing_appointments(const ports::AgencyRows &agency, const crypto::Roster &roster,
                                                             base::Day today);
// Code::conflict when the roster changed while it was read.
base::Result<RosterRows> roster_rows(OfficerContext &context);

// Whether enough people are left without this one: two who can vouch, two readers of a new complaint. Nothing: they are.
std::optional<RosterRefused::Why> missing_without(const AgencySnapshot &snapshot, base::OfficerId officer);

crypto::AuditEntry roster_entry(const OfficerContext &context, crypto::AuditEvent event, base::OfficerId actor,
                                 const base::Array<32> &digest);
base::Array<32> digest_of(const ports::ProposedAccount &account);
base::Array<32> digest_of(const ports::ProposedPost &post);
base::Array<32> digest_of(const ports::ProposedEnding &ending);

ports::ProposedPost proposed_post(base::OfficerId by, base::OfficerId officer, const domain::WantedPost &wanted, base::Day today);
// What the log says of a proposal by this officer; zero: the operator of the machine.
std::vector<crypto::AuditEntry> entries_of(const base::Clock &clock, base::OfficerId by, const ports::Proposal &proposal);

domain::Certified certified(crypto::Rights rights);
crypto::Rights rights_of(const domain::Certified &certified);
RosterRefused why(const base::Error &error); // conflict → stale, not_found, else busy

} // namespace usecases::detail
