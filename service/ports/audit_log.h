// What the auditor's page and `sucharit audit verify` need of storage: the log as it stands, and what it speaks of.
#pragma once

#include "service/ports/rows.h"

#include <functional>
#include <memory>

namespace ports {

struct AuditRow {
    std::uint64_t sequence = 0; // 0: waits for the night, in no chain yet
    Bytes entry;
    Array<32> hash{};
    Bytes subject, object; // the columns that find it; empty where they are NULL
};

struct Countersignature {
    base::OfficerId officer;
    Day day;
    std::uint64_t sequence = 0;
    Array<32> head{};
    std::uint64_t roster_version = 0;
    crypto::Signature signature{};
};

// What an entry can be held against of one object of a case.
struct ObjectSeen {
    base::ObjectId id;
    base::CaseId case_id;
    Array<32> digest{}; // of the sealed bytes as they stand
};

// What an entry can be held against of any other row that the log keeps the digest of.
struct LoggedRow {
    crypto::AuditEvent event; // epoch_begun, settings_changed, settings_proposed, register_imported
    Array<32> digest{};
};

enum class Direction { newest_first, oldest_first };

class AuditReads {
public:
    virtual ~AuditReads() = default;
    // While the handle lives, all of these see one state of the store.
    virtual base::Result<std::shared_ptr<void>> one_state() = 0;
    // Chained entries below (newest first) or above (oldest first) the number, until `take` answers false.
    virtual base::Result<> walk(std::uint64_t from, Direction direction,
                                const std::function<bool(const AuditRow &)> &take) = 0;
    virtual base::Result<std::vector<AuditRow>> waiting() = 0;
    virtual base::Result<std::vector<Countersignature>> countersignatures() = 0; // newest day first
    virtual base::Result<std::vector<LoggedRow>> logged_rows() = 0;
    virtual base::Result<> each_object(const std::function<void(const ObjectSeen &)> &take) = 0;
};

} // namespace ports
