// What officers' use cases need of storage. Reads use the lane's own connection; writes return when durable.
#pragma once

#include "service/ports/access.h"
#include "service/ports/account.h"
#include "service/ports/audit_log.h"
#include "service/ports/case_changes.h"
#include "service/ports/files.h"
#include "service/ports/identity.h"
#include "service/ports/mail.h"
#include "service/ports/register.h"
#include "service/ports/reporter_store.h"
#include "service/ports/roster.h"
#include "service/ports/second_factor.h"
#include "service/ports/settings.h"

#include <memory>

namespace ports {

struct SlotRow {
    CaseRow row;
    Bytes sealed; // purpose case_key, newest epoch
    std::optional<domain::Outcome> uncounted{}; // it ended outside the totals
};

struct ChainHead {
    std::uint64_t sequence = 0; // 0: nothing chained yet
    Array<32> hash{};
};

class OfficerReads : public AgencyReads {
public:
    // While the handle lives, this reader's reads see one state of the store: a case that moves meanwhile would else look
    // tampered with. agency() must not be called until it is gone.
    virtual base::Result<std::shared_ptr<void>> one_state() = 0;

    // Everybody who may sign in or once could: there is no look-up by login, because one that finds takes longer than one
    // that does not.
    virtual base::Result<std::vector<OfficerRow>> officers() = 0;
    virtual base::Result<std::optional<OfficerRow>> officer(base::OfficerId id) = 0;

    // Every case with a slot row of this officer, decoys included, visible on the day: the caller tries to open each.
    virtual base::Result<std::vector<SlotRow>> slots_of(base::OfficerId officer, Day today) = 0;
    virtual base::Result<std::optional<SlotRow>> slot(base::CaseId id, base::OfficerId officer, Day today) = 0;
    virtual base::Result<std::vector<ObjectRow>> objects(base::CaseId id, Day today) = 0; // by day, time, object id; visible ones
    // Audit entries, chained and waiting, that name an object of this case (subject = its pseudonym), the events that made
    // objects only (case_filed, case_entered, follow_up, case_moved, reply_sent, access_recorded). An entry whose object row is not visible yet on the day is
    // left out; one whose object row is missing altogether is returned: that is what the caller looks for.
    virtual base::Result<std::vector<ObjectDigest>> digests(const Array<32> &subject, base::CaseId id, Day today) = 0;

    virtual base::Result<std::vector<crypto::AuditEntry>> prints(const Array<32> &subject) = 0; // case_printed, oldest first

    virtual base::Result<ChainHead> head() = 0;
    virtual base::Result<std::optional<Day>> last_countersigned(base::OfficerId officer) = 0;

    virtual AuditReads &audit() = 0; // of this reader's connection
    virtual AccessReads &access() = 0;
    virtual IdentityReads &identities() = 0; // of the same connection: they see the same state
    virtual AccountReads &accounts() = 0;
    virtual SettingsReads &settings() = 0;
    virtual RosterReads &roster() = 0;
    virtual RegisterReads &old_register() = 0;
    virtual FileReads &files() = 0;
    virtual MailReads &mail() = 0;
    virtual CaseChangeReads &changes() = 0;
};

struct Move {
    base::CaseId case_id;
    std::uint32_t expected_version = 0; // Code::conflict when the case has moved on …
    std::optional<std::uint32_t> expected_follow_ups{}; // … or when not this many are visible today, files of the reporter among them
    domain::State to = domain::State::registered;
    Day today;
    base::Seconds time = 0;
    crypto::SealedObject object;                // kind move
    std::optional<crypto::SealedObject> reply;  // the notice to the reporter
    std::vector<crypto::SealedSlot> granted;    // replace these officers' slot rows
    std::optional<RegisterNumber> take_number;  // series and year; the store gives the number
    std::optional<std::string> category;
    bool closes = false;
    bool reopens = false;                       // of a closed case: its outcomes no longer count
    std::vector<domain::Outcome> outcomes;      // when it closes: one for each allegation, in their order; or one for all
    std::vector<crypto::AuditEntry> audit;
};

struct Reply {
    base::CaseId case_id;
    Day today;
    base::Seconds time = 0;
    crypto::SealedObject object;
    std::vector<crypto::AuditEntry> audit;
};

struct CaseTitle {
    base::CaseId case_id;
    std::uint32_t expected_titles = 0; // Code::conflict when the case has another number of them
    Day today;
    crypto::SealedObject object; // kind title
    crypto::AuditEntry audit;
};

// A complaint that an officer types: filed and moved in one commit, its entries chained at once.
struct NewEntry {
    NewFiling filing;
    Move move;
};
struct EntryDone {
    base::CaseId id;
    RegisterNumber number;
    bool before = false; // the same form was there already: nothing was added
};

struct NewOfficer {
    OfficerRow row;
    Bytes certificate;               // signed; empty: nobody has vouched yet
    std::vector<Bytes> appointments; // signed
};

class OfficerWrites {
public:
    virtual ~OfficerWrites() = default;
    virtual base::Result<RegisterNumber> move(Move move) = 0; // the number taken, or one with number 0
    // Code::conflict: the lookup tag stands already, with another text.
    virtual base::Result<EntryDone> enter(NewEntry entry) = 0;
    virtual base::Result<> reply(Reply reply) = 0;            // Code::conflict: that object stands already
    virtual base::Result<> title(CaseTitle title) = 0;
    virtual base::Result<> append_audit(std::vector<crypto::AuditEntry> entries) = 0;
    virtual base::Result<std::uint32_t> add_print(crypto::AuditEntry entry) = 0; // case_printed; which of the case's prints it is
    virtual base::Result<> countersign(Countersignature signature, crypto::AuditEntry entry) = 0;
    virtual base::Result<> add_officer(NewOfficer officer, std::vector<crypto::AuditEntry> audit) = 0;
    virtual SecondFactorWrites &second_factors() = 0;
    virtual AccessWrites &access() = 0;
    virtual IdentityWrites &identities() = 0;
    virtual AccountWrites &accounts() = 0;
    virtual SettingsWrites &settings() = 0;
    virtual RosterWrites &roster() = 0;
    virtual RegisterWrites &old_register() = 0;
    virtual FileWrites &files() = 0;
    virtual MailWrites &mail() = 0;
};

class Maintenance {
public:
    virtual ~Maintenance() = default;
    // Chains the waiting entries sorted by random id, lays the rows so that their places tell no order of arrival,
    // truncates the log. Filings go through meanwhile. Safe to repeat.
    virtual base::Result<> nightly(Day today) = 0;
    // From any thread: a batch that runs ends soon with Code::unavailable, and so does every later one.
    virtual void give_up() = 0;
    virtual base::Result<std::optional<Day>> last_nightly() = 0;
};

} // namespace ports
