// Rows that several stores read and write: cases, objects, slots, and what every audience reads of the agency.
#pragma once

#include "storage/database.h"

#include "service/ports/officer_store.h"

#include <functional>

// Columns in the order in which read_case() takes them. The last is the newest day of what the reporter sent and what
// is visible on day ?1; so ?1 is always the day.
#define SUCHARIT_NEWEST_EPOCH "coalesce((SELECT max(e.epoch) FROM case_epoch AS e WHERE e.case_id = c.case_id), 1)"
#define SUCHARIT_CASE_COLUMNS                                                                                          \
    "c.case_id, c.epoch, c.commitment, c.identity_commitment, c.case_key, c.reporter_key, c.record_mac, "              \
    SUCHARIT_NEWEST_EPOCH ", c.state, c.version, c.received, c.visible_from, c.state_since, c.channel, c.category, "   \
    "c.series, c.year, c.number, c.closed_on, "                                                                        \
    "max(coalesce((SELECT max(o.day) FROM object AS o WHERE o.case_id = c.case_id AND o.kind IN (1, 3) "                \
    "AND o.visible_from <= ?1), c.received), coalesce((SELECT max(o.day) FROM object AS o WHERE o.case_id = c.case_id " \
    "AND o.kind = 7 AND o.visible_from <= ?1 AND o.author = x'00000000000000000000000000000000'), c.received))"
#define SUCHARIT_OBJECT_COLUMNS                                                                                        \
    "o.kind, o.case_id, o.object_id, o.epoch, o.author, o.day, o.visible_from, o.time, o.sealed"

namespace storage {

ports::CaseRow read_case(Rows &row);
ports::ObjectRow read_object(Rows &row);
Result<> add_epochs(Database &database, ports::CaseRow &row); // what the case has beside its first epoch

// time: 0 for a reporter's. Code::conflict: that object stands already.
Result<> insert_object(Database &database, const crypto::SealedObject &object, Day day, Day visible_from,
                       base::Seconds time);

Result<std::uint64_t> read_roster_version(Database &database);
Result<> raise_roster_version(Database &database); // in the commit that changes what a roster is made of
Result<std::optional<Day>> read_last_nightly(Database &database);
Result<ports::AgencyRows> read_agency(Database &database); // in one snapshot

// Reads made of several statements see one state of the database.
class Snapshot {
public:
    static Result<Snapshot> begin(Database &database);
    Snapshot(Snapshot &&other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
    Snapshot &operator=(Snapshot &&) = delete;
    ~Snapshot() {
        if (database_) (void)database_->run("COMMIT");
    }

private:
    explicit Snapshot(Database *database) : database_(database) {}
    Database *database_;
};

// The read connection of one worker lane: opened at the first use, opened anew after it broke. One thread at a time.
class Reader {
public:
    using Opener = std::function<Result<Database>()>;
    explicit Reader(Opener open) : open_(std::move(open)) {}
    Result<Database *> connection();

private:
    Opener open_;
    std::optional<Database> database_;
};

} // namespace storage
