// What the reporter's use cases need of storage. Reads use the lane's own connection; writes return when durable.
#pragma once

#include "service/ports/files.h"
#include "service/ports/rows.h"

#include <memory>

namespace ports {

class AgencyReads {
public:
    virtual ~AgencyReads() = default;
    virtual base::Result<std::uint64_t> roster_version() = 0;
    virtual base::Result<AgencyRows> agency() = 0;
};

// A case as the holder of its receipt may know it.
struct ReporterCase {
    CaseRow row;
    Array<32> text_tag{};      // compare_tag() of the sealed JSON: the same form sent again
    Array<32> exclusion_tag{}; // compare_tag() of the sorted exclusions
};

class ReporterReads : public AgencyReads {
public:
    virtual base::Result<std::optional<ReporterCase>> find_by_tag(const Array<32> &lookup_tag) = 0;
    virtual base::Result<std::vector<ObjectRow>> replies(base::CaseId id) = 0;   // kind reply, oldest first
    virtual base::Result<std::vector<Day>> sent_days(base::CaseId id) = 0;       // complaint and follow-ups, oldest first
    virtual base::Result<bool> object_exists(base::ObjectId id) = 0;
    // As AccessReads::logged_epochs().
    virtual base::Result<std::vector<Array<32>>> logged_epochs(const Array<32> &subject) = 0;
    virtual FileReads &files() = 0;
};

struct NewFiling {
    crypto::SealedFiling sealed;
    Array<32> lookup_tag{}, text_tag{}, exclusion_tag{};
    Day received, visible_from;
    std::vector<crypto::AuditEntry> audit; // one for each object; they wait unchained until the nightly batch
    // Of what an officer enters: how it came, and the day on which it was typed, which is that of its objects.
    std::string channel = "web";
    std::optional<Day> entered{};
};

struct NewFollowUp {
    crypto::SealedObject object;
    Day day, visible_from;
    crypto::AuditEntry audit;
};

class ReporterWrites {
public:
    virtual ~ReporterWrites() = default;
    // Code::conflict: the lookup tag stands already (the same form arrived twice at once); read it again.
    virtual base::Result<> file(NewFiling filing) = 0;
    // Held from the moment at which a filing is being made until file() has returned: filings that are made at the same
    // time can then share one commit.
    virtual std::shared_ptr<void> coming() { return nullptr; }
    // Code::conflict: that object stands already.
    virtual base::Result<> add_follow_up(NewFollowUp follow_up) = 0;
    virtual FileWrites &files() = 0;
};

} // namespace ports
