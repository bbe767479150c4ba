// What a reporter's request may use. No opening secret is in reach: see the link test of the reporter libraries.
#pragma once

#include "crypto/base/clock.h"
#include "service/ports/reporter_store.h"
#include "service/usecases/reporter/file_intake.h"

#include <map>
#include <memory>
#include <mutex>
#include <set>

namespace usecases {

// The agency as verified at one moment: who can be sealed to, and who holds which post.
struct AgencySnapshot {
    std::uint64_t roster_version = 0;
    base::Day day; // certificates are live or not by day
    crypto::Roster roster;
    std::vector<domain::Holder> holders; // who handle cases: the line in its order, then fact-finders; only people with a live certificate
    // The same line as it was signed: with whoever is disabled or has fresh keys, until somebody signs a revocation. An admin
    // alone moves nobody up this line.
    std::vector<domain::Holder> signed_line;
    std::vector<domain::Holder> everyone; // with the post holders who do not read (admin, auditor); one for each post held
    std::map<base::OfficerId, std::vector<domain::Seat>> seats;
    std::vector<base::OfficerId> disabled;
    std::map<base::AppointmentId, crypto::PastAppointment> appointed; // on any day: what signed moves and paper orders name
    // Whose keys of today stand in no live certificate: made after a reset, or put into the row by somebody else.
    std::set<base::OfficerId> unvouched;

    // Whoever signs in: certified name, posts and rights; an account that nobody has vouched for has neither.
    domain::Actor actor(base::OfficerId officer, std::string_view name) const;
};

// How far each officer's work on access has come (usecases/officer/access.h): kept in memory, so that whoever writes to the
// database cannot say that it was done. A restart begins anew.
class AccessPasses {
public:
    struct Place {
        base::CaseId after;  // the last case that was looked at
        bool whole = false;  // there are no more
        bool again = false;  // of some case, somebody else was faster
        std::set<std::uint64_t> settled{}; // classes of cases that need nothing (usecases/officer/access_plan.h)
    };
    Place place(base::OfficerId officer, const AgencySnapshot &agency);
    void keep(base::OfficerId officer, const AgencySnapshot &agency, Place place);

private:
    struct Kept {
        std::uint64_t roster_version;
        base::Day day;
        Place place;
    };
    std::mutex mutex_;
    std::map<base::OfficerId, Kept> kept_;
};

// Verifies the roster once and again when its version or the day changes. Shared by all lanes.
class Agency {
public:
    Agency(base::InstanceId instance, std::vector<crypto::RootKeys> roots) : instance_(instance), roots_(std::move(roots)) {}
    base::Result<std::shared_ptr<const AgencySnapshot>> current(ports::AgencyReads &reads, base::Day today);
    AccessPasses &passes() { return passes_; }
    // Whether this certificate, if it were added now, would be the one that its officer is sealed to.
    base::Result<bool> would_hold(ports::AgencyReads &reads, base::View certificate, base::Day today) const;
    crypto::Roster roster_of(const ports::AgencyRows &rows, base::Day today) const;
    bool is_root(base::OfficerId officer) const;
    // The one verified last, for whom the database is too far; nothing before the first, or while one is being verified.
    std::shared_ptr<const AgencySnapshot> seen();

private:
    base::InstanceId instance_;
    std::vector<crypto::RootKeys> roots_;
    std::mutex mutex_;
    std::shared_ptr<const AgencySnapshot> last_;
    AccessPasses passes_;
};

struct Policy {
    int queue_delay_days = 1; // 0 in the demo
    bool register_by_fiscal_year = true; // n/พ.ศ. counts by fiscal or by calendar year
    bool second_factor_required = true; // an officer without one may do nothing but enrol one
    FileLimits files{};
    std::string channel_address{}; // of the reporters' pages, as people type it; empty where it has no public name
};

struct ReporterContext {
    const crypto::InstanceKeys &keys;
    const base::Clock &clock;
    const Policy &policy;
    Agency &agency;
    ports::ReporterReads &reads; // this lane's own
    ports::ReporterWrites &writes;
    const FileTools &files;

    base::Result<std::shared_ptr<const AgencySnapshot>> snapshot() { return agency.current(reads, clock.today()); }
};

} // namespace usecases
